#include <cstdio>

#include "test/tests.h"

int main() {
  int productsRight = products();
  int rulesRight = rules();
  if (productsRight < 0 || rulesRight < 0) {
    return 1;
  }
  std::printf("%d products and %d steps are right\n", productsRight, rulesRight);
  return 0;
}
