package io.coppice.framework.method.gates;

import io.coppice.framework.method.Method;
import io.coppice.framework.method.RunContext;
import io.coppice.framework.method.Sparsifier;
import io.coppice.framework.network.Network;
import io.coppice.framework.optimize.Adam;
import io.coppice.framework.optimize.Optimizer;
import io.coppice.framework.recipe.Require;
import io.coppice.framework.recipe.Time;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * L0 regularisation (Louizos, Welling and Kingma 2018): weights, or groups of them, are multiplied
 * by {@linkplain HardConcrete hard concrete} gates, and the expected number of weights whose gate
 * is not 0 is added to the loss, λ/N · Σ |group| · P(z ≠ 0) for N training examples.
 *
 * @param layers the layers with gates; none for every fully connected layer
 * @param lambda λ as the paper writes it, before the division by N
 * @param lambdas λ of single layers by name, in place of {@code lambda}: the paper's "λ sep."
 * @param inputDropout how often a gate of the first gated layer starts closed
 * @param hiddenDropout how often a gate of the other layers starts closed
 * @param optimizer moves log α, whatever moves the weights
 * @param budget weights of the gated layers that a settled network has at most; where the gates are
 *     frozen, the smallest are closed to it
 * @param freezeLast how long, at the end, gates stand still without noise; {@code epochs(0)} for
 *     the paper's training, whose last epoch is then the one that counts unless there is a budget
 */
public record L0(
    Gating gating,
    List<String> layers,
    double lambda,
    Map<String, Double> lambdas,
    double inputDropout,
    double hiddenDropout,
    HardConcrete distribution,
    Optimizer optimizer,
    Optional<Long> budget,
    Time freezeLast)
    implements Method {
  public L0 {
    layers = List.copyOf(layers);
    lambdas = new TreeMap<>(lambdas);
    Require.notNegative("lambda", lambda);
    lambdas.values().forEach(value -> Require.notNegative("lambda", value));
    Require.that(
        inputDropout > 0 && inputDropout < 1, "inputDropout", inputDropout, "between 0 and 1");
    Require.that(
        hiddenDropout > 0 && hiddenDropout < 1, "hiddenDropout", hiddenDropout, "between 0 and 1");
    budget.ifPresent(weights -> Require.that(weights >= 1, "budget", weights, "at least 1"));
  }

  /** One gate per weight, with the paper's constants. */
  public static L0 weights(double lambda) {
    return paper(Gating.CONNECTIONS, lambda);
  }

  /** One gate per input neuron, with the paper's constants. */
  public static L0 neurons(double lambda) {
    return paper(Gating.NEURONS, lambda);
  }

  private static L0 paper(Gating gating, double lambda) {
    return new L0(
        gating,
        List.of(),
        lambda,
        Map.of(),
        0.2,
        0.5,
        HardConcrete.standard(),
        Adam.of(1e-3),
        Optional.empty(),
        Time.epochs(0));
  }

  public L0 layers(List<String> names) {
    return with(d -> d.layers = names);
  }

  public L0 lambdas(Map<String, Double> byLayer) {
    return with(d -> d.lambdas = byLayer);
  }

  public L0 dropout(double input, double hidden) {
    return with(
        d -> {
          d.inputDropout = input;
          d.hiddenDropout = hidden;
        });
  }

  public L0 optimizer(Optimizer rule) {
    return with(d -> d.optimizer = rule);
  }

  public L0 budget(long weights) {
    return with(d -> d.budget = Optional.of(weights));
  }

  public L0 freezeLast(Time length) {
    return with(d -> d.freezeLast = length);
  }

  /** A copy's components while they are changed. */
  private static final class Draft {
    private Gating gating;
    private List<String> layers;
    private double lambda;
    private Map<String, Double> lambdas;
    private double inputDropout;
    private double hiddenDropout;
    private HardConcrete distribution;
    private Optimizer optimizer;
    private Optional<Long> budget;
    private Time freezeLast;

    Draft(L0 from) {
      gating = from.gating;
      layers = from.layers;
      lambda = from.lambda;
      lambdas = from.lambdas;
      inputDropout = from.inputDropout;
      hiddenDropout = from.hiddenDropout;
      distribution = from.distribution;
      optimizer = from.optimizer;
      budget = from.budget;
      freezeLast = from.freezeLast;
    }
  }

  private L0 with(Consumer<Draft> change) {
    Draft d = new Draft(this);
    change.accept(d);
    return new L0(
        d.gating,
        d.layers,
        d.lambda,
        d.lambdas,
        d.inputDropout,
        d.hiddenDropout,
        d.distribution,
        d.optimizer,
        d.budget,
        d.freezeLast);
  }

  @Override
  public String name() {
    return String.format(
        Locale.ROOT,
        "l0 %s λ=%s",
        gating == Gating.NEURONS ? "neurons" : "weights",
        lambdas.isEmpty()
            ? BigDecimal.valueOf(lambda).stripTrailingZeros().toPlainString()
            : "sep.");
  }

  @Override
  public Sparsifier bind(Network network, RunContext context) {
    return new L0Gates(this, network, context);
  }
}
