package io.coppice.framework.film;

import io.coppice.framework.method.GateWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Keeps the moments between which gates opened or closed, and of very many every second, every
 * fourth and so on; the first and the last are always among them.
 */
final class GateRecorder implements GateWatch {
  private static final int MOST = 240;

  private final List<GateMoment> kept = new ArrayList<>();
  private GateMoment latest;
  private long steps;
  private long every = 1;

  @Override
  public void step(Supplier<Map<String, Long>> open) {
    GateMoment now = new GateMoment(steps++, open.get());
    boolean stands = latest != null && latest.open().equals(now.open());
    GateMoment before = latest;
    latest = now;
    if (stands) {
      return;
    }
    if (before != null && before.step() - last() > every) {
      kept.add(before);
    }
    if (kept.isEmpty() || now.step() - last() >= every) {
      kept.add(now);
    }
    if (kept.size() > MOST) {
      every *= 2;
      List<GateMoment> fewer =
          IntStream.range(0, kept.size()).filter(i -> i % 2 == 0).mapToObj(kept::get).toList();
      kept.clear();
      kept.addAll(fewer);
    }
  }

  private long last() {
    return kept.isEmpty() ? -1 : kept.get(kept.size() - 1).step();
  }

  List<GateMoment> moments() {
    List<GateMoment> moments = new ArrayList<>(kept);
    if (latest != null && latest.step() > last()) {
      moments.add(latest);
    }
    return moments;
  }
}
