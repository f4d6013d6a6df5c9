// Random numbers, and whether results are what they should be.
#ifndef COPPICE_TEST_NUMBERS_H
#define COPPICE_TEST_NUMBERS_H

#include <cmath>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

inline std::mt19937& randomNumbers() {
  static std::mt19937 numbers(1);
  return numbers;
}

inline std::vector<float> normalNumbers(long count) {
  std::normal_distribution<float> normal;
  std::vector<float> numbers(count);
  for (float& number : numbers) {
    number = normal(randomNumbers());
  }
  return numbers;
}

/** Whether all are near; otherwise says which is not, of what. */
inline bool near(const char* what, const std::string& of, const std::vector<double>& expected,
                 const std::vector<float>& actual) {
  for (std::size_t i = 0; i < expected.size(); i++) {
    if (!(std::abs(expected[i] - actual[i]) <= 1e-4 + 1e-4 * std::abs(expected[i]))) {
      std::printf("%s[%zu] is %g, not %g: %s\n", what, i, actual[i], expected[i], of.c_str());
      return false;
    }
  }
  return true;
}

#endif
