package io.coppice.framework.statistics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The verdicts of a study: paired t-tests over common seeds at the 5 % level, Holm-corrected over
 * the tests of one question. A method with a collapsed seed is not tested, because what is left of
 * it is its luck.
 */
public final class Comparison {
  /** The level below which a corrected p is a difference. */
  public static final double LEVEL = 0.05;

  private Comparison() {}

  /** Two methods against each other; {@code holmP} is NaN where no test could be made. */
  public record Pair(String first, String second, PairedTest test, double holmP, Verdict verdict) {}

  /**
   * Each method's verdict against the baseline, where a larger value is better. A baseline that is
   * not among the methods leaves every method untested.
   */
  public static Map<String, Verdict> against(String baseline, Map<String, Outcome> methods) {
    Map<String, PairedTest> tests = new LinkedHashMap<>();
    Map<String, Double> p = new LinkedHashMap<>();
    Outcome reference = methods.getOrDefault(baseline, new Outcome(Map.of(), Map.of()));
    methods.forEach(
        (name, outcome) -> {
          if (!name.equals(baseline) && outcome.collapses().isEmpty()) {
            PairedTest test = PairedTest.of(outcome.values(), reference.values());
            tests.put(name, test);
            test.p().ifPresent(value -> p.put(name, value));
          }
        });
    Map<String, Double> holm = Holm.adjust(p);
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    methods.forEach(
        (name, outcome) -> {
          if (!outcome.collapses().isEmpty()) {
            verdicts.put(name, collapsed(outcome));
          } else if (name.equals(baseline)) {
            verdicts.put(name, new Verdict(Verdict.Kind.BASELINE, "baseline"));
          } else if (holm.containsKey(name)) {
            verdicts.put(name, tested(tests.get(name), holm.get(name), outcome, reference));
          } else {
            verdicts.put(name, untested(tests.get(name), outcome, reference, baseline));
          }
        });
    return verdicts;
  }

  /** Every two methods that finished all their seeds, in the order given. */
  public static List<Pair> pairs(Map<String, Outcome> methods) {
    List<String> names =
        methods.keySet().stream().filter(n -> methods.get(n).collapses().isEmpty()).toList();
    Map<List<String>, PairedTest> tests = new LinkedHashMap<>();
    Map<List<String>, Double> p = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      for (int j = i + 1; j < names.size(); j++) {
        List<String> pair = List.of(names.get(i), names.get(j));
        PairedTest test =
            PairedTest.of(methods.get(pair.get(0)).values(), methods.get(pair.get(1)).values());
        tests.put(pair, test);
        test.p().ifPresent(value -> p.put(pair, value));
      }
    }
    Map<List<String>, Double> holm = Holm.adjust(p);
    List<Pair> pairs = new ArrayList<>();
    tests.forEach(
        (pair, test) -> {
          Outcome first = methods.get(pair.get(0));
          Outcome second = methods.get(pair.get(1));
          double adjusted = holm.getOrDefault(pair, Double.NaN);
          Verdict verdict =
              holm.containsKey(pair)
                  ? tested(test, adjusted, first, second)
                  : untested(test, first, second, pair.get(1));
          pairs.add(new Pair(pair.get(0), pair.get(1), test, adjusted, verdict));
        });
    return pairs;
  }

  private static Verdict tested(PairedTest test, double p, Outcome outcome, Outcome reference) {
    boolean all = test.pairs() == outcome.seeds() && test.pairs() == reference.seeds();
    String seeds = all ? "" : " (" + test.pairs() + " common seeds)";
    if (p > LEVEL) {
      return new Verdict(Verdict.Kind.NOT_DISTINGUISHABLE, "not distinguishable" + seeds);
    }
    return test.difference().mean() > 0
        ? new Verdict(Verdict.Kind.BETTER, "better" + seeds)
        : new Verdict(Verdict.Kind.WORSE, "worse" + seeds);
  }

  private static Verdict untested(
      PairedTest test, Outcome outcome, Outcome reference, String baseline) {
    if (reference.values().isEmpty()) {
      return Verdict.noTest("no test: no finished run of " + baseline);
    }
    if (test.pairs() == 0) {
      return Verdict.noTest("no test: no seed in common with " + baseline);
    }
    if (test.pairs() == 1) {
      return Verdict.noTest(
          outcome.seeds() == 1
              ? "one seed: no test"
              : "no test: one seed in common with " + baseline);
    }
    return Verdict.noTest("no test: the same difference in every seed");
  }

  private static Verdict collapsed(Outcome outcome) {
    List<String> reasons = outcome.collapses().values().stream().distinct().toList();
    String reason = reasons.get(0) + (reasons.size() > 1 ? " and other reasons" : "");
    int count = outcome.collapses().size();
    return new Verdict(
        Verdict.Kind.COLLAPSED,
        "collapsed: " + reason + " (" + count + " of " + seeds(outcome.seeds()) + ")");
  }

  private static String seeds(int count) {
    return count == 1 ? "1 seed" : count + " seeds";
  }
}
