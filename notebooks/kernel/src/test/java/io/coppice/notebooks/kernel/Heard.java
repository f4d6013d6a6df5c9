package io.coppice.notebooks.kernel;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What a cell said, in order, and the lines that it is given when it asks. */
final class Heard implements CellListener {
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private final List<DisplayData> shown = Collections.synchronizedList(new ArrayList<>());
  private final Iterator<String> answers;

  Heard(String... answers) {
    this.answers = List.of(answers).iterator();
  }

  /** Streams as {@code stdout:text} with neighbours joined, displays as {@code display:text}. */
  List<String> events() {
    return List.copyOf(events);
  }

  /** A display or an update, from 0. */
  DisplayData shown(int index) {
    return shown.get(index);
  }

  String text(String stream) {
    StringBuilder text = new StringBuilder();
    events.stream()
        .filter(event -> event.startsWith(stream + ":"))
        .forEach(event -> text.append(event.substring(stream.length() + 1)));
    return text.toString();
  }

  @Override
  public void stream(String name, String text) {
    synchronized (events) {
      int last = events.size() - 1;
      if (last >= 0 && events.get(last).startsWith(name + ":")) {
        events.set(last, events.get(last) + text);
      } else {
        events.add(name + ":" + text);
      }
    }
  }

  @Override
  public void display(DisplayData data) {
    shown.add(data);
    events.add("display:" + data.getData(MIMEType.TEXT_PLAIN));
  }

  @Override
  public void update(DisplayData data) {
    shown.add(data);
    events.add("update:" + data.getData(MIMEType.TEXT_PLAIN));
  }

  @Override
  public Optional<String> ask(String prompt, boolean password, BooleanSupplier withdrawn) {
    return answers.hasNext() ? Optional.of(answers.next()) : Optional.empty();
  }
}
