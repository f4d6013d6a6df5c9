package io.coppice.framework.network.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import io.coppice.framework.network.Initialization;
import io.coppice.framework.network.Layer;
import io.coppice.framework.network.Model;
import io.coppice.framework.network.Network;
import io.coppice.framework.recipe.CanonicalJson;
import io.coppice.framework.recipe.RecipeException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelsTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private Network network(Model model, long... sample) {
    return Network.initialise(model, new Shape(sample), 10, 1, manager);
  }

  private static long weights(Network network) {
    return network.layers().stream().mapToLong(Layer::size).sum();
  }

  private static long parameters(Network network) {
    return network.parameters().values().stream().mapToLong(p -> p.getShape().size()).sum();
  }

  private void readsBatches(Network network, long size) {
    for (int batch : new int[] {1, 3}) {
      NDArray examples = manager.zeros(new Shape(batch).addAll(network.sample()));
      assertEquals(size * batch, examples.size());
      assertEquals(new Shape(batch, 10), network.forward(examples, false).getShape());
    }
  }

  @Test
  void lenet300100HasThePapersWeights() {
    for (long[] sample : new long[][] {{784}, {28, 28}, {1, 28, 28}}) {
      Network network = network(new LeNet300100().dropout(0.1), sample);
      assertEquals(266_200, weights(network));
      assertEquals(266_200 + 410, parameters(network));
      readsBatches(network, 784);
    }
    assertEquals(266_200, parameters(network(new LeNet300100().biases(false), 784)));
  }

  @Test
  void lenet5CaffeHasThePapersWeights() {
    for (long[] sample : new long[][] {{784}, {28, 28}, {1, 28, 28}}) {
      Network network = network(new Lenet5Caffe(), sample);
      List<Shape> shapes = network.layers().stream().map(Layer::shape).toList();
      assertEquals(
          List.of(
              new Shape(20, 1, 5, 5),
              new Shape(50, 20, 5, 5),
              new Shape(500, 800),
              new Shape(10, 500)),
          shapes);
      assertEquals(430_500, weights(network));
      readsBatches(network, 784);
    }
    assertEquals(430_500, parameters(network(new Lenet5Caffe().biases(false), 784)));
    Lenet5Caffe small = new Lenet5Caffe().biases(false).neurons(39);
    assertEquals(25_500 + 39 * 810, parameters(network(small, 784)));
    assertThrows(RecipeException.class, () -> network(new Lenet5Caffe(), 40));
  }

  @Test
  void mnist1dModelsHaveThePapersParameters() {
    for (long[] sample : new long[][] {{40}, {1, 40}}) {
      Network mlp = network(new Mnist1dMlp(), sample);
      Network cnn = network(new Mnist1dCnn(), sample);
      Network gru = network(new Mnist1dGru(), sample);
      assertEquals(15_210, parameters(mlp));
      assertEquals(5_210, parameters(cnn));
      assertEquals(5_134, parameters(gru));
      readsBatches(mlp, 40);
      readsBatches(cnn, 40);
      readsBatches(gru, 40);
    }
  }

  @Test
  void layersHaveStableNamesInTheOrderOfTheData() {
    assertEquals(List.of("fc1", "fc2", "fc3"), names(network(new LeNet300100(), 784)));
    assertEquals(List.of("conv1", "conv2", "fc1", "fc2"), names(network(new Lenet5Caffe(), 784)));
    assertEquals(List.of("fc1", "fc2", "fc3"), names(network(new Mnist1dMlp(), 40)));
    Network gru = network(new Mnist1dGru(), 40);
    assertEquals(
        List.of("gru1.l_0_i2h", "gru1.l_0_h2h", "gru2.l_0_i2h", "gru2.l_0_h2h", "fc1"), names(gru));
    assertEquals("l_0_h2h_BIAS", gru.layer("gru1.l_0_h2h").bias().getName());
  }

  private static List<String> names(Network network) {
    return network.layers().stream().map(Layer::name).toList();
  }

  @Test
  void mnist1dMlpAddsItsSecondLayerToTheFirst() {
    Network network = network(new Mnist1dMlp(2, Initialization.KAIMING_NORMAL), 2);
    network.layer("fc1").weight().set(new float[] {1, 0, 0, 1});
    network.layer("fc2").weight().set(new float[] {2, 0, 0, -1});
    float[] out = new float[20];
    out[0] = 1;
    out[3] = 1;
    network.layer("fc3").weight().set(out);
    NDArray logits = network.forward(manager.create(new float[] {3, 5}, new Shape(1, 2)), false);
    assertEquals(3 + 6, logits.getFloat(0, 0));
    assertEquals(5, logits.getFloat(0, 1));
  }

  @Test
  void bidirectionalGruReadsFromBothEnds() {
    Network network = network(new Mnist1dGru(1, Initialization.XAVIER_UNIFORM), 2);
    Map<String, Parameter> parameters = network.parameters();
    parameters.forEach(
        (name, p) -> {
          if (name.endsWith("i2h_WEIGHT")) {
            p.getArray().set(new float[] {0.5f, -0.25f, 1});
          } else if (name.endsWith("h2h_WEIGHT")) {
            p.getArray().set(new float[] {0.75f, 0.5f, -1.5f});
          } else if (name.endsWith("i2h_BIAS")) {
            p.getArray().set(new float[] {0.1f, 0.2f, 0.3f});
          }
        });
    float[] out = new float[40];
    for (int i = 0; i < 4; i++) {
      out[i * 4 + i] = 1;
    }
    network.layer("fc1").weight().set(out);
    NDArray logits = network.forward(manager.create(new float[] {1, -2}, new Shape(1, 2)), false);
    double first = gru(1, 0);
    double firstBack = gru(-2, 0);
    assertArrayEquals(
        new double[] {first, gru(1, firstBack), gru(-2, first), firstBack},
        new double[] {
          logits.getFloat(0, 0), logits.getFloat(0, 1), logits.getFloat(0, 2), logits.getFloat(0, 3)
        },
        1e-6);
  }

  private static double gru(double x, double h) {
    double r = sigmoid(0.5 * x + 0.1 + 0.75 * h);
    double z = sigmoid(-0.25 * x + 0.2 + 0.5 * h);
    double n = Math.tanh(x + 0.3 + r * (-1.5 * h));
    return (1 - z) * n + z * h;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void mlpTakesItsSizes() {
    Network network = network(Mlp.of(7, 5).biases(false), 3);
    assertEquals(3 * 7 + 7 * 5 + 5 * 10, parameters(network));
    assertEquals("MLP-7-5", network.model().name());
    assertThrows(RecipeException.class, () -> Mlp.of(7, 0));
    assertThrows(RecipeException.class, () -> Mlp.of(7).dropout(1));
    assertThrows(RecipeException.class, () -> new LeNet300100().dropout(-0.1));
  }

  @Test
  void recipesAreHashedByWhatTheyAre() {
    assertEquals(
        "{\"is\":\"LeNet300100\",\"biases\":true,\"dropout\":0.1,"
            + "\"initialization\":\"Initialization.KAIMING_NORMAL\"}",
        CanonicalJson.of(new LeNet300100().dropout(0.1)).replaceAll("\\s", ""));
    assertNotEquals(
        CanonicalJson.hash(new Mnist1dCnn()),
        CanonicalJson.hash(new Mnist1dCnn(24, Initialization.KAIMING_NORMAL)));
    CustomModel one = new CustomModel("mine", SequentialBlock::new);
    CustomModel other = new CustomModel("mine", () -> Linear.builder().setUnits(10).build());
    assertEquals(CanonicalJson.hash(one), CanonicalJson.hash(other));
    assertThrows(RecipeException.class, () -> new CustomModel(" ", SequentialBlock::new));
  }

  @Test
  void customModelIsAnyBlock() {
    Network network =
        network(new CustomModel("linear", () -> Linear.builder().setUnits(10).build()), 3);
    assertEquals(List.of("fc1"), names(network));
    readsBatches(network, 3);
    RecipeException wrong =
        assertThrows(
            RecipeException.class,
            () -> network(new CustomModel("wide", () -> Linear.builder().setUnits(11).build()), 3));
    assertTrue(wrong.getMessage().contains("wide"), wrong::getMessage);
  }
}
