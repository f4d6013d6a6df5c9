#include <cstdio>
#include <cstdlib>

#include "test/tests.h"

int main() {
  // Small products, too, are split over threads.
  setenv("COPPICE_WORK_PER_THREAD", "1", 1);
  int productsRight = products();
  int convolutionsRight = convolutions();
  int rulesRight = rules();
  int refusalsRight = refusals();
  if (productsRight < 0 || convolutionsRight < 0 || rulesRight < 0 || refusalsRight < 0) {
    return 1;
  }
  std::printf("%d products, %d convolutions, %d steps and %d refusals are right\n", productsRight, convolutionsRight,
              rulesRight, refusalsRight);
  return 0;
}
