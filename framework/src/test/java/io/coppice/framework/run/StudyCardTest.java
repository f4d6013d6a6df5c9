package io.coppice.framework.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import io.coppice.framework.data.DataSource;
import io.coppice.framework.data.Parts;
import io.coppice.framework.data.Signature;
import io.coppice.framework.display.Pages;
import io.coppice.framework.method.Dense;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.training.LearningRates;
import io.coppice.framework.training.Toy;
import io.coppice.framework.training.TrainingRecipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class StudyCardTest {

  /** Knows its size and must not be read. */
  record Known(int examples) implements DataSource {
    @Override
    public String name() {
      return "<b>known</b>";
    }

    @Override
    public OptionalInt trainingExamples() {
      return OptionalInt.of(examples);
    }

    @Override
    public Parts load() {
      throw new AssertionError("a card loads nothing");
    }
  }

  private static Study study(DataSource data, Time length) {
    return new Study(
        "A & B",
        data,
        new Toy.NormalisedMlp(16, 0.2),
        new TrainingRecipe(
            new Sgd(0.1, 0.9, false, 0), new LearningRates.Cosine(0), 64, length, 0, 0),
        List.of(new Dense(), new Toy.Erosion("erosion", 0.1).named("worn <i>")),
        List.of(1L, 2L, 3L));
  }

  @Test
  void tellsThePlanAndItsCost() {
    assertEquals(
"""
A & B

Data      <b>known</b>, 50,000 examples for training
Model     normalised mlp
Training  40 epochs of 781 steps, batches of 64; sgd: learning rate 0.1, momentum 0.9; learning rate
          cosine
Cost      2 methods × 3 seeds: 6 runs, 240 epochs, 187,440 steps

method    what it is
──────────────────────────────────────────
dense     dense
worn <i>  erosion: name erosion, share 0.1\
""",
        study(new Known(50_000), Time.epochs(40)).toString());
  }

  @Test
  void whatOnlyLoadingCanTellIsLeftOut() {
    String epochs = study(new Toy.Rings(100), Time.epochs(2.5)).toText(80);
    assertTrue(epochs.contains("rings\n") && epochs.contains("6 runs, 18 epochs\n"), epochs);
    String steps = study(new Toy.Rings(100), Time.steps(500)).toText(80);
    assertTrue(steps.contains("6 runs, 3,000 steps\n"), steps);
    String tooFew = study(new Known(10), Time.epochs(2)).toText(80);
    assertTrue(tooFew.contains("6 runs, 12 epochs\n"), tooFew);
  }

  @Test
  void isACardOnAPage() throws Exception {
    String html = study(new Known(50_000), Time.epochs(40)).toHtml();
    Document page = Pages.parsed(html);
    assertEquals(4, page.getElementsByTagName("dt").getLength());
    assertEquals(3, page.getElementsByTagName("tr").getLength());
    assertEquals(0, page.getElementsByTagName("b").getLength());
    assertEquals(0, page.getElementsByTagName("i").getLength());
    assertTrue(page.getDocumentElement().getTextContent().contains("187,440 steps"));
    assertTrue(Pages.needsNothing(html));
  }

  @Test
  void fitsNarrowTerminals() {
    String text = study(new Known(50_000), Time.epochs(40)).toText(40);
    assertTrue(text.lines().allMatch(line -> line.length() <= 40), text);
  }

  @Test
  void saysWhatIsStored(@TempDir Path root) {
    RunStore store = new RunStore(root);
    Study small = ToyStudy.small();
    assertTrue(small.card(store).toText(80).contains("Stored    none of 2 runs\n"));
    new Study(
            "half",
            small.data(),
            small.model(),
            small.training(),
            small.methods().subList(0, 1),
            small.seeds())
        .run(store, new Progress() {});
    String half = small.card(store).toText(80);
    assertTrue(
        half.lines()
            .anyMatch(l -> l.matches("Stored    1 of 2 runs; the others take about \\d+ s")),
        half);
    small.run(store, new Progress() {});
    String all = small.card(store).toText(80);
    assertTrue(all.contains("Stored    2 of 2 runs; nothing is left to train\n"), all);
  }

  /** As large as it says, and of noise. */
  record Told(int examples) implements DataSource {
    @Override
    public String name() {
      return "told";
    }

    @Override
    public OptionalInt trainingExamples() {
      return OptionalInt.of(examples);
    }

    @Override
    public Optional<Signature> signature() {
      return Optional.of(new Signature(new Shape(40), 10));
    }

    @Override
    public Parts load() {
      throw new AssertionError("a card loads nothing");
    }
  }

  @Test
  void estimatesTheTimeOfWhatWasNeverRun(@TempDir Path root) {
    RunStore store = new RunStore(root);
    String text = study(new Told(50_000), Time.epochs(40)).card(store).toText(200);
    String stored = text.lines().filter(l -> l.startsWith("Stored")).findFirst().orElseThrow();
    assertTrue(
        stored.matches(
            "Stored    none of 6 runs; all take about (\\d+ h )?(\\d+ min ?)?(\\d+ s)? ?at the pace"
                + " of the dense network"),
        stored);
    assertFalse(stored.contains("about 0 s"), "187,440 steps take longer: " + stored);
    String unfit = study(new Told(50), Time.epochs(1)).card(store).toText(200);
    assertTrue(unfit.contains("Stored    none of 6 runs\n"), unfit);
    assertFalse(Files.exists(root.resolve("runs")), "nothing is stored");
  }
}
