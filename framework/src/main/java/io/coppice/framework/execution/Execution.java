package io.coppice.framework.execution;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import io.coppice.framework.network.Agreement;
import io.coppice.framework.network.Network;
import io.coppice.framework.network.Replaceable;
import io.coppice.framework.ops.Precision;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.recipe.Require;
import io.coppice.framework.storage.CacheFolder;
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
 * @param homes of the sparse operations, by the device of the network
 * @param precision of products by the sparse operations
 * @param batch the examples of a pass
 * @param forms dense first, then the sparse ones to try
 * @param timer takes the times
 * @param verdicts remembers them
 */
public record Execution(
    Function<Device, SparseOps> homes,
    Precision precision,
    int batch,
    List<Form> forms,
    PassTimer timer,
    Verdicts verdicts)
    implements Function<Network, ExecutedNetwork> {

  public Execution {
    Require.atLeast("batch", batch, 1);
    forms = List.copyOf(forms);
  }

  /** In float32, with the operations of one home. */
  public Execution(SparseOps ops, int batch, List<Form> forms, PassTimer timer, Verdicts verdicts) {
    this(device -> ops, Precision.FLOAT32, batch, forms, timer, verdicts);
  }

  /**
   * All forms in float32, for batches of 64, with the operations of the network's device, and
   * verdicts kept in {@code execution-verdicts.json} of {@link CacheFolder}.
   */
  public static Execution auto() {
    Path verdicts = CacheFolder.of("execution").resolve("execution-verdicts.json");
    return standard(new MedianTimer(), new VerdictFile(verdicts));
  }

  /** As {@link #auto}, but timed in a hurry and without a file: a tenth of a second a network. */
  public static Execution brief() {
    return standard(MedianTimer.brief(), Verdicts.none());
  }

  private static Execution standard(PassTimer timer, Verdicts verdicts) {
    return new Execution(SparseOps::find, Precision.FLOAT32, 64, Form.all(), timer, verdicts);
  }

  /** With the operations of this home, in the {@link #precision} of this execution. */
  public Execution ops(SparseOps home) {
    return new Execution(device -> home, precision, batch, forms, timer, verdicts);
  }

  /**
   * With the sparse products of linear layers and convolutions in another precision, and all forms
   * that are for it unless others were given. Dense layers remain in float32, and so do all tensors
   * between layers. In bfloat16, which is for networks on a CUDA GPU, linear layers in blocks of
   * multiples of 16 and in 2:4 run on tensor cores.
   */
  public Execution precision(Precision numbers) {
    List<Form> candidates = forms.equals(Form.all(precision)) ? Form.all(numbers) : forms;
    return new Execution(homes, numbers, batch, candidates, timer, verdicts);
  }

  public Execution batch(int examples) {
    return new Execution(homes, precision, examples, forms, timer, verdicts);
  }

  /** Dense first, then the sparse forms to try. */
  public Execution forms(List<Form> candidates) {
    return new Execution(homes, precision, batch, candidates, timer, verdicts);
  }

  /**
   * The network in its fastest form; it uses the network's memory for what stays dense.
   *
   * @throws io.coppice.framework.recipe.RecipeException when the operations have no products in the
   *     precision, or are for another device than the network's
   * @throws IllegalStateException when nothing serves the device, or the outputs do not agree with
   *     the network's: to a relative 1e-5, or in bfloat16 to 2^-6 for every layer that runs in it
   */
  @Override
  public ExecutedNetwork apply(Network network) {
    ExecutedNetwork executed = executed(network, ops(network.manager().getDevice()));
    try {
      Agreement.require(network, "executed", tolerance(executed), executed::forward);
      return executed;
    } catch (RuntimeException e) {
      executed.close();
      throw e;
    }
  }

  private SparseOps ops(Device device) {
    SparseOps ops = homes.apply(device).in(precision);
    Require.that(
        ops.device().equals(device), "device of the sparse operations", ops.device(), "" + device);
    return ops;
  }

  private double tolerance(ExecutedNetwork executed) {
    long rounded = precision == Precision.FLOAT32 ? 0 : executed.sparseProducts();
    return rounded == 0 ? Precision.FLOAT32.tolerance() : rounded * precision.tolerance();
  }

  private ExecutedNetwork executed(Network network, SparseOps ops) {
    NDManager manager = network.manager().newSubManager();
    try {
      return executed(network, ops, manager);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  private ExecutedNetwork executed(Network network, SparseOps ops, NDManager manager) {
    FormChooser chooser =
        new FormChooser(ops, new EnginePasses(ops.device()), ops.threads(), forms, timer, verdicts);
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
    return new ExecutedNetwork(manager, ops, blocks, new ExecutionPlan(plans));
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
