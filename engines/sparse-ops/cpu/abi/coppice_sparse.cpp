#include "abi/coppice_sparse.h"

#include <omp.h>

#include <new>

#include "conv2d/convolution.h"
#include "isa/kernels.h"
#include "optimizer/rules.h"
#include "product/product.h"

#define EXPORTED extern "C" __attribute__((visibility("default")))

namespace {

struct Handle {
  const coppice::Kernels* kernels;
  coppice::Product product;
};

struct ConvolutionHandle {
  const coppice::Kernels* kernels;
  coppice::Convolution convolution;
};

template <class Call>
int32_t withinMemory(Call call) {
  try {
    call();
    return 0;
  } catch (const std::bad_alloc&) {
    return 1;
  }
}

}  // namespace

EXPORTED int32_t coppice_has_isa(int32_t isa) {
  return coppice::kernelsOf(static_cast<coppice::Isa>(isa)) != nullptr;
}

EXPORTED int32_t coppice_threads(void) { return omp_get_max_threads(); }

EXPORTED void coppice_set_threads(int32_t threads) { omp_set_num_threads(threads); }

EXPORTED void* coppice_product_create(int32_t isa, int32_t rows, int32_t columns, int32_t height, int32_t width,
                                      const int32_t* starts, const int32_t* block_columns) {
  void* product = nullptr;
  withinMemory([&] {
    product = new Handle{coppice::kernelsOf(static_cast<coppice::Isa>(isa)),
                         coppice::Product(rows, columns, height, width, starts, block_columns)};
  });
  return product;
}

EXPORTED int32_t coppice_product_move(void* product, const int32_t* starts, const int32_t* block_columns) {
  return withinMemory([&] { static_cast<Handle*>(product)->product.move(starts, block_columns); });
}

EXPORTED void coppice_product_destroy(void* product) { delete static_cast<Handle*>(product); }

EXPORTED int32_t coppice_product_forward(void* product, const float* values, const float* x, int32_t batch,
                                         const float* bias, int32_t relu, float* y) {
  Handle* handle = static_cast<Handle*>(product);
  return withinMemory(
      [&] { handle->kernels->forward(handle->product, {values, x, batch, bias, relu != 0, y}); });
}

EXPORTED int32_t coppice_product_backward(void* product, const float* values, const float* x, const float* y,
                                          const float* dy, int32_t batch, float* dx, float* dvalues, float* dbias,
                                          int32_t add) {
  Handle* handle = static_cast<Handle*>(product);
  return withinMemory([&] {
    handle->kernels->backward(handle->product, {values, x, y, dy, batch, dx, dvalues, dbias, add != 0});
  });
}

EXPORTED void* coppice_convolution_create(int32_t isa, int32_t rows, int32_t channels, int32_t image_height,
                                          int32_t image_width, int32_t kernel_height, int32_t kernel_width,
                                          int32_t stride, int32_t padding, int32_t groups, int32_t height,
                                          int32_t width, const int32_t* starts, const int32_t* block_columns) {
  void* convolution = nullptr;
  withinMemory([&] {
    const coppice::Geometry geometry{channels,     image_height, image_width, kernel_height,
                                     kernel_width, stride,       padding,     groups};
    convolution = new ConvolutionHandle{coppice::kernelsOf(static_cast<coppice::Isa>(isa)),
                                        coppice::Convolution(geometry, rows, height, width, starts, block_columns)};
  });
  return convolution;
}

EXPORTED int32_t coppice_convolution_move(void* convolution, const int32_t* starts, const int32_t* block_columns) {
  return withinMemory([&] { static_cast<ConvolutionHandle*>(convolution)->convolution.move(starts, block_columns); });
}

EXPORTED void coppice_convolution_destroy(void* convolution) { delete static_cast<ConvolutionHandle*>(convolution); }

EXPORTED int32_t coppice_convolution_forward(void* convolution, const float* values, const float* x, int32_t batch,
                                             const float* bias, int32_t relu, float* y) {
  ConvolutionHandle* handle = static_cast<ConvolutionHandle*>(convolution);
  return withinMemory(
      [&] { handle->kernels->convolve(handle->convolution, {values, x, batch, bias, relu != 0, y}); });
}

EXPORTED int32_t coppice_convolution_backward(void* convolution, const float* values, const float* x, const float* y,
                                              const float* dy, int32_t batch, float* dx, float* dvalues,
                                              float* dbias) {
  ConvolutionHandle* handle = static_cast<ConvolutionHandle*>(convolution);
  return withinMemory([&] {
    handle->kernels->convolveBackward(handle->convolution, {values, x, y, dy, batch, dx, dvalues, dbias, false});
  });
}

EXPORTED void coppice_sgd(int32_t isa, float* parameters, float* gradients, float* velocities, const float* mask,
                          int64_t count, float rate, float momentum, int32_t nesterov, float decay) {
  coppice::kernelsOf(static_cast<coppice::Isa>(isa))
      ->sgd({rate, momentum, nesterov != 0, decay}, {parameters, gradients, velocities, nullptr, mask, count});
}

EXPORTED void coppice_adam(int32_t isa, float* parameters, float* gradients, float* means, float* squares,
                           const float* mask, int64_t count, double beta1, double beta2, float epsilon, float mean_scale,
                           float root_scale, float decay, float keep) {
  coppice::kernelsOf(static_cast<coppice::Isa>(isa))
      ->adam({static_cast<float>(beta1), static_cast<float>(beta2), static_cast<float>(1 - beta1),
              static_cast<float>(1 - beta2), epsilon, mean_scale, root_scale, decay, keep},
             {parameters, gradients, means, squares, mask, count});
}
