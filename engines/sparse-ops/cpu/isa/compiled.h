// Included once per instruction set, after its #pragma GCC target and with COPPICE_ISA, COPPICE_LANES and
// COPPICE_REGISTERS defined. What is not of one instruction set was included before the pragma.
#include "conv2d/convolution_kernels.h"
#include "optimizer/rule_kernels.h"
#include "product/product_kernels.h"

namespace coppice::COPPICE_ISA {

const Kernels kernels = {forward, backward, forward, backward, sgd, adam};

}  // namespace coppice::COPPICE_ISA
