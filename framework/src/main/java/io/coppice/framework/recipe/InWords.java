package io.coppice.framework.recipe;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A recipe as a reader wants it: its parts by their names, without those that are absent, zero or
 * not so.
 */
public final class InWords {
  private InWords() {}

  /** Such as {@code sgd: learning rate 0.1, momentum 0.9}. */
  public static String of(Object recipe) {
    return text(recipe, ": ", "");
  }

  /** What a recipe is called, such as {@code sgd} or {@code hard concrete}. */
  public static String kind(Object recipe) {
    return spaced(CanonicalJson.typeName(recipe.getClass()).replaceFirst(".*\\.", ""));
  }

  /** All parts of a recipe by their names, in order, also those that are absent or zero. */
  public static Map<String, String> parts(Record recipe) {
    Map<String, String> parts = new LinkedHashMap<>();
    for (RecordComponent component : recipe.getClass().getRecordComponents()) {
      if (!component.isAnnotationPresent(Code.class)) {
        String name = spaced(component.getName());
        parts.put(name, without(name, whole(value(recipe, component))));
      }
    }
    return parts;
  }

  private static String whole(Object value) {
    if (value instanceof Boolean yes) {
      return yes ? "yes" : "no";
    }
    return isNothing(value) && !(value instanceof Number) ? "none" : text(value, ": ", "");
  }

  private static String text(Object value, String opening, String closing) {
    if (value instanceof Time.Epochs time) {
      return number(time.epochs()) + (time.epochs() == 1 ? " epoch" : " epochs");
    } else if (value instanceof Time.Steps time) {
      return time.steps() + (time.steps() == 1 ? " step" : " steps");
    } else if (value instanceof Time.Percent time) {
      return number(time.percent()) + " %";
    } else if (value instanceof Double || value instanceof Float) {
      return number(((Number) value).doubleValue());
    } else if (value instanceof Optional<?> optional) {
      return text(optional.orElse(null), opening, closing);
    } else if (value instanceof Collection<?> items) {
      return String.join(" and ", items.stream().map(item -> text(item, " (", ")")).toList());
    } else if (value instanceof Map<?, ?> map) {
      return String.join(
          " and ",
          map.entrySet().stream()
              .map(entry -> entry.getKey() + " " + text(entry.getValue(), " (", ")"))
              .toList());
    } else if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    } else if (value instanceof Record fields) {
      List<String> parts = present(fields);
      return parts.isEmpty()
          ? kind(value)
          : kind(value) + opening + String.join(", ", parts) + closing;
    }
    return String.valueOf(value);
  }

  private static List<String> present(Record fields) {
    List<String> parts = new ArrayList<>();
    for (RecordComponent component : fields.getClass().getRecordComponents()) {
      Object value = component.isAnnotationPresent(Code.class) ? null : value(fields, component);
      if (!isNothing(value)) {
        String name = spaced(component.getName());
        parts.add(value.equals(true) ? name : name + " " + without(name, text(value, " (", ")")));
      }
    }
    return parts;
  }

  /** A part that is called as its kind is: "budget: weights 900" and not "budget: budget: ...". */
  private static String without(String name, String text) {
    String bare = text.startsWith(name + ": ") ? text.substring(name.length() + 2) : text;
    return bare.startsWith(name + " (") ? bare.substring(name.length() + 1) : bare;
  }

  private static Object value(Record fields, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(fields);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isNothing(Object value) {
    return value == null
        || value.equals(false)
        || value instanceof Number number && number.doubleValue() == 0
        || value instanceof Optional<?> optional && optional.isEmpty()
        || value instanceof Collection<?> items && items.isEmpty()
        || value instanceof Map<?, ?> map && map.isEmpty();
  }

  /** "learningRate" is "learning rate". */
  private static String spaced(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z][a-z])", " ").toLowerCase(Locale.ROOT);
  }

  private static String number(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString()
        : Double.toString(value);
  }
}
