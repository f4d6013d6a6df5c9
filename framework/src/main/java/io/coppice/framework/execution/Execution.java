package io.coppice.framework.execution;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import io.coppice.framework.network.Agreement;
import io.coppice.framework.network.Network;
import io.coppice.framework.network.Replaceable;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.recipe.Require;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a trained network is run: each of its linear layers and convolutions of images in the fastest
 * of some forms, timed on the layer's own weights. Other layers stay as they are.
 *
 * <pre>{@code
 * try (ExecutedNetwork fast = network.execute(Execution.auto().batch(1))) {
 *   fast.plan();           // which form each layer runs in, and what the others took
 *   fast.forward(images);  // the network's outputs to a relative 1e-5
 * }
 * }</pre>
 *
 * @param ops the home of the sparse operations
 * @param batch the examples of a pass
 * @param forms dense first, then the sparse ones to try
 * @param timer takes the times
 * @param verdicts remembers them
 */
public record Execution(
    SparseOps ops, int batch, List<Form> forms, PassTimer timer, Verdicts verdicts)
    implements Function<Network, ExecutedNetwork> {

  public Execution {
    Require.atLeast("batch", batch, 1);
    forms = List.copyOf(forms);
  }

  /**
   * All forms, for batches of 64, with verdicts kept in {@code ~/.cache/coppice/execution.json}.
   */
  public static Execution auto() {
    Path verdicts = Path.of(System.getProperty("user.home"), ".cache", "coppice", "execution.json");
    return new Execution(
        SparseOps.find(), 64, Form.all(), new MedianTimer(), new VerdictFile(verdicts));
  }

  /** With the operations of another home. */
  public Execution ops(SparseOps home) {
    return new Execution(home, batch, forms, timer, verdicts);
  }

  public Execution batch(int examples) {
    return new Execution(ops, examples, forms, timer, verdicts);
  }

  /** Dense first, then the sparse forms to try. */
  public Execution forms(List<Form> candidates) {
    return new Execution(ops, batch, candidates, timer, verdicts);
  }

  /**
   * The network in its fastest form; it uses the network's memory for what stays dense.
   *
   * @throws IllegalStateException when its outputs do not agree with the network's
   */
  @Override
  public ExecutedNetwork apply(Network network) {
    ExecutedNetwork executed = executed(network);
    try {
      Agreement.require(network, "executed", executed::forward);
      return executed;
    } catch (RuntimeException e) {
      executed.close();
      throw e;
    }
  }

  private ExecutedNetwork executed(Network network) {
    NDManager manager = network.manager().newSubManager();
    try {
      return executed(network, manager);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  private ExecutedNetwork executed(Network network, NDManager manager) {
    FormChooser chooser =
        new FormChooser(ops, new EnginePasses(), ops.threads(), forms, timer, verdicts);
    List<Block> elements = network.elements();
    List<Block> blocks = new ArrayList<>();
    List<LayerPlan> plans = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      Optional<Replaceable> layer = replaceable(network, elements.get(i));
      if (layer.isEmpty()) {
        blocks.add(elements.get(i));
        continue;
      }
      LayerWeights weights = LayerWeights.of(layer.get());
      LayerPlan plan = chooser.choose(weights, examples(layer.get()));
      plans.add(plan);
      if (plan.chosen().form() instanceof Form.Sparse sparse) {
        boolean relu = i + 1 < elements.size() && Replaceable.isRelu(elements.get(i + 1));
        blocks.add(layer.get().sparse(weights.topology(sparse.layout()), ops, relu, manager));
        i += relu ? 1 : 0;
      } else {
        blocks.add(elements.get(i));
      }
    }
    return new ExecutedNetwork(manager, blocks, new ExecutionPlan(plans));
  }

  private static Optional<Replaceable> replaceable(Network network, Block element) {
    return network.layers().stream()
        .filter(layer -> layer.block() == element)
        .findFirst()
        .flatMap(Replaceable::of);
  }

  /** The examples of the layer's passes: the rows that a linear layer reads, or the images. */
  private int examples(Replaceable layer) {
    return layer.convolution().isPresent()
        ? batch
        : Math.toIntExact(batch * layer.layer().positions());
  }
}
