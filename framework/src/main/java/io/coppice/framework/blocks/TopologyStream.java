package io.coppice.framework.blocks;

import ai.djl.MalformedModelException;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.recipe.RecipeException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** A topology among a block's saved data. */
final class TopologyStream {
  private static final int CSR = 0;
  private static final int BLOCKS = 1;
  private static final int N_OF_M = 2;

  /** A length that is damaged is not believed further than the data reach. */
  private static final int PORTION = 1 << 16;

  private TopologyStream() {}

  static void write(Topology topology, DataOutputStream out) throws IOException {
    if (topology.layout() instanceof Layout.Blocks blocks) {
      writeLayout(out, BLOCKS, blocks.blockRows(), blocks.blockColumns());
    } else if (topology.layout() instanceof Layout.NOfM pattern) {
      writeLayout(out, N_OF_M, pattern.n(), pattern.m());
    } else {
      writeLayout(out, CSR, 1, 1);
    }
    out.writeInt(topology.rows());
    out.writeInt(topology.columns());
    writeAll(out, topology.starts());
    writeAll(out, topology.indices());
  }

  private static void writeLayout(DataOutputStream out, int kind, int first, int second)
      throws IOException {
    out.writeByte(kind);
    out.writeInt(first);
    out.writeInt(second);
  }

  private static void writeAll(DataOutputStream out, int[] numbers) throws IOException {
    out.writeInt(numbers.length);
    for (int number : numbers) {
      out.writeInt(number);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws MalformedModelException when it is no topology
   */
  static Topology read(DataInputStream in) throws IOException, MalformedModelException {
    try {
      Layout layout = layout(in.readByte(), in.readInt(), in.readInt());
      int rows = in.readInt();
      int columns = in.readInt();
      int[] starts = readAll(in, rows + 1L);
      return new Topology(layout, rows, columns, starts, readAll(in, (long) rows * columns));
    } catch (RecipeException e) {
      throw new MalformedModelException("the saved topology is damaged: " + e.getMessage(), e);
    }
  }

  private static Layout layout(byte kind, int first, int second) {
    return switch (kind) {
      case CSR -> new Layout.Csr();
      case BLOCKS -> new Layout.Blocks(first, second);
      case N_OF_M -> new Layout.NOfM(first, second);
      default -> throw RecipeException.of("layout", kind, "0 to " + N_OF_M);
    };
  }

  private static int[] readAll(DataInputStream in, long most) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > most) {
      throw RecipeException.of("length", length, "0 to " + most);
    }
    int[] numbers = new int[Math.min(length, PORTION)];
    for (int i = 0; i < length; i++) {
      if (i == numbers.length) {
        numbers = Arrays.copyOf(numbers, (int) Math.min(length, 2L * i));
      }
      numbers[i] = in.readInt();
    }
    return numbers;
  }
}
