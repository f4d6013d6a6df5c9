package io.coppice.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.data.DataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class IdxTest {
  /** Two pictures of 1×3 pixels. */
  private static final byte[] FILE = {
    0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 10, 20, 30, 40, 50, -1
  };

  private static byte[] read(byte[] file) throws IOException {
    return Idx.read(new ByteArrayInputStream(file), "pictures", 2, 1, 3);
  }

  @Test
  void theValuesFollowTheHeader() throws IOException {
    assertArrayEquals(new byte[] {10, 20, 30, 40, 50, -1}, read(FILE));
  }

  @Test
  void everyDamageHasItsError() {
    assertRefused(new byte[0], "pictures is empty");
    assertRefused(Arrays.copyOf(FILE, 3), "truncated: it ends within its magic number");
    assertRefused(Arrays.copyOf(FILE, 11), "truncated: it ends within its dimensions");
    assertRefused(Arrays.copyOf(FILE, 20), "truncated: it promises 6 bytes and holds 4");
    assertRefused(Arrays.copyOf(FILE, 23), "too long: more than the 6 bytes");
    assertRefused(with(3, 1), "wrong magic number 0x00000801; expected 0x00000803");
    assertRefused(with(2, 9), "wrong magic number 0x00000903");
    assertRefused(with(4, 0xff), "negative count -16777214 as its dimension 0");
    assertRefused(with(7, 1), "wrong length 1 as its dimension 0; expected 2");
    assertRefused(with(8, 0x7f), "wrong length 2130706433 as its dimension 1; expected 1");
  }

  private static byte[] with(int position, int value) {
    byte[] file = FILE.clone();
    file[position] = (byte) value;
    return file;
  }

  private static void assertRefused(byte[] file, String message) {
    DataException error = assertThrows(DataException.class, () -> read(file));
    assertTrue(error.getMessage().contains(message), error.getMessage());
    assertTrue(error.getMessage().startsWith("pictures "), error.getMessage());
  }

  @Provide
  Arbitrary<Mutation> mutations() {
    return Mutation.any();
  }

  @Property
  void aDamagedFileIsRefusedOrHoldsAsMuch(@ForAll("mutations") Mutation mutation)
      throws IOException {
    try {
      assertEquals(6, read(mutation.of(FILE)).length);
    } catch (DataException e) {
      assertTrue(e.getMessage().startsWith("pictures "), e.getMessage());
    }
  }
}
