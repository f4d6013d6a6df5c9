package io.coppice.framework.network;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.nn.core.Linear;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds a block's weights of two or more dimensions and names them in the order data flows. */
final class Layers {
  private final Map<String, Integer> ordinals = new HashMap<>();
  private final List<Layer> found = new ArrayList<>();

  private Layers() {}

  /** Each block once, however often the network uses it; frozen weights included. */
  static List<Layer> of(Block block) {
    Layers layers = new Layers();
    layers.visit(block);
    return List.copyOf(layers.found);
  }

  private void visit(Block block) {
    List<Parameter> direct = block.getDirectParameters().values();
    List<Parameter> weights = direct.stream().filter(Layers::isMatrix).toList();
    boolean known = found.stream().anyMatch(layer -> layer.block() == block);
    if (!weights.isEmpty() && !known) {
      String kind = kind(block);
      String name = kind + ordinals.merge(kind, 1, Integer::sum);
      for (Parameter weight : weights) {
        String role = role(weight, "weight");
        String suffix = weights.size() > 1 ? "." + role : "";
        found.add(new Layer(name + suffix, block, weight, bias(direct, role)));
      }
    }
    for (Pair<String, Block> child : block.getChildren()) {
      visit(child.getValue());
    }
  }

  private static boolean isMatrix(Parameter parameter) {
    return parameter.getType() == Parameter.Type.WEIGHT && parameter.getShape().dimension() > 1;
  }

  private static Parameter bias(List<Parameter> direct, String role) {
    return direct.stream()
        .filter(p -> p.getType() == Parameter.Type.BIAS && role(p, "bias").equals(role))
        .findFirst()
        .orElse(null);
  }

  /** A parameter's name without its type: {@code l_0_h2h} of {@code l_0_h2h_WEIGHT}. */
  private static String role(Parameter parameter, String type) {
    String name = parameter.getName();
    boolean named = name.toLowerCase(Locale.ROOT).endsWith("_" + type);
    return named ? name.substring(0, name.length() - type.length() - 1) : name.replace(type, "");
  }

  private static String kind(Block block) {
    if (block instanceof Linear) {
      return "fc";
    } else if (block instanceof Convolution) {
      return "conv";
    }
    String name = block.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    return name.isEmpty() ? "block" : name;
  }
}
