package io.coppice.dsl;

import io.coppice.framework.display.Wrapped;
import io.coppice.framework.method.Method;
import io.coppice.framework.method.growth.RigL;
import io.coppice.framework.method.growth.SetMethod;
import io.coppice.framework.recipe.InWords;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.sparsity.Allocation;
import java.util.List;
import java.util.Map;

/**
 * A network that is sparse from the start and rewired while it learns: {@code
 * rigl().every(steps(100)).keep(0.1)}. Immutable.
 */
public final class TopologyWords implements Begun {

  /** Makes the method once everything is said. */
  interface Maker {
    Method make(double keep, Allocation allocation, double fraction, Time every, Time until);
  }

  private final Maker maker;
  private final Allocation allocation;
  private final double fraction;
  private final Time every;
  private final Time until;

  private TopologyWords(
      Maker maker, Allocation allocation, double fraction, Time every, Time until) {
    this.maker = maker;
    this.allocation = allocation;
    this.fraction = fraction;
    this.every = every;
    this.until = until;
  }

  static TopologyWords rigl() {
    RigL usual = RigL.of(0.5);
    return new TopologyWords(
        RigL::new, usual.allocation(), usual.fraction(), usual.every(), usual.until());
  }

  static TopologyWords set() {
    SetMethod usual = SetMethod.of(0.5);
    return new TopologyWords(
        SetMethod::new, usual.allocation(), usual.fraction(), usual.every(), usual.until());
  }

  @Override
  public String said() {
    return "fraction "
        + InWords.of(fraction)
        + " every "
        + InWords.of(every)
        + " until "
        + InWords.of(until)
        + ", shared out "
        + InWords.of(allocation);
  }

  @Override
  public String missing() {
    return "keep(0.1)";
  }

  @Override
  public String toString() {
    return toText(Wrapped.USUAL_WIDTH);
  }

  /** The fraction of a layer's connections that is replaced, at first. */
  public TopologyWords fraction(double replaced) {
    return new TopologyWords(maker, allocation, replaced, every, until);
  }

  /** How often connections are replaced. */
  public TopologyWords every(Time interval) {
    return new TopologyWords(maker, allocation, fraction, interval, until);
  }

  /** From when on the topology stays. */
  public TopologyWords until(Time end) {
    return new TopologyWords(maker, allocation, fraction, every, end);
  }

  /** The same fraction of every layer. */
  public TopologyWords layerWise() {
    return new TopologyWords(maker, new Allocation.Uniform(), fraction, every, until);
  }

  /** Only these layers are sparse; {@code keep} is then a fraction of theirs. */
  public TopologyWords layers(String... names) {
    return new TopologyWords(
        maker, new Allocation.Among(List.of(names), allocation), fraction, every, until);
  }

  /** Densities of their own for the layers named; the others share as said before. */
  public TopologyWords layers(Map<String, Double> densities) {
    return new TopologyWords(
        maker, new Allocation.PerLayer(densities, allocation), fraction, every, until);
  }

  /** The fraction of the weights that is there, at every moment. */
  public Method keep(double kept) {
    return maker.make(kept, allocation, fraction, every, until);
  }
}
