package io.coppice.dsl;

import io.coppice.framework.recipe.Time;
import io.coppice.framework.sparsity.Schedule;

/**
 * The course of a gradual pruning; from the start until three quarters of the training, every 100
 * steps, until said otherwise.
 */
public record Gradual(double exponent, Time start, Time end, Time interval) {

  static Gradual of(double exponent) {
    return new Gradual(exponent, Time.epochs(0), Time.percent(75), Time.steps(100));
  }

  public Gradual from(Time first) {
    return new Gradual(exponent, first, end, interval);
  }

  public Gradual until(Time last) {
    return new Gradual(exponent, start, last, interval);
  }

  public Gradual every(Time step) {
    return new Gradual(exponent, start, end, step);
  }

  Schedule schedule() {
    return new Schedule.Polynomial(exponent, start, end, interval);
  }
}
