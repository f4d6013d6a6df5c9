package io.coppice.dsl;

import io.coppice.framework.method.gates.Gating;
import io.coppice.framework.method.gates.L0;
import io.coppice.framework.method.gates.Switcher;
import io.coppice.framework.recipe.InWords;

/** What a method of gates puts its gates on. */
public final class GateWords {
  private GateWords() {}

  /** {@code l0().weights(lambda)} or {@code l0().neurons(lambda)}. */
  public record OfL0() implements Begun {

    @Override
    public String said() {
      return "";
    }

    @Override
    public String missing() {
      return "weights(λ) or neurons(λ)";
    }

    /** One gate per weight; λ as the paper writes it, before the division by N. */
    public L0 weights(double lambda) {
      return L0.weights(lambda);
    }

    /** One gate per input neuron; λ as the paper writes it, before the division by N. */
    public L0 neurons(double lambda) {
      return L0.neurons(lambda);
    }
  }

  /** {@code switcher().neurons()} or {@code switcher().connections()}. */
  public record OfSwitcher() implements Begun {

    @Override
    public String said() {
      return "";
    }

    @Override
    public String missing() {
      return "neurons() or connections()";
    }

    /** One gate per input neuron. */
    public SwitcherWords neurons() {
      return new SwitcherWords(Gating.NEURONS);
    }

    /** One gate per weight. */
    public SwitcherWords connections() {
      return new SwitcherWords(Gating.CONNECTIONS);
    }
  }

  /** Which of the two algorithms; each of its parts can then be changed by name. */
  public record SwitcherWords(Gating gating) implements Begun {

    @Override
    public String said() {
      return InWords.of(gating);
    }

    @Override
    public String missing() {
      return "literal() or budget(1_000)";
    }

    /** The algorithm as the paper prints it. */
    public Switcher literal() {
      return Switcher.literal(gating);
    }

    /** The repaired algorithm, which ends with at most so many weights. */
    public Switcher budget(long weights) {
      return Switcher.repaired(gating, weights);
    }
  }
}
