package io.coppice.framework.method.gates;

import io.coppice.framework.method.Method;
import io.coppice.framework.method.RunContext;
import io.coppice.framework.method.Sparsifier;
import io.coppice.framework.network.Network;
import io.coppice.framework.optimize.Optimizer;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.recipe.Require;
import io.coppice.framework.recipe.Time;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Switcher networks (Han, Liu, Hai and Li): each gated layer has a {@link UNet} that reads the
 * layer's W and emits one ReLU gate per weight or per input neuron; switchers and task network are
 * trained alternately on the task's loss. {@link #literal} is the algorithm as it is printed,
 * {@link #repaired} the one that keeps a budget; every departure is a component of its own.
 *
 * @param layers the layers with gates; none for every fully connected layer
 * @param optimizer moves the switchers
 * @param phase when and how long the switchers are trained
 * @param clip the greatest norm of a switcher's gradient, per layer; 0 leaves it alone
 * @param normaliseGates whether gates are divided by the root mean square of their layer's open
 *     gates, which takes the ambiguity of scale between gate and weight away and keeps what the
 *     layer's outputs vary; by the mean instead, a few gates grow without bound
 * @param anchor the factor of Σ (ln r)², r that root mean square, in the switchers' loss:
 *     normalised gates have no scale of their own and would drift until all are closed; 0 for none
 * @param budget the weights that may stay, or empty for the task's loss alone
 * @param freezeLast how long, at the end, gates stand still and only W is trained; where they
 *     freeze, the smallest are closed until the budget is met
 * @param throughSwitcher whether W's gradient also flows through the switcher that reads it; its
 *     gates then follow W in every step instead of standing still between phases
 */
public record Switcher(
    Gating gating,
    List<String> layers,
    UNet network,
    Optimizer optimizer,
    Phase phase,
    double clip,
    boolean normaliseGates,
    double anchor,
    Optional<Budget> budget,
    Time freezeLast,
    boolean throughSwitcher)
    implements Method {

  /**
   * When and how long the switchers are trained: before each epoch, W standing still.
   *
   * @param after the epochs that come before the first phase
   * @param steps of one phase; 0 for a pass over the training part
   * @param batch examples per step, or all if there are fewer
   * @param every the task's steps between two phases, where they do not come once per epoch
   */
  public record Phase(int after, int steps, int batch, Optional<Integer> every) {
    public Phase {
      every.ifPresent(between -> Require.atLeast("every", between, 1));
      Require.atLeast("after", after, 0);
      Require.atLeast("steps", steps, 0);
      Require.atLeast("batch", batch, 1);
    }

    /** One phase before each epoch. */
    public Phase(int after, int steps, int batch) {
      this(after, steps, batch, Optional.empty());
    }

    /** A phase before every so many steps of the task. */
    public Phase everySteps(int between) {
      return new Phase(after, steps, batch, Optional.of(between));
    }
  }

  /**
   * While more than {@code weights} stay, {@code strength} times the effective share of weights is
   * added to the switchers' loss: Σ neff(in)·neff(out)·size / Σ size with neff(z) = (Σz)² / (N Σz²)
   * for neurons, Σ neff(z)·size / Σ size for connections. Near the budget it fades, so that no more
   * is closed than must be.
   *
   * @param weights of the gated layers that may stay
   * @param strength the penalty's factor λ at twice the budget and above
   */
  public record Budget(long weights, double strength) {
    public Budget {
      Require.that(weights >= 1, "budget", weights, "an integer of at least 1");
      Require.positive("strength", strength);
    }

    /** The penalty's factor while so many weights stay: λ · min(1, kept / weights − 1), or 0. */
    double strengthAt(long kept) {
      return strength * Math.max(0, Math.min(1, (double) kept / weights - 1));
    }
  }

  public Switcher {
    layers = List.copyOf(layers);
    Require.notNegative("clip", clip);
    Require.notNegative("anchor", anchor);
  }

  /** The algorithm as the paper prints it: the task's loss, SGD 0.1, batch 64, whole epochs. */
  public static Switcher literal(Gating gating) {
    return new Switcher(
        gating,
        List.of(),
        new UNet(List.of(4, 8, 8), UNet.Input.WEIGHT, false),
        new Sgd(0.1, 0, false, 0),
        new Phase(0, 0, 64),
        0,
        false,
        0,
        Optional.empty(),
        Time.epochs(0),
        false);
  }

  /** The variant that ends with at most {@code weights} weights and keeps its accuracy. */
  public static Switcher repaired(Gating gating, long weights) {
    return new Switcher(
        gating,
        List.of(),
        new UNet(List.of(4, 8, 8), UNet.Input.MAGNITUDE_OVER_RMS, true),
        new Sgd(0.02, 0.9, false, 0),
        new Phase(1, 80, 256),
        0.1,
        true,
        0.1,
        Optional.of(new Budget(weights, 0.6)),
        Time.percent(40),
        false);
  }

  public Switcher layers(List<String> names) {
    return with(d -> d.layers = names);
  }

  public Switcher network(UNet recipe) {
    return with(d -> d.network = recipe);
  }

  public Switcher optimizer(Optimizer rule) {
    return with(d -> d.optimizer = rule);
  }

  public Switcher phase(Phase length) {
    return with(d -> d.phase = length);
  }

  public Switcher clip(double norm) {
    return with(d -> d.clip = norm);
  }

  public Switcher normaliseGates(boolean normalise) {
    return with(d -> d.normaliseGates = normalise);
  }

  public Switcher anchor(double factor) {
    return with(d -> d.anchor = factor);
  }

  public Switcher budget(Budget limit) {
    return with(d -> d.budget = Optional.of(limit));
  }

  /**
   * The penalty's factor λ at twice the budget and above.
   *
   * @throws io.coppice.framework.recipe.RecipeException when there is no budget
   */
  public Switcher strength(double factor) {
    Require.that(budget.isPresent(), "strength", factor, "only with a budget");
    return budget(new Budget(budget.get().weights(), factor));
  }

  public Switcher freezeLast(Time length) {
    return with(d -> d.freezeLast = length);
  }

  public Switcher throughSwitcher(boolean through) {
    return with(d -> d.throughSwitcher = through);
  }

  /** A copy's components while they are changed. */
  private static final class Draft {
    private Gating gating;
    private List<String> layers;
    private UNet network;
    private Optimizer optimizer;
    private Phase phase;
    private double clip;
    private boolean normaliseGates;
    private double anchor;
    private Optional<Budget> budget;
    private Time freezeLast;
    private boolean throughSwitcher;

    Draft(Switcher from) {
      gating = from.gating;
      layers = from.layers;
      network = from.network;
      optimizer = from.optimizer;
      phase = from.phase;
      clip = from.clip;
      normaliseGates = from.normaliseGates;
      anchor = from.anchor;
      budget = from.budget;
      freezeLast = from.freezeLast;
      throughSwitcher = from.throughSwitcher;
    }
  }

  private Switcher with(Consumer<Draft> change) {
    Draft d = new Draft(this);
    change.accept(d);
    return new Switcher(
        d.gating,
        d.layers,
        d.network,
        d.optimizer,
        d.phase,
        d.clip,
        d.normaliseGates,
        d.anchor,
        d.budget,
        d.freezeLast,
        d.throughSwitcher);
  }

  @Override
  public String name() {
    String what = "switcher " + gating.name().toLowerCase(Locale.ROOT);
    if (equals(literal(gating))) {
      return what + " literal";
    }
    return budget.map(limit -> what + " ≤ " + limit.weights()).orElse(what + " without budget");
  }

  @Override
  public Sparsifier bind(Network network, RunContext context) {
    return new SwitcherGates(this, network, context);
  }
}
