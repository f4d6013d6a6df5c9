// What the kernels use and is compiled once, for every processor.
#ifndef COPPICE_SHARED_H
#define COPPICE_SHARED_H

#include <omp.h>
#ifdef __x86_64__
#include <immintrin.h>
#endif

#include <cstdint>
#include <type_traits>
#include <utility>

#include "conv2d/convolution.h"
#include "isa/kernels.h"
#include "optimizer/rules.h"
#include "product/product.h"

#endif
