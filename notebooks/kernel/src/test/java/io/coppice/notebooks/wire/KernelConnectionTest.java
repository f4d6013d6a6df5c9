package io.coppice.notebooks.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelConnectionTest {

  private static KernelConnection to(String ip, String transport, String scheme, String key) {
    return KernelConnection.to(
        new KernelConnectionProperties(ip, 0, 0, 0, 0, 0, transport, scheme, key), line -> {});
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.255.0.9", "localhost", "::1"})
  void thisMachineIsServed(String ip) {
    to(ip, "tcp", "hmac-sha256", "secret").close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "*",
        "192.168.0.1",
        "127.evil.example",
        "127.0.0.1.evil.example",
        "127.0.0.256",
        "127.1",
        "localhost.evil.example",
        "::",
        ""
      })
  void noOtherAddressIsOpened(String ip) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> to(ip, "tcp", "hmac-sha256", "secret"));
    assertEquals(
        "the connection file's ip is '" + ip + "'; allowed: 127.0.0.1, ::1 or localhost",
        refusal.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "ipc, hmac-sha256, secret, transport is 'ipc'; allowed: tcp",
    "tcp, hmac-md5, secret, signature_scheme is 'hmac-md5'; allowed: hmac-sha256",
    "tcp, hmac-sha256, '', 'key is ''''; allowed: a secret, since messages must be signed'"
  })
  void nothingElseIsSpoken(String transport, String scheme, String key, String reason) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> to("127.0.0.1", transport, scheme, key));
    assertEquals("the connection file's " + reason, refusal.getMessage());
  }

  @Test
  void aFileWithoutAnythingIsRefused() {
    KernelConnectionProperties empty = KernelConnectionProperties.parse("{}");
    assertThrows(IllegalArgumentException.class, () -> KernelConnection.to(empty, line -> {}));
  }
}
