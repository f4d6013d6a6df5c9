package io.coppice.notebooks.examples;

import io.coppice.notebooks.kernel.CellListener;
import io.coppice.notebooks.kernel.CellResult;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a cell that the kernel runs says and shows; of a display, its last state. */
final class Heard implements CellListener {
  private final Map<String, Map<String, String>> displays = new LinkedHashMap<>();
  private final StringBuilder errors = new StringBuilder();

  @Override
  public synchronized void stream(String name, String text) {
    if (name.equals("stderr")) {
      errors.append(text);
    }
  }

  @Override
  public synchronized void display(DisplayData data) {
    displays.put(data.getDisplayId(), texts(data));
  }

  @Override
  public void update(DisplayData data) {
    display(data);
  }

  synchronized Shown with(CellResult result) {
    return new Shown(
        result.value().map(Heard::texts).orElse(Map.of()),
        List.copyOf(displays.values()),
        errors.toString());
  }

  private static Map<String, String> texts(DisplayData data) {
    Map<String, String> texts = new HashMap<>();
    for (MIMEType type : List.of(MIMEType.TEXT_PLAIN, MIMEType.TEXT_HTML, MIMEType.IMAGE_PNG)) {
      Optional.ofNullable(data.getData(type))
          .ifPresent(value -> texts.put(type.toString(), value.toString()));
    }
    return texts;
  }
}
