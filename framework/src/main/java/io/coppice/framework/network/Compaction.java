package io.coppice.framework.network;

import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import io.coppice.framework.ops.Precision;
import io.coppice.framework.recipe.RecipeException;
import java.util.List;
import java.util.stream.IntStream;

/** Cuts dead units out of a network: what {@link Network#compact} does. */
final class Compaction {
  private final Network network;
  private final Chain chain;
  private final List<Liveness.Part> parts;

  Compaction(Network network) {
    this.network = network;
    this.chain = Chain.of(network.block());
    chain.elements().stream().filter(element -> !understood(element)).forEach(Compaction::refuse);
    this.parts = Liveness.of(network).parts();
  }

  /** Whether an element can be cut, or does no harm before the first layer or after the last. */
  private boolean understood(Block element) {
    boolean outside =
        chain.links().stream().noneMatch(link -> between(link, element))
            && element instanceof LambdaBlock;
    return outside || chain.role(element) != Chain.Role.UNKNOWN;
  }

  private boolean between(Chain.Link link, Block element) {
    List<Chain.Link> links = chain.links();
    boolean last = link.mixing() == links.get(links.size() - 1).mixing();
    return !last && link.after().contains(element);
  }

  private static void refuse(Block element) {
    throw new RecipeException(
        "compact() cannot look through "
            + (element instanceof LambdaBlock lambda
                ? "the function '" + lambda.getName() + "'"
                : element.getClass().getSimpleName())
            + "; it understands linear layers and ungrouped convolutions in a row, with"
            + " activations, pooling, BatchNorm, flattening and dropout between them");
  }

  Network run() {
    List<Integer> widths =
        parts.subList(0, Math.max(0, parts.size() - 1)).stream()
            .map(part -> kept(part.outputs()).length)
            .toList();
    Model original =
        network.model() instanceof Compacted compacted ? compacted.original() : network.model();
    Network compact =
        Network.initialise(
            new Compacted(original, widths),
            network.sample(),
            network.classes(),
            0,
            network.manager().getParentManager());
    try {
      copyInto(compact);
      Agreement.require(
          network,
          "compacted",
          Precision.FLOAT32.tolerance(),
          batch -> compact.forward(batch, false));
      return compact;
    } catch (RuntimeException e) {
      compact.close();
      throw e;
    }
  }

  /** The live units' positions, or the first unit's, as a layer cannot be empty. */
  private static int[] kept(boolean[] live) {
    int[] positions = IntStream.range(0, live.length).filter(i -> live[i]).toArray();
    return positions.length > 0 ? positions : new int[] {0};
  }

  private void copyInto(Network compact) {
    List<Block> targets = Chain.of(compact.block()).elements();
    boolean[] live = null;
    int part = 0;
    for (int i = 0; i < targets.size(); i++) {
      Block source = chain.elements().get(i);
      if (Chain.mixes(source)) {
        copyMixing(parts.get(part), live, targets.get(i));
        live = parts.get(part++).outputs();
      } else {
        copyApart(source, live, targets.get(i));
      }
    }
  }

  private void copyMixing(Liveness.Part part, boolean[] before, Block target) {
    int[] rows = kept(part.outputs());
    int[] columns = spread(before, part.inputs().length);
    Parameter parameter = part.element().getDirectParameters().get("weight");
    float[] all = parameter.getArray().toFloatArray();
    int inputs = part.inputs().length;
    int kernel = all.length / part.outputs().length / inputs;
    float[] cut = new float[rows.length * columns.length * kernel];
    int at = 0;
    for (int row : rows) {
      for (int column : columns) {
        for (int k = 0; k < kernel; k++, at++) {
          boolean live = part.outputs()[row] && part.inputs()[column];
          cut[at] = live ? all[(row * inputs + column) * kernel + k] : 0;
        }
      }
    }
    Network.write(target.getDirectParameters().get("weight"), cut);
    if (target.getDirectParameters().contains("bias")) {
      float[] bias = part.element().getDirectParameters().get("bias").getArray().toFloatArray();
      float[] moved = new float[rows.length];
      for (int r = 0; r < rows.length; r++) {
        boolean live = part.outputs()[rows[r]];
        moved[r] = live ? (float) (bias[rows[r]] + part.offset()[rows[r]]) : 0;
      }
      Network.write(target.getDirectParameters().get("bias"), moved);
    }
  }

  private static void copyApart(Block source, boolean[] live, Block target) {
    for (Pair<String, Parameter> pair : source.getDirectParameters()) {
      float[] all = pair.getValue().getArray().toFloatArray();
      int[] positions = spread(live, all.length);
      float[] cut = new float[positions.length];
      for (int i = 0; i < cut.length; i++) {
        cut[i] = all[positions[i]];
      }
      Network.write(target.getDirectParameters().get(pair.getKey()), cut);
    }
  }

  /** The kept positions of {@code size} values, of which each unit owns an equal run. */
  private static int[] spread(boolean[] live, int size) {
    if (live == null) {
      return IntStream.range(0, size).toArray();
    }
    int run = size / live.length;
    return IntStream.of(kept(live))
        .flatMap(unit -> IntStream.range(unit * run, (unit + 1) * run))
        .toArray();
  }
}
