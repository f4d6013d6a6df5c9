package io.coppice.notebooks.kernel;

import io.github.spencerpark.jupyter.kernel.magic.registry.CellMagicFunction;
import io.github.spencerpark.jupyter.kernel.magic.registry.LineMagicFunction;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** A kernel's magics, with their names. */
final class NamedMagics extends Magics {
  private final SortedSet<String> lines = new ConcurrentSkipListSet<>();
  private final SortedSet<String> cells = new ConcurrentSkipListSet<>();

  @Override
  public void registerLineMagic(String name, LineMagicFunction<?> magic) {
    lines.add(name);
    super.registerLineMagic(name, magic);
  }

  @Override
  public void registerCellMagic(String name, CellMagicFunction<?> magic) {
    cells.add(name);
    super.registerCellMagic(name, magic);
  }

  /** What can stand after {@code %}, in the alphabet's order. */
  Collection<String> lines() {
    return Collections.unmodifiableSortedSet(lines);
  }

  /** What can stand after {@code %%}, in the alphabet's order. */
  Collection<String> cells() {
    return Collections.unmodifiableSortedSet(cells);
  }
}
