// Times of products and their gradients, in microseconds: the least of several runs.
//   bench [isa] [out] [in] [batch] [block rows]; COPPICE_DENSE names a library that exports sgemm_, for the dense product.
#include <dlfcn.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

#include "abi/coppice_sparse.h"

namespace {

using Sgemm = void (*)(const char*, const char*, const int*, const int*, const int*, const float*, const float*,
                       const int*, const float*, const int*, const float*, float*, const int*);

template <class Call>
double microseconds(Call call) {
  double least = 1e30;
  auto begin = std::chrono::steady_clock::now();
  for (int run = 0; run < 300; run++) {
    auto start = std::chrono::steady_clock::now();
    call();
    auto end = std::chrono::steady_clock::now();
    double time = std::chrono::duration<double, std::micro>(end - start).count();
    least = time < least ? time : least;
    if (run > 4 && end - begin > std::chrono::milliseconds(400)) {
      break;
    }
  }
  return least;
}

/** From a cache line's first byte on, as an engine's tensors are. */
template <class T>
struct Aligned {
  using value_type = T;

  T* allocate(std::size_t count) {
    return static_cast<T*>(std::aligned_alloc(64, (count * sizeof(T) + 63) / 64 * 64));
  }
  void deallocate(T* memory, std::size_t) { std::free(memory); }
  bool operator==(const Aligned&) const { return true; }
  bool operator!=(const Aligned&) const { return false; }
};

using Numbers = std::vector<float, Aligned<float>>;

std::mt19937 random_numbers(1);

Numbers numbers(long count) {
  std::uniform_real_distribution<float> uniform(-1, 1);
  Numbers numbers(count);
  for (float& number : numbers) {
    number = uniform(random_numbers);
  }
  return numbers;
}

}  // namespace

int main(int count, char** arguments) {
  int isa = count > 1 ? std::atoi(arguments[1]) : 2;
  int rows = count > 2 ? std::atoi(arguments[2]) : 1024;
  int columns = count > 3 ? std::atoi(arguments[3]) : 1024;
  int batch = count > 4 ? std::atoi(arguments[4]) : 64;
  int only = count > 5 ? std::atoi(arguments[5]) : 0;
  Numbers x = numbers(static_cast<long>(batch) * columns), y(static_cast<long>(batch) * rows),
                     dy = numbers(static_cast<long>(batch) * rows), dx(x.size()), bias = numbers(rows), dbias(rows);
  double denseForward = 0, denseBackward = 0;
  if (const char* path = std::getenv("COPPICE_DENSE")) {
    void* library = dlopen(path, RTLD_NOW);
    if (library == nullptr) {
      std::printf("%s\n", dlerror());
      return 1;
    }
    Sgemm sgemm = reinterpret_cast<Sgemm>(dlsym(library, "sgemm_"));
    Numbers w = numbers(static_cast<long>(rows) * columns), dw(w.size());
    const float one = 1, nothing = 0;
    denseForward = microseconds([&] {
      sgemm("T", "N", &rows, &batch, &columns, &one, w.data(), &columns, x.data(), &columns, &nothing, y.data(), &rows);
    });
    denseBackward = microseconds([&] {
      sgemm("N", "N", &columns, &batch, &rows, &one, w.data(), &columns, dy.data(), &rows, &nothing, dx.data(),
            &columns);
      sgemm("N", "T", &columns, &rows, &batch, &one, x.data(), &columns, dy.data(), &rows, &nothing, dw.data(),
            &columns);
    });
    std::printf("dense %d x %d, batch %d: forward %.0f, backward %.0f\n", rows, columns, batch, denseForward,
                denseBackward);
  }
  for (int height : {1, 4, 8, 16}) {
    if (only != 0 && only != height) {
      continue;
    }
    for (double sparsity : {0.5, 0.8, 0.9, 0.95, 0.98}) {
      std::vector<int32_t> starts{0}, blockColumns;
      std::uniform_real_distribution<double> uniform;
      for (int row = 0; row < rows; row += height) {
        for (int column = 0; column < columns; column++) {
          if (uniform(random_numbers) >= sparsity) {
            blockColumns.push_back(column);
          }
        }
        starts.push_back(static_cast<int32_t>(blockColumns.size()));
      }
      Numbers values = numbers(static_cast<long>(blockColumns.size()) * height), dvalues(values.size());
      auto create = [&] {
        return coppice_product_create(isa, rows, columns, height, 1, starts.data(), blockColumns.data());
      };
      double createTime = microseconds([&] { coppice_product_destroy(create()); });
      void* product = create();
      double moveTime = microseconds([&] { coppice_product_move(product, starts.data(), blockColumns.data()); });
      double turnTime = microseconds([&] {
        coppice_product_move(product, starts.data(), blockColumns.data());
        coppice_product_backward(product, values.data(), x.data(), y.data(), dy.data(), batch, dx.data(), nullptr,
                                 nullptr, 0);
      });
      double forward = microseconds([&] {
        coppice_product_forward(product, values.data(), x.data(), batch, bias.data(), 1, y.data());
      });
      auto backward = [&](float* toX, float* toValues) {
        return microseconds([&] {
          coppice_product_backward(product, values.data(), x.data(), y.data(), dy.data(), batch, toX, toValues,
                                   dbias.data(), 0);
        });
      };
      double dxTime = backward(dx.data(), nullptr), dvaluesTime = backward(nullptr, dvalues.data()),
             both = backward(dx.data(), dvalues.data());
      std::printf("%2d x 1, %2.0f %%: forward %7.0f (%5.1f x), dx %7.0f, dvalues %7.0f, both %7.0f (%5.1f x), index %7.0f, move %7.0f, with transpose %7.0f\n",
                  height, sparsity * 100, forward, denseForward / forward, dxTime, dvaluesTime, both,
                  denseBackward / both, createTime, moveTime, turnTime - dxTime);
      coppice_product_destroy(product);
    }
  }
  return 0;
}
