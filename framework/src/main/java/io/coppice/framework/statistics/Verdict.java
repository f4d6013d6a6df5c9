package io.coppice.framework.statistics;

/**
 * What a study may say of a method, or of two.
 *
 * @param text as tables print it
 */
public record Verdict(Kind kind, String text) {

  /** The verdicts there are. */
  public enum Kind {
    BASELINE,
    BETTER,
    WORSE,
    NOT_DISTINGUISHABLE,
    NO_TEST,
    COLLAPSED
  }

  static Verdict noTest(String why) {
    return new Verdict(Kind.NO_TEST, why);
  }
}
