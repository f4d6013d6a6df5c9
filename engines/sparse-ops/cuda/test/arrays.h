// Numbers of the tests and how they are compared.
#ifndef COPPICE_ARRAYS_H
#define COPPICE_ARRAYS_H

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <limits>
#include <random>
#include <string>
#include <vector>

inline std::mt19937 randomNumbers(1);

/** Numbers of a device's type, told apart by what one of them is as a float. */
inline float asFloat(float number) { return number; }

inline float asFloat(unsigned short number) {
  std::uint32_t bits = static_cast<std::uint32_t>(number) << 16;
  float wide;
  std::memcpy(&wide, &bits, sizeof wide);
  return wide;
}

template <class Number>
Number fromFloat(float number);

template <>
inline float fromFloat<float>(float number) {
  return number;
}

/** Rounded to nearest, ties to even, for numbers that are not near the largest. */
template <>
inline unsigned short fromFloat<unsigned short>(float number) {
  std::uint32_t bits;
  std::memcpy(&bits, &number, sizeof bits);
  std::uint32_t down = bits >> 16;
  std::uint32_t rest = bits & 0xffff;
  return static_cast<unsigned short>(down + (rest > 0x8000 || (rest == 0x8000 && down % 2 == 1)));
}

/** An array whose start is misaligned by `shift` numbers, with guards around it. */
template <class Number>
class Array {
 public:
  explicit Array(long count, int shift = 0) : count_(count), shift_(shift) {
    numbers_.assign(count + shift + 1, fromFloat<Number>(kUnset));
  }

  static Array normal(long count, int shift = 0) {
    Array array(count, shift);
    std::normal_distribution<float> normal;
    for (long i = 0; i < count; i++) {
      array.data()[i] = fromFloat<Number>(normal(randomNumbers));
    }
    return array;
  }

  Number* data() { return numbers_.data() + shift_; }
  long count() const { return count_; }
  double at(long i) const { return asFloat(numbers_[shift_ + i]); }
  bool guardsHold() const { return at(-shift_) == kUnset || shift_ == 0 ? at(count_) == kUnset : false; }

 private:
  // A number that no sum of the tests comes near; bf16 holds it exactly.
  static constexpr float kUnset = -1048576;

  long count_;
  int shift_;
  std::vector<Number> numbers_;
};

/** Sums in double precision with the sum of their terms' magnitudes. */
struct Exact {
  std::vector<double> sums;
  std::vector<double> magnitudes;

  explicit Exact(long count) : sums(count), magnitudes(count) {}

  void add(long at, double term) {
    sums[at] += term;
    magnitudes[at] += std::abs(term);
  }
};

/** Whether the numbers are the sums but for rounding; says the first that is not. */
template <class Number>
bool near(const std::string& what, const Exact& exact, const Array<Number>& actual) {
  double rounding = sizeof(Number) == 2 ? 1.0 / 256 : 0;
  for (long i = 0; i < actual.count(); i++) {
    double allowed = exact.magnitudes[i] / (1 << 20) + std::abs(exact.sums[i]) * rounding;
    if (!(std::abs(actual.at(i) - exact.sums[i]) <= allowed)) {
      std::printf("%s[%ld] is %g, not %g\n", what.c_str(), i, actual.at(i), exact.sums[i]);
      return false;
    }
  }
  if (!actual.guardsHold()) {
    std::printf("%s is written beyond its end\n", what.c_str());
    return false;
  }
  return true;
}

inline int covering(long whole, long part) { return static_cast<int>((whole + part - 1) / part); }

#endif
