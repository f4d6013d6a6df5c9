#include "abi/coppice_sparse.h"

#include <omp.h>

#include "abi/arguments.h"
#include "abi/status.h"
#include "conv2d/convolution.h"
#include "isa/kernels.h"
#include "optimizer/rules.h"
#include "product/product.h"

#define EXPORTED extern "C" __attribute__((visibility("default")))

using coppice::statusOf;

namespace {

struct Handle {
  const coppice::Kernels& kernels;
  coppice::Shape shape;
  coppice::Product product;
};

struct ConvolutionHandle {
  const coppice::Kernels& kernels;
  coppice::Shape shape;
  coppice::Convolution convolution;
};

template <class Type>
Type& handleAt(void* address) {
  coppice::requirePresent("handle", address);
  return *static_cast<Type*>(address);
}

}  // namespace

EXPORTED int32_t coppice_has_isa(int32_t isa) {
  return coppice::kernelsOf(static_cast<coppice::Isa>(isa)) != nullptr;
}

EXPORTED int32_t coppice_threads(void) { return omp_get_max_threads(); }

EXPORTED void coppice_set_threads(int32_t threads) { omp_set_num_threads(threads < 1 ? 1 : threads); }

EXPORTED const char* coppice_problem(void) { return coppice::lastSentence(); }

EXPORTED int32_t coppice_product_create(int32_t isa, int32_t rows, int32_t columns, int32_t height, int32_t width,
                                        const int32_t* starts, const int32_t* block_columns, void** product) {
  return statusOf([&] {
    const coppice::Kernels& kernels = coppice::requireKernels(isa);
    const coppice::Shape shape{rows, columns, height, width};
    shape.require();
    shape.requireIndex(starts, block_columns);
    coppice::requirePresent("product", product);
    *product = new Handle{kernels, shape, coppice::Product(rows, columns, height, width, starts, block_columns)};
  });
}

EXPORTED int32_t coppice_product_move(void* product, const int32_t* starts, const int32_t* block_columns) {
  return statusOf([&] {
    Handle& handle = handleAt<Handle>(product);
    handle.shape.requireIndex(starts, block_columns);
    handle.product.move(starts, block_columns);
  });
}

EXPORTED void coppice_product_destroy(void* product) { delete static_cast<Handle*>(product); }

EXPORTED int32_t coppice_product_forward(void* product, const float* values, const float* x, int32_t batch,
                                         const float* bias, int32_t relu, float* y) {
  return statusOf([&] {
    Handle& handle = handleAt<Handle>(product);
    const coppice::Forward call{values, x, batch, bias, relu != 0, y};
    coppice::requireCall(call, handle.product.byRow().entries());
    handle.kernels.forward(handle.product, call);
  });
}

EXPORTED int32_t coppice_product_backward(void* product, const float* values, const float* x, const float* y,
                                          const float* dy, int32_t batch, float* dx, float* dvalues, float* dbias,
                                          int32_t add) {
  return statusOf([&] {
    Handle& handle = handleAt<Handle>(product);
    const coppice::Backward call{values, x, y, dy, batch, dx, dvalues, dbias, add != 0};
    coppice::requireCall(call, handle.product.byRow().entries());
    handle.kernels.backward(handle.product, call);
  });
}

EXPORTED int32_t coppice_convolution_create(int32_t isa, int32_t rows, int32_t channels, int32_t image_height,
                                            int32_t image_width, int32_t kernel_height, int32_t kernel_width,
                                            int32_t stride, int32_t padding, int32_t groups, int32_t height,
                                            int32_t width, const int32_t* starts, const int32_t* block_columns,
                                            void** convolution) {
  return statusOf([&] {
    const coppice::Kernels& kernels = coppice::requireKernels(isa);
    const coppice::Geometry geometry{channels,     image_height, image_width, kernel_height,
                                     kernel_width, stride,       padding,     groups};
    const coppice::Shape shape = coppice::requireConvolution(geometry, rows, height, width);
    shape.requireIndex(starts, block_columns);
    coppice::requirePresent("convolution", convolution);
    *convolution = new ConvolutionHandle{
        kernels, shape, coppice::Convolution(geometry, rows, height, width, starts, block_columns)};
  });
}

EXPORTED int32_t coppice_convolution_move(void* convolution, const int32_t* starts, const int32_t* block_columns) {
  return statusOf([&] {
    ConvolutionHandle& handle = handleAt<ConvolutionHandle>(convolution);
    handle.shape.requireIndex(starts, block_columns);
    handle.convolution.move(starts, block_columns);
  });
}

EXPORTED void coppice_convolution_destroy(void* convolution) { delete static_cast<ConvolutionHandle*>(convolution); }

EXPORTED int32_t coppice_convolution_forward(void* convolution, const float* values, const float* x, int32_t batch,
                                             const float* bias, int32_t relu, float* y) {
  return statusOf([&] {
    ConvolutionHandle& handle = handleAt<ConvolutionHandle>(convolution);
    const coppice::Forward call{values, x, batch, bias, relu != 0, y};
    coppice::requireCall(call, handle.convolution.values());
    handle.kernels.convolve(handle.convolution, call);
  });
}

EXPORTED int32_t coppice_convolution_backward(void* convolution, const float* values, const float* x, const float* y,
                                              const float* dy, int32_t batch, float* dx, float* dvalues,
                                              float* dbias) {
  return statusOf([&] {
    ConvolutionHandle& handle = handleAt<ConvolutionHandle>(convolution);
    const coppice::Backward call{values, x, y, dy, batch, dx, dvalues, dbias, false};
    coppice::requireCall(call, handle.convolution.values());
    handle.kernels.convolveBackward(handle.convolution, call);
  });
}

EXPORTED int32_t coppice_sgd(int32_t isa, float* parameters, float* gradients, float* velocities, const float* mask,
                             int64_t count, float rate, float momentum, int32_t nesterov, float decay) {
  return statusOf([&] {
    const coppice::Arrays arrays{parameters, gradients, velocities, nullptr, mask, count};
    coppice::requireArrays(arrays);
    coppice::requireKernels(isa).sgd({rate, momentum, nesterov != 0, decay}, arrays);
  });
}

EXPORTED int32_t coppice_adam(int32_t isa, float* parameters, float* gradients, float* means, float* squares,
                              const float* mask, int64_t count, double beta1, double beta2, float epsilon,
                              float mean_scale, float root_scale, float decay, float keep) {
  return statusOf([&] {
    const coppice::Arrays arrays{parameters, gradients, means, squares, mask, count};
    coppice::requireArrays(arrays);
    if (count > 0) {
      coppice::requirePresent("means", means);
      coppice::requirePresent("squares", squares);
    }
    coppice::requireKernels(isa).adam(
        {static_cast<float>(beta1), static_cast<float>(beta2), static_cast<float>(1 - beta1),
         static_cast<float>(1 - beta2), epsilon, mean_scale, root_scale, decay, keep},
        arrays);
  });
}
