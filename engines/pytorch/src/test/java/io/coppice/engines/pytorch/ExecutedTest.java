package io.coppice.engines.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.execution.Form;
import io.coppice.framework.measure.Executed;
import io.coppice.framework.measure.Row;
import io.coppice.framework.measure.Trained;
import io.coppice.framework.network.Network;
import io.coppice.framework.network.models.Mlp;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.training.EpochRow;
import io.coppice.framework.training.Evaluation;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutedTest {
  private static final EpochRow EPOCH = new EpochRow(1, 2, 1.5, 0.5, 14, true, 0.1, 0.75);

  @Test
  void namesEveryLayersFormAndCountsItsBytes() {
    new PyTorchSupport().start();
    try (NDManager manager = NDManager.newBaseManager()) {
      Network network = Network.initialise(Mlp.of(2), new Shape(3), 2, 1, manager);
      network.layer("fc1").weight().set(new float[] {1, 0, 2, 0, 3, 4});
      network.layer("fc2").weight().set(new float[] {5, 0, 6, 0});
      Row row =
          new Executed()
              .columns(
                  new Trained(network, new Evaluation(0.9, 0.95, 0.25), EPOCH, List.of(EPOCH)));
      assertTrue(row.numbers().get("latency_executed_us") > 0);
      String words = row.words().get("execution");
      String home = "Java, batch 1, 1 thread: ";
      assertTrue(words.startsWith(home), words);
      String[] layers = words.substring(home.length()).split(", ");
      assertEquals(2, layers.length);
      long bytes =
          bytes(layers[0], "fc1 ", 3, network.layer("fc1").weight().toFloatArray())
              + bytes(layers[1], "fc2 ", 2, network.layer("fc2").weight().toFloatArray());
      assertEquals(bytes, row.numbers().get("bytes_executed"));
    }
  }

  private static long bytes(String words, String layer, int columns, float[] weights) {
    assertTrue(words.startsWith(layer), words);
    Form form =
        Form.all().stream()
            .filter(any -> any.toString().equals(words.substring(layer.length())))
            .findFirst()
            .orElseThrow();
    return form instanceof Form.Sparse sparse
        ? Topology.of(sparse.layout(), 2, columns, weights).bytes()
        : 4L * weights.length;
  }
}
