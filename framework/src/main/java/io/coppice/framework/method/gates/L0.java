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
    return new L0(
        gating,
        names,
        lambda,
        lambdas,
        inputDropout,
        hiddenDropout,
        distribution,
        optimizer,
        budget,
        freezeLast);
  }

  public L0 lambdas(Map<String, Double> byLayer) {
    return new L0(
        gating,
        layers,
        lambda,
        byLayer,
        inputDropout,
        hiddenDropout,
        distribution,
        optimizer,
        budget,
        freezeLast);
  }

  public L0 dropout(double input, double hidden) {
    return new L0(
        gating,
        layers,
        lambda,
        lambdas,
        input,
        hidden,
        distribution,
        optimizer,
        budget,
        freezeLast);
  }

  public L0 optimizer(Optimizer rule) {
    return new L0(
        gating,
        layers,
        lambda,
        lambdas,
        inputDropout,
        hiddenDropout,
        distribution,
        rule,
        budget,
        freezeLast);
  }

  public L0 budget(long weights) {
    return new L0(
        gating,
        layers,
        lambda,
        lambdas,
        inputDropout,
        hiddenDropout,
        distribution,
        optimizer,
        Optional.of(weights),
        freezeLast);
  }

  public L0 freezeLast(Time length) {
    return new L0(
        gating,
        layers,
        lambda,
        lambdas,
        inputDropout,
        hiddenDropout,
        distribution,
        optimizer,
        budget,
        length);
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
