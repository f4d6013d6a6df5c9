package io.coppice.framework.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class SavedResultsTest {
  @TempDir Path folder;

  @Test
  void writesEveryFileWholeAndLeavesNothingElse() throws IOException {
    Path out = folder.resolve("deep/out");
    Path report = Studies.mnist().save(out);
    assertEquals(out.resolve("report.html"), report);
    Studies.mnist().save(out);
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(
          Set.of(
              "summary.csv",
              "runs.csv",
              "epochs.csv",
              "compression-accuracy.png",
              "learning-curves.png",
              "report.html"),
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
    }
    for (String name : List.of("compression-accuracy.png", "learning-curves.png")) {
      BufferedImage image = ImageIO.read(out.resolve(name).toFile());
      assertEquals(1720, image.getWidth());
      assertEquals(880, image.getHeight());
    }
    assertEquals(1 + 10, Files.readAllLines(out.resolve("summary.csv")).size());
    assertEquals(1 + 30, Files.readAllLines(out.resolve("runs.csv")).size());
    assertEquals(1 + 27 * 40 + 3 * 4, Files.readAllLines(out.resolve("epochs.csv")).size());
  }

  @Test
  void summaryCsvKeepsEveryDigitAndLeavesMissingCellsEmpty() {
    String csv = Csv.of(Studies.mnist().summary());
    String[] lines = csv.split("\n");
    assertEquals(
        "method,seeds,accuracy_mean,accuracy_sd,accuracy_ci95,nonzero_mean,compression_mean,"
            + "flops_ratio_mean,seconds_mean,verdict",
        lines[0]);
    String[] dense = lines[1].split(",");
    double mean = Studies.mnist().summary().doubleColumn("accuracy_mean").get(0);
    assertEquals(mean, Double.parseDouble(dense[2]));
    assertEquals("266200", dense[5]);
    assertEquals(
        "switcher literal,3,,,,,,,,collapsed: layer fc1 is dead: all of its 784 gates are 0 (3 of"
            + " 3 seeds)",
        lines[10]);
  }

  @Test
  void csvIsTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    String csv = Csv.of(Studies.mnist().runs());
    String text = Studies.mnist().toText(100);
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals(csv, Csv.of(Studies.mnist().runs()));
      assertEquals(text, Studies.mnist().toText(100));
      Locale.setDefault(Locale.GERMANY);
      assertEquals(csv, Csv.of(Studies.mnist().runs()));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void csvQuotesWhatNeedsIt() {
    DoubleColumn number = DoubleColumn.create("a,b");
    number.append(0.1).append(1e-7).append(-3).appendMissing();
    StringColumn text = StringColumn.create("t", "plain", "a,b", "say \"so\"", "two\nlines");
    assertEquals(
        "\"a,b\",t\n0.1,plain\n1.0E-7,\"a,b\"\n-3,\"say \"\"so\"\"\"\n,\"two\nlines\"\n",
        Csv.of(Table.create(number, text)));
  }

  @Test
  void aFileInTheWayIsNamedAndNothingIsLeft() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    UncheckedIOException refused =
        assertThrows(UncheckedIOException.class, () -> Studies.mnist().save(file));
    assertTrue(refused.getMessage().contains(file.resolve("summary.csv").toString()));
    assertEquals("mine", Files.readString(file));

    Files.createDirectories(folder.resolve("out/summary.csv/full"));
    assertThrows(
        UncheckedIOException.class,
        () -> new SavedFiles(folder.resolve("out")).write("summary.csv", "x"));
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      assertFalse(files.anyMatch(left -> left.getFileName().toString().startsWith(".")));
    }
  }
}
