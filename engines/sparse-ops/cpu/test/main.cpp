#include <cstdio>

#include "test/tests.h"

int main() {
  int productsRight = products();
  int convolutionsRight = convolutions();
  int rulesRight = rules();
  if (productsRight < 0 || convolutionsRight < 0 || rulesRight < 0) {
    return 1;
  }
  std::printf("%d products, %d convolutions and %d steps are right\n", productsRight, convolutionsRight, rulesRight);
  return 0;
}
