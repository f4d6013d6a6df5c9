package io.coppice.datasets;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A damage to a file.
 *
 * @param share where in the file, from 0 to 1
 */
record Mutation(Kind kind, double share, int number) {
  enum Kind {
    TRUNCATE,
    FLIP_A_BYTE,
    OVERWRITE_AN_INTEGER,
    OVERWRITE_THE_HEADER,
    INSERT,
    APPEND
  }

  static Arbitrary<Mutation> any() {
    return Combinators.combine(
            Arbitraries.of(Kind.class),
            Arbitraries.doubles().between(0, 1),
            Arbitraries.oneOf(
                Arbitraries.integers(),
                Arbitraries.of(-1, 0, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 30)))
        .as(Mutation::new);
  }

  byte[] of(byte[] file) {
    int at = (int) (share * (file.length - 1));
    byte[] mutated = file.clone();
    switch (kind) {
      case TRUNCATE -> mutated = Arrays.copyOf(file, at);
      case FLIP_A_BYTE -> mutated[at] ^= (byte) (number | 1);
      case OVERWRITE_AN_INTEGER -> overwrite(mutated, at);
      case OVERWRITE_THE_HEADER -> overwrite(mutated, at % 512);
      case INSERT -> {
        mutated = new byte[file.length + 4];
        System.arraycopy(file, 0, mutated, 0, at);
        overwrite(mutated, at);
        System.arraycopy(file, at, mutated, at + 4, file.length - at);
      }
      case APPEND -> {
        mutated = Arrays.copyOf(file, file.length + 4);
        overwrite(mutated, file.length);
      }
    }
    return mutated;
  }

  private void overwrite(byte[] file, int at) {
    for (int i = 0; i < 4 && at + i < file.length; i++) {
      file[at + i] = (byte) (number >> 24 - 8 * i);
    }
  }
}
