package io.coppice.notebooks.wire;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import io.github.spencerpark.jupyter.messages.MessageType;
import java.util.Map;
import java.util.function.Predicate;

/** The fields without which a message means nothing, as the protocol names them. */
final class RequiredFields {

  /** A kind of JSON value. */
  private record Kind(String name, Predicate<JsonPrimitive> is) {}

  private static final Kind TEXT = new Kind("a text", JsonPrimitive::isString);
  private static final Kind NUMBER = new Kind("a number", JsonPrimitive::isNumber);

  private static final Map<MessageType<?>, Map<String, Kind>> FIELDS =
      Map.of(
          MessageType.EXECUTE_REQUEST, Map.of("code", TEXT),
          MessageType.COMPLETE_REQUEST, Map.of("code", TEXT, "cursor_pos", NUMBER),
          MessageType.INSPECT_REQUEST, Map.of("code", TEXT, "cursor_pos", NUMBER),
          MessageType.IS_COMPLETE_REQUEST, Map.of("code", TEXT),
          MessageType.HISTORY_REQUEST, Map.of("hist_access_type", TEXT),
          MessageType.INPUT_REPLY, Map.of("value", TEXT),
          MessageType.COMM_OPEN_COMMAND, Map.of("comm_id", TEXT, "target_name", TEXT),
          MessageType.COMM_MSG_COMMAND, Map.of("comm_id", TEXT),
          MessageType.COMM_CLOSE_COMMAND, Map.of("comm_id", TEXT));

  private RequiredFields() {}

  /**
   * Refuses content that lacks a field, or has another kind of value there.
   *
   * @throws RefusedMessageException naming the type and the field
   */
  static void check(MessageType<?> type, JsonElement content) throws RefusedMessageException {
    if (!content.isJsonObject()) {
      throw new RefusedMessageException("the content of " + type.getName() + " is no object");
    }
    for (Map.Entry<String, Kind> field : FIELDS.getOrDefault(type, Map.of()).entrySet()) {
      JsonElement value = content.getAsJsonObject().get(field.getKey());
      if (!(value instanceof JsonPrimitive primitive && field.getValue().is().test(primitive))) {
        throw new RefusedMessageException(
            "%s needs %s as %s".formatted(type.getName(), field.getValue().name(), field.getKey()));
      }
    }
  }
}
