package io.coppice.framework.network;

import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * A block seen as a row of elements, each fed by the one before it: nested sequential blocks are
 * taken apart, every other block is one element.
 */
record Chain(List<Block> elements) {
  private static final Set<String> ACTIVATIONS =
      Set.of(
          "identity",
          "ReLU",
          "ReLU6",
          "sigmoid",
          "Tanh",
          "softPlus",
          "softSign",
          "LeakyReLU",
          "ELU",
          "SELU",
          "GELU",
          "Swish",
          "Mish");
  private static final String POOLS = "(avg|max|lp|globalAvg|globalMax|globalLp)Pool[123]d";
  private static final String FLATTEN = "batchFlatten";

  /** What an element does to the units, which are neurons or channels, that reach it. */
  enum Role {
    /** Reads all units and makes new ones: a linear layer or an ungrouped convolution. */
    MIXES,
    /** Works on each unit by itself. */
    KEEPS_APART,
    /** Anything else, such as a residual, recurrent, shared or unknown block. */
    UNKNOWN
  }

  static Chain of(Block block) {
    List<Block> elements = new ArrayList<>();
    collect(block, elements);
    return new Chain(List.copyOf(elements));
  }

  private static void collect(Block block, List<Block> elements) {
    if (block.getClass() == SequentialBlock.class
        && !((SequentialBlock) block).isReturnIntermediate()) {
      block.getChildren().values().forEach(child -> collect(child, elements));
    } else {
      elements.add(block);
    }
  }

  /** The role of an initialised element. */
  Role role(Block element) {
    boolean shared = Collections.frequency(elements, element) > 1;
    if (shared && !element.getParameters().isEmpty()) {
      return Role.UNKNOWN;
    } else if (mixes(element)) {
      return element instanceof Linear && readsSequences(element) ? Role.UNKNOWN : Role.MIXES;
    } else if (element instanceof LambdaBlock lambda) {
      return keepsApart(lambda.getName()) ? Role.KEEPS_APART : Role.UNKNOWN;
    }
    boolean apart =
        element instanceof Dropout || element instanceof BatchNorm && normalisesUnits(element);
    return apart ? Role.KEEPS_APART : Role.UNKNOWN;
  }

  /** Whether a BatchNorm has one scale per unit, the second axis. */
  private static boolean normalisesUnits(Block norm) {
    return norm.getDirectParameters().get("gamma").getShape().get(0)
        == norm.getInputShapes()[0].get(1);
  }

  /** Whether the element is of a kind that mixes units. */
  static boolean mixes(Block element) {
    return element.getClass() == Linear.class
        || element instanceof Convolution convolution && convolution.getGroups() == 1;
  }

  /** Whether a linear layer reads [batch, time, in], whose units are not the second axis. */
  private static boolean readsSequences(Block linear) {
    return linear.getInputShapes()[0].dimension() != 2;
  }

  private static boolean keepsApart(String lambda) {
    return ACTIVATIONS.contains(lambda) || lambda.equals(FLATTEN) || lambda.matches(POOLS);
  }

  /** The elements that mix, in order, with those that follow each up to the next. */
  List<Link> links() {
    List<Link> links = new ArrayList<>();
    for (Block element : elements) {
      if (role(element) == Role.MIXES) {
        links.add(new Link(element, new ArrayList<>()));
      } else if (!links.isEmpty()) {
        links.get(links.size() - 1).after().add(element);
      }
    }
    return links;
  }

  /**
   * A mixing element and the elements between it and the next.
   *
   * @param after in order
   */
  record Link(Block mixing, List<Block> after) {}
}
