package io.coppice.notebooks.wire;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.reflect.TypeToken;
import io.github.spencerpark.jupyter.messages.HMACGenerator;
import io.github.spencerpark.jupyter.messages.Header;
import io.github.spencerpark.jupyter.messages.KernelTimestamp;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.ReplyType;
import io.github.spencerpark.jupyter.messages.adapters.HeaderAdapter;
import io.github.spencerpark.jupyter.messages.adapters.HistoryRequestAdapter;
import io.github.spencerpark.jupyter.messages.adapters.KernelTimestampAdapter;
import io.github.spencerpark.jupyter.messages.adapters.MessageTypeAdapter;
import io.github.spencerpark.jupyter.messages.adapters.ReplyTypeAdapter;
import io.github.spencerpark.jupyter.messages.request.HistoryRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.zeromq.ZMQ;

/** Reads Jupyter's messages, and only those that are whole, signed and well formed. */
final class MessageReader {
  private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
  private static final int PARTS = 4;

  private final HMACGenerator signatures;
  private final Gson gson =
      new GsonBuilder()
          .registerTypeAdapter(KernelTimestamp.class, KernelTimestampAdapter.INSTANCE)
          .registerTypeAdapter(Header.class, HeaderAdapter.INSTANCE)
          .registerTypeAdapter(MessageType.class, MessageTypeAdapter.INSTANCE)
          .registerTypeAdapter(HistoryRequest.class, HistoryRequestAdapter.INSTANCE)
          .registerTypeHierarchyAdapter(ReplyType.class, new ReplyTypeAdapter(new Gson()))
          .create();

  MessageReader(HMACGenerator signatures) {
    this.signatures = signatures;
  }

  /** All parts of the message that the socket holds, whatever they are. */
  static List<byte[]> frames(ZMQ.Socket socket) {
    List<byte[]> frames = new ArrayList<>();
    do {
      frames.add(socket.recv(0));
    } while (socket.hasReceiveMore());
    return frames;
  }

  /**
   * The message that these parts are.
   *
   * @throws RefusedMessageException when a part is missing, the signature is wrong or the content
   *     is not what its type says
   */
  Message<?> read(List<byte[]> frames) throws RefusedMessageException {
    int delimiter = 0;
    while (delimiter < frames.size() && !Arrays.equals(DELIMITER, frames.get(delimiter))) {
      delimiter++;
    }
    if (frames.size() < delimiter + 2 + PARTS) {
      throw new RefusedMessageException("it has too few parts");
    }
    int first = delimiter + 2;
    List<byte[]> parts = frames.subList(first, first + PARTS);
    String expected = signatures.calculateSignature(parts.toArray(byte[][]::new));
    if (!MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.US_ASCII), frames.get(delimiter + 1))) {
      throw new RefusedMessageException("its signature is wrong");
    }
    try {
      return message(
          frames.subList(0, delimiter), parts, frames.subList(first + PARTS, frames.size()));
    } catch (RuntimeException | StackOverflowError e) {
      throw new RefusedMessageException("it cannot be read: " + e, e);
    }
  }

  private Message<?> message(List<byte[]> identities, List<byte[]> parts, List<byte[]> blobs)
      throws RefusedMessageException {
    Header<?> header = gson.fromJson(text(parts.get(0)), Header.class);
    if (header == null || header.getType() == null) {
      throw new RefusedMessageException("it has no type");
    }
    JsonElement parentJson = JsonParser.parseString(text(parts.get(1)));
    Header<?> parent =
        parentJson.isJsonObject() && !parentJson.getAsJsonObject().isEmpty()
            ? gson.fromJson(parentJson, Header.class)
            : null;
    Map<String, Object> metadata =
        gson.fromJson(text(parts.get(2)), new TypeToken<Map<String, Object>>() {}.getType());
    JsonElement contentJson = JsonParser.parseString(text(parts.get(3)));
    RequiredFields.check(header.getType(), contentJson);
    Object content = gson.fromJson(contentJson, (Class<?>) header.getType().getContentType());
    return typed(identities, header, parent, metadata, content, blobs);
  }

  @SuppressWarnings("unchecked")
  private static <T> Message<T> typed(
      List<byte[]> identities,
      Header<?> header,
      Header<?> parent,
      Map<String, Object> metadata,
      Object content,
      List<byte[]> blobs) {
    return new Message<>(
        List.copyOf(identities),
        (Header<T>) header,
        parent,
        metadata,
        (T) content,
        List.copyOf(blobs));
  }

  private static String text(byte[] part) {
    return new String(part, StandardCharsets.UTF_8);
  }
}
