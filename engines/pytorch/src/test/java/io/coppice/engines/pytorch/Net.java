package io.coppice.engines.pytorch;

import ai.djl.ndarray.NDArray;
import io.coppice.framework.autograd.Autograd;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * A small computation from x [3, 4], V [5, 4] and W [4, 5] to a loss, written once for custom and
 * for the engine's operations.
 */
enum Net {
  CHAIN {
    @Override
    NDArray loss(Ops ops, NDArray x, NDArray v, NDArray w) {
      NDArray hidden = ops.product(x, v).tanh();
      return ops.square(ops.product(hidden, w)).mean();
    }
  },
  CUSTOM_INTO_CUSTOM {
    @Override
    NDArray loss(Ops ops, NDArray x, NDArray v, NDArray w) {
      return ops.square(ops.product(ops.square(ops.product(x, v)), w)).mean();
    }
  },
  ONE_OUTPUT_TWO_CONSUMERS {
    @Override
    NDArray loss(Ops ops, NDArray x, NDArray v, NDArray w) {
      NDArray h = ops.product(x, v);
      return ops.square(h).sum().add(h.tanh().sum());
    }
  },
  ONE_OUTPUT_TWO_CUSTOM_CONSUMERS {
    @Override
    NDArray loss(Ops ops, NDArray x, NDArray v, NDArray w) {
      NDArray h = ops.product(x, v);
      return ops.square(h).sum().add(ops.product(h, w).sum());
    }
  },
  ORDINARY_TENSOR_TWO_CUSTOM_CONSUMERS {
    @Override
    NDArray loss(Ops ops, NDArray x, NDArray v, NDArray w) {
      NDArray h = x.mul(x).matMul(v.transpose()).tanh();
      return ops.square(h).sum().add(ops.product(h, w).tanh().sum());
    }
  },
  ORDINARY_TENSOR_CUSTOM_AND_ORDINARY_CONSUMERS {
    @Override
    NDArray loss(Ops ops, NDArray x, NDArray v, NDArray w) {
      NDArray h = x.tanh().matMul(v.transpose()).tanh();
      return h.mul(ops.square(h)).sum().add(h.exp().sum());
    }
  },
  ORDINARY_TENSOR_READ_BEFORE_AND_AFTER {
    @Override
    NDArray loss(Ops ops, NDArray x, NDArray v, NDArray w) {
      NDArray h = x.tanh().matMul(v.transpose()).tanh();
      NDArray before = h.exp();
      NDArray custom = ops.square(before.add(ops.square(h)));
      return custom.mul(before).sum().add(custom.mul(h).sum());
    }
  },
  SHARED_WEIGHT {
    @Override
    NDArray loss(Ops ops, NDArray x, NDArray v, NDArray w) {
      NDArray h = ops.product(ops.product(x, v).tanh(), w);
      return ops.product(h.tanh(), v).sum().add(v.mul(v).sum());
    }
  },
  ONE_ARRAY_TWICE {
    @Override
    NDArray loss(Ops ops, NDArray x, NDArray v, NDArray w) {
      NDArray h = x.tanh();
      return ops.product(h, h).tanh().sum().add(ops.product(v, v).tanh().sum());
    }
  },
  OUTPUT_TWICE_INTO_ONE_OPERATION {
    @Override
    NDArray loss(Ops ops, NDArray x, NDArray v, NDArray w) {
      NDArray h = ops.square(x);
      return ops.product(h, h).tanh().sum();
    }
  },
  UNUSED_OUTPUT {
    @Override
    NDArray loss(Ops ops, NDArray x, NDArray v, NDArray w) {
      ops.square(ops.product(x, v));
      return ops.square(ops.product(x, w.transpose())).sum();
    }
  },
  LOSS_IS_CUSTOM {
    @Override
    NDArray loss(Ops ops, NDArray x, NDArray v, NDArray w) {
      return ops.square(ops.product(x, v).tanh().sum());
    }
  },
  RESIDUAL {
    @Override
    NDArray loss(Ops ops, NDArray x, NDArray v, NDArray w) {
      NDArray stream = x.tanh();
      for (int i = 0; i < 3; i++) {
        stream = stream.add(ops.product(ops.product(stream, v).tanh(), w));
      }
      return stream.mul(stream).mean();
    }
  },
  VIEWS {
    @Override
    NDArray loss(Ops ops, NDArray x, NDArray v, NDArray w) {
      NDArray turned = ops.product(x.transpose().tanh(), x.transpose());
      NDArray flat = ops.square(turned).reshape(2, 8).get("1");
      return flat.mul(flat).sum().add(ops.square(v.transpose()).get(":, 2").sum());
    }
  };

  /** The two operations that a net is made of. */
  interface Ops {
    NDArray product(NDArray x, NDArray w);

    NDArray square(NDArray x);
  }

  abstract NDArray loss(Ops ops, NDArray x, NDArray v, NDArray w);

  static Ops engine() {
    return ops((x, w) -> x.matMul(w.transpose()), x -> x.mul(x));
  }

  static Ops custom(Autograd autograd) {
    return ops(
        (x, w) -> autograd.apply(new DenseProduct(), x, w), x -> autograd.apply(new Square(), x));
  }

  private static Ops ops(BinaryOperator<NDArray> product, UnaryOperator<NDArray> square) {
    return new Ops() {
      @Override
      public NDArray product(NDArray x, NDArray w) {
        return product.apply(x, w);
      }

      @Override
      public NDArray square(NDArray x) {
        return square.apply(x);
      }
    };
  }
}
