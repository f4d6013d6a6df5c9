package io.coppice.framework.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One text for one recipe: a record becomes an object of its components in their order, led by its
 * type's simple name; map keys are sorted; absent optionals are left out. Equal recipes give equal
 * texts, so a text's hash can name a run.
 */
public final class CanonicalJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private CanonicalJson() {}

  /**
   * The canonical text of a recipe.
   *
   * @throws RecipeException when the recipe holds something without a stable name, such as a lambda
   */
  public static String of(Object recipe) {
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(node(recipe));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first 16 hexadecimal digits of the SHA-256 of the canonical text. */
  public static String hash(Object recipe) {
    try {
      byte[] text = node(recipe).toString().getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode node(Object value) {
    if (value == null) {
      return NODES.nullNode();
    } else if (value instanceof String text) {
      return NODES.textNode(text);
    } else if (value instanceof Enum<?> constant) {
      return NODES.textNode(constant.name());
    } else if (value instanceof Boolean flag) {
      return NODES.booleanNode(flag);
    } else if (value instanceof Integer || value instanceof Long) {
      return NODES.numberNode(((Number) value).longValue());
    } else if (value instanceof Double || value instanceof Float) {
      return NODES.numberNode(((Number) value).doubleValue());
    } else if (value instanceof Optional<?> optional) {
      return node(optional.orElse(null));
    } else if (value instanceof Collection<?> items) {
      ArrayNode array = NODES.arrayNode();
      items.forEach(item -> array.add(node(item)));
      return array;
    } else if (value instanceof Map<?, ?> map) {
      TreeMap<String, Object> sorted = new TreeMap<>();
      map.forEach((key, item) -> sorted.put(key.toString(), item));
      ObjectNode object = NODES.objectNode();
      sorted.forEach((key, item) -> object.set(key, node(item)));
      return object;
    } else if (value instanceof Record fields) {
      return record(fields);
    }
    throw new RecipeException(
        "a recipe holds "
            + value.getClass().getName()
            + ", which has no stable name; allowed: records, enums, numbers, texts, lists and maps"
            + " (wrap code in its named form, such as Saliency.named(\"mine\", ...))");
  }

  private static ObjectNode record(Record value) {
    ObjectNode object = NODES.objectNode();
    object.put("is", value.getClass().getSimpleName());
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      if (!component.isAnnotationPresent(Code.class)) {
        try {
          component.getAccessor().setAccessible(true);
          Object field = component.getAccessor().invoke(value);
          if (!(field == null || field instanceof Optional<?> o && o.isEmpty())) {
            object.set(component.getName(), node(field));
          }
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return object;
  }
}
