package io.coppice.framework.film;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GateRecorderTest {

  private static List<GateMoment> recorded(long... open) {
    GateRecorder recorder = new GateRecorder();
    for (long count : open) {
      recorder.step(() -> Map.of("fc1", count));
    }
    return recorder.moments();
  }

  private static List<Long> steps(List<GateMoment> moments) {
    return moments.stream().map(GateMoment::step).toList();
  }

  @Test
  void keepsTheEndsOfWhatStands() {
    assertEquals(List.of(0L, 3L, 4L, 6L), steps(recorded(9, 9, 9, 9, 5, 5, 5)));
    assertEquals(List.of(0L), steps(recorded(9)));
    assertEquals(List.of(), recorded());
  }

  @Test
  void aLeapKeepsTheMomentBeforeIt() {
    long[] open = LongStream.range(0, 2000).map(i -> i < 1501 ? 100_000 - i : i % 2).toArray();
    List<GateMoment> moments = recorded(open);
    assertTrue(moments.size() <= 240, "" + moments.size());
    List<Long> steps = steps(moments);
    assertTrue(steps.contains(1500L) && steps.contains(1501L), steps::toString);
  }

  @Test
  void thinsALongCourseAndKeepsBothEnds() {
    List<GateMoment> moments = recorded(LongStream.range(0, 10_001).toArray());
    assertTrue(moments.size() > 100 && moments.size() <= 240, "" + moments.size());
    assertEquals(0, moments.get(0).step());
    assertEquals(10_000, moments.get(moments.size() - 1).step());
    for (GateMoment moment : moments) {
      assertEquals(moment.step(), moment.open().get("fc1"));
    }
  }
}
