package io.coppice.engines.sparse;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/** Ways to see a batch in memory of another order or size. */
enum BatchView {
  TRANSPOSED {
    @Override
    Shape memory(Shape batch) {
      int last = batch.dimension() - 1;
      return batch.slice(0, last - 1).add(batch.get(last)).add(batch.get(last - 1));
    }

    @Override
    NDArray of(NDArray memory, Shape batch) {
      return memory.swapAxes(batch.dimension() - 2, batch.dimension() - 1);
    }
  },
  EVERY_SECOND_FROM_THE_SECOND_ON {
    @Override
    Shape memory(Shape batch) {
      return new Shape(2 * batch.get(0) + 1).addAll(batch.slice(1));
    }

    @Override
    NDArray of(NDArray memory, Shape batch) {
      return memory.get(new NDIndex("1::2"));
    }
  },
  INNER_COLUMNS {
    @Override
    Shape memory(Shape batch) {
      int last = batch.dimension() - 1;
      return batch.slice(0, last).add(batch.get(last) + 3);
    }

    @Override
    NDArray of(NDArray memory, Shape batch) {
      return memory.get(new NDIndex("..., 2:{}", 2 + batch.get(batch.dimension() - 1)));
    }
  },
  ONE_EXAMPLE_FOR_ALL {
    @Override
    Shape memory(Shape batch) {
      return new Shape(1).addAll(batch.slice(1));
    }

    @Override
    NDArray of(NDArray memory, Shape batch) {
      return memory.broadcast(batch);
    }
  },
  ONE_COLUMN_FOR_ALL {
    @Override
    Shape memory(Shape batch) {
      return batch.slice(0, batch.dimension() - 1).add(1);
    }

    @Override
    NDArray of(NDArray memory, Shape batch) {
      return memory.broadcast(batch);
    }
  };

  /** The shape of the memory in which a batch of that shape is seen. */
  abstract Shape memory(Shape batch);

  /** The batch that is seen. */
  abstract NDArray of(NDArray memory, Shape batch);
}
