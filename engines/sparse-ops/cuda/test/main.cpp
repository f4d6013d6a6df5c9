#include <cstdio>
#include <initializer_list>

#include "test/tests.h"

int main() {
  int count = 0;
  for (auto test : {productsOfSmallBlocks, productsOfTallBlocks, productsInBf16, productsOnTensorCores, productsOfTwoOfFour, convolutions,
                    rules, conversions}) {
    int right = test();
    if (right < 0) {
      return 1;
    }
    count += right;
  }
  std::printf("%d cases are right\n", count);
  return 0;
}
