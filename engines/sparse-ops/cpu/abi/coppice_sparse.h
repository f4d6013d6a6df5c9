/*
 * The C interface of Coppice's sparse operations on the CPU. Matrices are row-major 32-bit floats.
 * A call that returns int gives 0, or 1 where there was no memory. A product is not for two threads at once.
 */
#ifndef COPPICE_SPARSE_H
#define COPPICE_SPARSE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Instruction sets: 0 scalar, 1 AVX2 with FMA, 2 AVX-512. */
int32_t coppice_has_isa(int32_t isa);

/* The threads that this thread's calls use; see omp_set_num_threads. */
int32_t coppice_threads(void);
void coppice_set_threads(int32_t threads);

/*
 * A product with W [rows, columns] in blocks [height, width]; NULL where there is no memory.
 * starts [rows of blocks + 1], block_columns [entries], ascending in each row of blocks.
 */
void *coppice_product_create(int32_t isa, int32_t rows, int32_t columns, int32_t height, int32_t width,
                             const int32_t *starts, const int32_t *block_columns);

/* Takes other entries of the same W in place; a product for which there was no memory can only be destroyed. */
int32_t coppice_product_move(void *product, const int32_t *starts, const int32_t *block_columns);
void coppice_product_destroy(void *product);

/* y = act(x W^T + bias): values [entries, width, height], x [batch, columns], bias [rows] or NULL, y [batch, rows]. */
int32_t coppice_product_forward(void *product, const float *values, const float *x, int32_t batch, const float *bias,
                                int32_t relu, float *y);

/*
 * The gradients of forward; what is NULL is left out. y is NULL where there was no ReLU. With add, dvalues and dbias are
 * added to what is there.
 */
int32_t coppice_product_backward(void *product, const float *values, const float *x, const float *y, const float *dy,
                                 int32_t batch, float *dx, float *dvalues, float *dbias, int32_t add);

/*
 * A convolution of images [channels, image_height, image_width] with W [rows, channels / groups * kernel_height *
 * kernel_width] in blocks [height, width], the padding on all four sides; NULL where there is no memory.
 * starts and block_columns are a product's.
 */
void *coppice_convolution_create(int32_t isa, int32_t rows, int32_t channels, int32_t image_height, int32_t image_width,
                                 int32_t kernel_height, int32_t kernel_width, int32_t stride, int32_t padding,
                                 int32_t groups, int32_t height, int32_t width, const int32_t *starts,
                                 const int32_t *block_columns);

/* Takes other entries, as coppice_product_move does. */
int32_t coppice_convolution_move(void *convolution, const int32_t *starts, const int32_t *block_columns);
void coppice_convolution_destroy(void *convolution);

/* A product's calls, with x [batch, channels, height, width] and y [batch, rows, height, width]. */
int32_t coppice_convolution_forward(void *convolution, const float *values, const float *x, int32_t batch,
                                    const float *bias, int32_t relu, float *y);
int32_t coppice_convolution_backward(void *convolution, const float *values, const float *x, const float *y,
                                     const float *dy, int32_t batch, float *dx, float *dvalues, float *dbias);

/*
 * One step of stochastic gradient descent or of Adam over count numbers, see optimizer/rules.h; the gradients are 0
 * afterwards. velocities is NULL without a momentum, mask where there is none.
 */
void coppice_sgd(int32_t isa, float *parameters, float *gradients, float *velocities, const float *mask, int64_t count,
                 float rate, float momentum, int32_t nesterov, float decay);
void coppice_adam(int32_t isa, float *parameters, float *gradients, float *means, float *squares, const float *mask,
                  int64_t count, double beta1, double beta2, float epsilon, float mean_scale, float root_scale,
                  float decay, float keep);

#ifdef __cplusplus
}
#endif

#endif
