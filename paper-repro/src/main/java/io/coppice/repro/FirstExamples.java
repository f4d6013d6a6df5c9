package io.coppice.repro;

import io.coppice.framework.data.DataSource;
import io.coppice.framework.data.Examples;
import io.coppice.framework.data.Parts;
import java.util.stream.IntStream;

/**
 * The first examples of each part of a data set, for runs that only show that everything works.
 *
 * @param most examples of a part
 */
record FirstExamples(DataSource of, int most) implements DataSource {

  @Override
  public String name() {
    return of.name() + ", first " + most;
  }

  @Override
  public Parts load() {
    Parts all = of.load();
    return new Parts(
        all.classes(), first(all.train()), first(all.validation()), () -> first(all.test().get()));
  }

  private Examples first(Examples part) {
    return part.select(IntStream.range(0, Math.min(most, part.count())).toArray());
  }
}
