package io.coppice.framework.recipe;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One text for one recipe, for ever: equal recipes give equal texts on every machine and Java, so a
 * text's hash can name a run.
 *
 * <p>A record becomes an object of its components in their order, led by its type's name, as is a
 * constant of an enum; what is absent (null, an empty {@code Optional}) is left out, so that a
 * record may gain an optional component without renaming old runs. Map keys and the elements of
 * sets are sorted. A number is written by its value, as the shortest decimal that reads back as it:
 * 1, 1L and 1.0 are all {@code 1}.
 */
public final class CanonicalJson {
  private static final String OURS = "io.coppice.";

  private CanonicalJson() {}

  /**
   * The canonical text of a recipe.
   *
   * @throws RecipeException when the recipe holds something without a stable text, such as a lambda
   */
  public static String of(Object recipe) {
    return text(recipe, "") + "\n";
  }

  /** The first 16 hexadecimal digits of the SHA-256 of the canonical text in UTF-8. */
  public static String hash(Object recipe) {
    return Sha256.hex(of(recipe).getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  /**
   * What a type is called in a text: its name without this project's packages, so that a type may
   * move, but with those of others, so that a user's type is never taken for one of ours. The
   * numbers by which JShell tells its snippets apart are left out.
   */
  static String typeName(Class<?> type) {
    String name = type.getName();
    if (name.startsWith(OURS)) {
      name = name.substring(type.getPackageName().length() + 1);
    }
    return name.replaceAll("\\$JShell\\$[0-9A-Z]+\\$", "").replace('$', '.');
  }

  private static String text(Object value, String indent) {
    if (value == null) {
      return "null";
    } else if (value instanceof String words) {
      return quoted(words);
    } else if (value instanceof Enum<?> constant) {
      return quoted(typeName(constant.getDeclaringClass()) + "." + constant.name());
    } else if (value instanceof Boolean flag) {
      return flag.toString();
    } else if (value instanceof Integer || value instanceof Long) {
      return value.toString();
    } else if (value instanceof Double || value instanceof Float) {
      return decimal(((Number) value).doubleValue());
    } else if (value instanceof Optional<?> optional) {
      return text(optional.orElse(null), indent);
    } else if (value instanceof List<?> items) {
      return array(items.stream().map(item -> text(item, indent + "  ")).toList(), indent);
    } else if (value instanceof Set<?> items) {
      TreeSet<String> sorted = new TreeSet<>();
      items.forEach(item -> sorted.add(text(item, indent + "  ")));
      return array(List.copyOf(sorted), indent);
    } else if (value instanceof Map<?, ?> map) {
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach((key, item) -> sorted.put(key(key), item));
      return object(sorted, indent);
    } else if (value instanceof Record fields) {
      return object(components(fields), indent);
    }
    throw new RecipeException(
        "a recipe holds "
            + value.getClass().getName()
            + ", which has no stable text; allowed: records, enums, numbers, texts, lists, sets and"
            + " maps (give code a name: a record component marked @Code beside a name)");
  }

  private static Map<String, Object> components(Record value) {
    Map<String, Object> components = new LinkedHashMap<>();
    components.put("is", typeName(value.getClass()));
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      if (!component.isAnnotationPresent(Code.class)) {
        try {
          component.getAccessor().setAccessible(true);
          Object field = component.getAccessor().invoke(value);
          if (!(field == null || field instanceof Optional<?> o && o.isEmpty())) {
            components.put(component.getName(), field);
          }
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return components;
  }

  private static String key(Object key) {
    if (key instanceof String words) {
      return words;
    } else if (key instanceof Enum<?> constant) {
      return constant.name();
    }
    throw new RecipeException("a recipe's map has the key " + key + "; allowed: texts and enums");
  }

  private static String array(List<String> items, String indent) {
    if (items.isEmpty()) {
      return "[]";
    }
    String inner = "\n" + indent + "  ";
    return "[" + inner + String.join("," + inner, items) + "\n" + indent + "]";
  }

  private static String object(Map<String, ?> fields, String indent) {
    if (fields.isEmpty()) {
      return "{}";
    }
    String inner = "\n" + indent + "  ";
    List<String> lines =
        fields.entrySet().stream()
            .map(field -> quoted(field.getKey()) + ": " + text(field.getValue(), indent + "  "))
            .toList();
    return "{" + inner + String.join("," + inner, lines) + "\n" + indent + "}";
  }

  private static String quoted(String words) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : words.toCharArray()) {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  /** Not {@code Double.toString}, which writes some numbers otherwise since Java 19. */
  private static String decimal(double value) {
    if (!Double.isFinite(value)) {
      throw RecipeException.of("a recipe's number", value, "finite numbers");
    }
    BigDecimal exact = new BigDecimal(value);
    BigDecimal shortest = exact;
    for (int digits = 17; digits > 0; digits--) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() != value) {
        break;
      }
      shortest = rounded;
    }
    shortest = shortest.stripTrailingZeros();
    boolean plain = shortest.scale() <= 0 && shortest.precision() - shortest.scale() <= 18;
    return plain ? shortest.toPlainString() : shortest.toString();
  }
}
