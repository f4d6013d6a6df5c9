package io.coppice.framework.method.sharing;

import io.coppice.framework.method.Method;
import io.coppice.framework.method.RunContext;
import io.coppice.framework.method.Sparsifier;
import io.coppice.framework.network.Network;
import io.coppice.framework.recipe.Require;
import io.coppice.framework.recipe.Time;
import java.util.List;
import java.util.Locale;

/**
 * Density-diversity penalty (Wang, Cai, Bilmes and Noble 2017): λ (Σ |w − w′| over all pairs of a
 * layer + ‖W‖₂) pulls a layer's weights onto a few values and 0. Phases with the penalty alternate
 * with phases in which equal weights are tied and 0 stays; the last phase is tied.
 *
 * <p>Departures from the text: its algorithm 1 prints the gradient with the sign turned; here it
 * descends. A weight that a step of the penalty would carry over 0 stops there: cutting digits off
 * catches no weight at steps that prune.
 *
 * @param layers those with the penalty; none for every fully connected layer
 * @param lambda how hard the largest layer's greatest weight is pulled, as a gradient; another
 *     weight is pulled by its share, and another layer by its size's share of the largest, as the
 *     paper scales λ
 * @param probability how often a step applies the penalty
 * @param decimals to which weights are rounded when it does, so that close ones become equal
 * @param zeros the fraction of each layer's weights that starts at 0
 * @param phase the length of a phase
 */
public record Ddp(
    List<String> layers, double lambda, double probability, int decimals, double zeros, Time phase)
    implements Method {
  public Ddp {
    layers = List.copyOf(layers);
    Require.positive("lambda", lambda);
    Require.fraction("probability", probability);
    Require.that(decimals >= 1 && decimals <= 7, "decimals", decimals, "an integer from 1 to 7");
    Require.within("zeros", zeros, 0, 1);
  }

  /** The paper's constants beside λ: every 20th step on average, 6 digits, 10 % zeros, 5 epochs. */
  public static Ddp of(double lambda) {
    return new Ddp(List.of(), lambda, 0.05, 6, 0.1, Time.epochs(5));
  }

  public Ddp layers(String... names) {
    return new Ddp(List.of(names), lambda, probability, decimals, zeros, phase);
  }

  public Ddp probability(double share) {
    return new Ddp(layers, lambda, share, decimals, zeros, phase);
  }

  public Ddp decimals(int digits) {
    return new Ddp(layers, lambda, probability, digits, zeros, phase);
  }

  public Ddp zeros(double fraction) {
    return new Ddp(layers, lambda, probability, decimals, fraction, phase);
  }

  public Ddp phase(Time length) {
    return new Ddp(layers, lambda, probability, decimals, zeros, length);
  }

  @Override
  public String name() {
    return String.format(Locale.ROOT, "ddp λ=%s", Double.toString(lambda));
  }

  @Override
  public Sparsifier bind(Network network, RunContext context) {
    return new DdpWeights(this, network, context);
  }
}
