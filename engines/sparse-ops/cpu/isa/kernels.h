// The kernels as compiled for one instruction set.
#ifndef COPPICE_KERNELS_H
#define COPPICE_KERNELS_H

#include "conv2d/convolution.h"
#include "optimizer/rules.h"
#include "product/product.h"

namespace coppice {

struct Kernels {
  void (*forward)(Product&, const Forward&);
  void (*backward)(Product&, const Backward&);
  void (*convolve)(Convolution&, const Forward&);
  void (*convolveBackward)(Convolution&, const Backward&);
  void (*sgd)(const Sgd&, const Arrays&);
  void (*adam)(const Adam&, const Arrays&);
};

enum class Isa { kScalar = 0, kAvx2 = 1, kAvx512 = 2 };

/** The kernels of an instruction set; null where the compiler or this processor has it not. */
const Kernels* kernelsOf(Isa isa);

namespace scalar {
extern const Kernels kernels;
}
namespace avx2 {
extern const Kernels kernels;
}
namespace avx512 {
extern const Kernels kernels;
}

}  // namespace coppice

#endif
