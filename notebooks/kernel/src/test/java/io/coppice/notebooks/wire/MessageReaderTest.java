package io.coppice.notebooks.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.spencerpark.jupyter.messages.HMACGenerator;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.request.ExecuteRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {
  private final HMACGenerator signatures = signatures("secret");
  private final MessageReader reader = new MessageReader(signatures);

  private static HMACGenerator signatures(String key) {
    try {
      return new HMACGenerator("hmac-sha256", key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String header(String type) {
    return "{\"msg_id\":\"1\",\"session\":\"s\",\"username\":\"u\",\"version\":\"5.3\","
        + "\"date\":\"2025-01-01T00:00:00.000000Z\",\"msg_type\":\""
        + type
        + "\"}";
  }

  /** A message's frames, signed whatever they say. */
  private List<byte[]> signed(String... parts) {
    List<byte[]> frames = new ArrayList<>(List.of(bytes("client"), bytes("<IDS|MSG>")));
    byte[][] said = Stream.of(parts).map(MessageReaderTest::bytes).toArray(byte[][]::new);
    frames.add(bytes(signatures.calculateSignature(said)));
    frames.addAll(List.of(said));
    return frames;
  }

  private List<byte[]> request(String type, String content) {
    return signed(header(type), "{}", "{}", content);
  }

  private String refusal(List<byte[]> frames) {
    return assertThrows(RefusedMessageException.class, () -> reader.read(frames)).getMessage();
  }

  @Test
  void aSignedRequestIsRead() throws Exception {
    List<byte[]> frames = request("execute_request", "{\"code\":\"1 + 1\",\"silent\":true}");
    frames.add(bytes("blob"));
    Message<?> message = reader.read(frames);
    assertEquals(MessageType.EXECUTE_REQUEST, message.getHeader().getType());
    ExecuteRequest content = (ExecuteRequest) message.getContent();
    assertEquals("1 + 1", content.getCode());
    assertTrue(content.isSilent());
    assertEquals("client", new String(message.getIdentities().get(0), StandardCharsets.UTF_8));
    assertEquals(1, message.getBlobs().size());
  }

  @Test
  void aForgedSignatureIsRefused() {
    List<byte[]> frames = request("execute_request", "{\"code\":\"1\"}");
    byte[][] parts = frames.subList(3, 7).toArray(byte[][]::new);
    for (String forged :
        List.of("", "0", "x".repeat(64), signatures("other").calculateSignature(parts))) {
      frames.set(2, bytes(forged));
      assertEquals("its signature is wrong", refusal(frames));
    }
  }

  @Test
  void whatWasSignedMayNotBeChanged() {
    for (int part = 3; part < 7; part++) {
      List<byte[]> frames = request("execute_request", "{\"code\":\"1\"}");
      frames.set(part, bytes("{\"code\":\"2\"}"));
      assertEquals("its signature is wrong", refusal(frames));
    }
  }

  @Test
  void framesThatAreMissingAreRefused() {
    List<byte[]> whole = request("execute_request", "{\"code\":\"1\"}");
    for (int count = 0; count < whole.size(); count++) {
      assertEquals("it has too few parts", refusal(whole.subList(0, count)));
    }
    whole.remove(1);
    assertEquals("it has too few parts", refusal(whole));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "[]", "\"x\"", "{}", "{\"msg_type\":7}", "\u0000\uFFFD"})
  void headersThatAreNoneAreRefused(String header) {
    refusal(signed(header, "{}", "{}", "{\"code\":\"1\"}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"code\":", "null", "[]", "7", "\"code\""})
  void contentThatIsNoObjectIsRefused(String content) {
    refusal(request("execute_request", content));
  }

  @Test
  void jsonWithoutAnEndIsRefused() {
    refusal(request("execute_request", "[".repeat(1_000_000)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "execute_request; {}; a text as code",
        "execute_request; {\"code\":null}; a text as code",
        "execute_request; {\"code\":7}; a text as code",
        "execute_request; {\"code\":[\"1\"]}; a text as code",
        "complete_request; {\"cursor_pos\":0}; a text as code",
        "complete_request; {\"code\":\"\"}; a number as cursor_pos",
        "inspect_request; {\"code\":\"\",\"cursor_pos\":\"0\"}; a number as cursor_pos",
        "is_complete_request; {}; a text as code",
        "history_request; {}; a text as hist_access_type",
        "input_reply; {}; a text as value",
        "comm_msg; {}; a text as comm_id"
      })
  void contentWithoutItsFieldsIsRefused(String type, String content, String needed) {
    assertEquals(type + " needs " + needed, refusal(request(type, content)));
  }

  @Test
  void requestsThatNeedNothingAreRead() throws Exception {
    for (String type : List.of("kernel_info_request", "interrupt_request", "comm_info_request")) {
      assertEquals(type, reader.read(request(type, "{}")).getHeader().getType().getName());
    }
  }
}
