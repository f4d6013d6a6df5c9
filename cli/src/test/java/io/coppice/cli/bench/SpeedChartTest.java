package io.coppice.cli.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;

class SpeedChartTest {
  private static List<OpsRow> rows() {
    List<OpsRow> rows = new ArrayList<>(OpsRows.forward(32, 64, 0.5, 0.5, 0.7, 2, 0.9, 12));
    rows.addAll(OpsRows.forward(8, 8, 0.9, 3));
    rows.add(new OpsRow("backward", "csr", 32, 64, 64, 0.9, 1, 9, 3, 3, null, "float32", "32x64"));
    rows.add(new OpsRow("backward", "csr", 32, 64, 64, 0.8, 1, 9, 3, 3, null, "float32", "32x64"));
    return rows;
  }

  @Test
  void drawsForwardPassesOverSeveralSparsities() {
    XYChart chart = SpeedChart.chart(rows());
    assertEquals(
        List.of("32x64 csr, from 60 %", "dense"), List.copyOf(chart.getSeriesMap().keySet()));
    assertArrayEquals(
        new double[] {50, 70, 90}, chart.getSeriesMap().get("32x64 csr, from 60 %").getXData());
  }

  @Test
  void isAPicture() throws IOException {
    assertEquals(1000, ImageIO.read(new ByteArrayInputStream(SpeedChart.png(rows()))).getWidth());
  }
}
