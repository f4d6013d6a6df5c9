package io.coppice.framework.film;

import io.coppice.framework.method.GateWatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Keeps the moments between which gates opened or closed. Of very many it tells those between which
 * most happened, the moment before a leap with the one after it; the first and the last are always
 * among them.
 */
final class GateRecorder implements GateWatch {
  private static final int MOST = 240;
  private static final double LEAST_LEAP = 0.0005;

  private final List<GateMoment> changes = new ArrayList<>();
  private GateMoment latest;
  private long steps;

  @Override
  public void step(Supplier<Map<String, Long>> open) {
    GateMoment now = new GateMoment(steps++, open.get());
    if (latest == null || !latest.open().equals(now.open())) {
      addLatest(changes);
      changes.add(now);
    }
    latest = now;
  }

  private void addLatest(List<GateMoment> moments) {
    if (latest != null && moments.get(moments.size() - 1).step() < latest.step()) {
      moments.add(latest);
    }
  }

  List<GateMoment> moments() {
    List<GateMoment> moments = new ArrayList<>(changes);
    addLatest(moments);
    Map<String, Long> most = new LinkedHashMap<>();
    moments.forEach(
        moment -> moment.open().forEach((layer, open) -> most.merge(layer, open, Math::max)));
    List<GateMoment> told = moments;
    for (double leap = LEAST_LEAP; told.size() > MOST; leap *= 1.5) {
      told = leaps(moments, most, leap);
    }
    return told;
  }

  /** The ends, and what differs from the one kept before by more than this share of a layer. */
  private static List<GateMoment> leaps(
      List<GateMoment> moments, Map<String, Long> most, double leap) {
    List<GateMoment> kept = new ArrayList<>();
    int at = 0;
    kept.add(moments.get(0));
    for (int i = 1; i < moments.size(); i++) {
      boolean last = i == moments.size() - 1;
      if (last || distance(moments.get(at), moments.get(i), most) > leap) {
        if (at < i - 1 && distance(moments.get(i - 1), moments.get(i), most) > leap) {
          kept.add(moments.get(i - 1));
        }
        kept.add(moments.get(i));
        at = i;
      }
    }
    return kept;
  }

  private static double distance(GateMoment a, GateMoment b, Map<String, Long> most) {
    double greatest = 0;
    for (Map.Entry<String, Long> layer : most.entrySet()) {
      long difference = a.open().get(layer.getKey()) - b.open().get(layer.getKey());
      greatest = Math.max(greatest, (double) Math.abs(difference) / Math.max(1, layer.getValue()));
    }
    return greatest;
  }
}
