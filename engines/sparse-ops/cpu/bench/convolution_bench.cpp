// Times of convolutions and their gradients, in microseconds: the least of several runs.
//   convolution_bench [isa] [channels] [size] [batch] [block rows] [kernel] [padding] [stride]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

#include "abi/coppice_sparse.h"

namespace {

template <class Call>
double microseconds(Call call) {
  double least = 1e30;
  const auto begin = std::chrono::steady_clock::now();
  for (int run = 0; run < 300; run++) {
    const auto start = std::chrono::steady_clock::now();
    call();
    const auto end = std::chrono::steady_clock::now();
    least = std::min(least, std::chrono::duration<double, std::micro>(end - start).count());
    if (run > 4 && end - begin > std::chrono::milliseconds(300)) {
      break;
    }
  }
  return least;
}

std::mt19937 random_numbers(1);

std::vector<float> numbers(long count) {
  std::uniform_real_distribution<float> uniform(-1, 1);
  std::vector<float> numbers(count);
  for (float& number : numbers) {
    number = uniform(random_numbers);
  }
  return numbers;
}

}  // namespace

int main(int count, char** arguments) {
  auto argument = [&](int at, int standard) { return count > at ? std::atoi(arguments[at]) : standard; };
  const int isa = argument(1, 2), channels = argument(2, 64), size = argument(3, 32), batch = argument(4, 16);
  const int height = argument(5, 1), kernel = argument(6, 3), padding = argument(7, 1), stride = argument(8, 1);
  const int output = (size + 2 * padding - kernel) / stride + 1;
  std::vector<float> x = numbers(static_cast<long>(batch) * channels * size * size), dx(x.size());
  std::vector<float> dy = numbers(static_cast<long>(batch) * channels * output * output), y(dy.size());
  std::vector<float> bias = numbers(channels), dbias(channels);
  for (double sparsity : {0.8, 0.9, 0.95, 0.98}) {
    std::vector<int32_t> starts{0}, columns;
    std::uniform_real_distribution<double> uniform;
    for (int row = 0; row < channels; row += height) {
      for (int column = 0; column < channels * kernel * kernel; column++) {
        if (uniform(random_numbers) >= sparsity) {
          columns.push_back(column);
        }
      }
      starts.push_back(static_cast<int32_t>(columns.size()));
    }
    std::vector<float> values = numbers(static_cast<long>(columns.size()) * height), dvalues(values.size());
    void* convolution = nullptr;
    coppice_convolution_create(isa, channels, channels, size, size, kernel, kernel, stride, padding, 1, height, 1,
                               starts.data(), columns.data(), &convolution);
    auto backward = [&](float* dx, float* dvalues) {
      return microseconds([&] {
        coppice_convolution_backward(convolution, values.data(), x.data(), nullptr, dy.data(), batch, dx, dvalues,
                                     dbias.data());
      });
    };
    const double forward = microseconds([&] {
      coppice_convolution_forward(convolution, values.data(), x.data(), batch, bias.data(), 1, y.data());
    });
    std::printf("%.2f, %d rows: forward %.0f, dx %.0f, dvalues %.0f, both %.0f\n", sparsity, height, forward,
                backward(dx.data(), nullptr), backward(nullptr, dvalues.data()), backward(dx.data(), dvalues.data()));
    coppice_convolution_destroy(convolution);
  }
}
