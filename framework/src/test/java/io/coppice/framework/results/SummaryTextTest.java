package io.coppice.framework.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.run.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

class SummaryTextTest {

  private static RunResult run(String method, long seed, double... figures) {
    String[] names = {"accuracy", "nonzero", "compression", "flops_ratio", "seconds"};
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (int i = 0; i < figures.length; i++) {
      metrics.put(names[i], figures[i]);
    }
    return new RunResult(method, seed, "hash", Optional.empty(), metrics, List.of());
  }

  @Test
  void alignsFiguresAndLetsACollapseTakeTheirPlace() {
    List<RunResult> runs = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      double s = seed - 2;
      runs.add(run("dense", seed, 0.98 + 0.001 * s, 266_200, 1, 1, 41));
      runs.add(run("rigl", seed, 0.9 + 0.0012 * s, 13_310, 20, 12.5, 141));
      runs.add(Studies.collapsed("literal", seed, "fc1 is dead"));
    }
    assertEquals(
        """
        Study

        method       accuracy  95 % interval  weights  smaller  FLOPs    time  verdict
        ───────  ────────────  ─────────────  ───────  ───────  ─────  ──────  ────────
        dense    98.00 ± 0.10  97.75 – 98.25   266.2K     1.0×   ÷1.0  41.0 s  baseline
        rigl     90.00 ± 0.12  89.70 – 90.30    13.3K    20.0×  ÷12.5   141 s  worse
        literal  collapsed: fc1 is dead (3 of 3 seeds)

        Accuracy in %, mean ± sd over seeds 1, 2, 3. Verdict: paired t-test against dense,
        Holm-corrected, level 5 %.\
        """,
        Studies.results("Study", runs).toText(83));
  }

  @Test
  void partCollapsedKeepsItsFiguresAndSaysSo() {
    String text =
        Studies.results(
                "Study",
                List.of(
                    run("dense", 1, 0.98),
                    run("dense", 2, 0.98),
                    run("l0", 1, 0.9),
                    Studies.collapsed("l0", 2, "the loss is infinite")))
            .toText(80);
    assertTrue(
        text.contains(
            """
            dense   98.00 ± 0.00  98.00 – 98.00  baseline
            l0      90.00
                    collapsed: the loss is infinite (1 of 2 seeds)
            """),
        text);
  }

  @Test
  void oneSeedHasNoSpreadAndNoInterval() {
    String text =
        Studies.results("Study", List.of(run("dense", 4, 0.98, 5), run("set", 4, 1, 7))).toText(80);
    assertEquals(
        """
        Study

        method  accuracy  weights  verdict
        ──────  ────────  ───────  ─────────────────
        dense      98.00        5  baseline
        set       100.00        7  one seed: no test

        Accuracy in %, seed 4.\
        """,
        text);
  }

  @Test
  void narrowTerminalsLoseTheLesserColumns() {
    String wide = Studies.mnist().toText(120);
    assertTrue(wide.contains("FLOPs") && wide.contains("magnitude global keep 0.16  98.20"), wide);
    String narrow = Studies.mnist().toText(80);
    assertTrue(narrow.contains("95 % interval") && narrow.contains("not distinguishable"), narrow);
    assertFalse(narrow.contains("FLOPs"), narrow);
    assertFalse(wide.contains("●"), wide);
    String widest = Studies.mnist().toText(160);
    assertTrue(widest.contains("├─●─┤") && widest.contains("FLOPs"), widest);
    assertEquals("Empty\n\nNo runs yet.", Studies.results("Empty", List.of()).toString());
  }

  @Property(tries = 200)
  void everyLineFitsAndNoNumberIsNotOne(
      @ForAll @Size(min = 1, max = 5) @UniqueElements
          List<
                  @NotBlank @CharRange(from = 'a', to = 'z') @CharRange(from = ' ', to = ' ')
                  @StringLength(max = 40) String>
              names,
      @ForAll @IntRange(min = 20, max = 140) int width,
      @ForAll @IntRange(min = 1, max = 3) int seeds,
      @ForAll boolean missing) {
    List<RunResult> runs = new ArrayList<>();
    for (String name : names) {
      for (long seed = 1; seed <= seeds; seed++) {
        double odd = missing ? Double.NaN : 1e9;
        runs.add(run(name, seed, 0.5 + 0.01 * seed, odd, Double.POSITIVE_INFINITY, odd, 1e-3));
      }
    }
    String text = Studies.results("A study of a fairly long name", runs).toText(width);
    int room = Math.max(width, 32);
    text.lines().forEach(line -> assertTrue(line.length() <= room, () -> width + ": " + line));
    assertFalse(text.contains("NaN") || text.contains("∞"), text);
  }
}
