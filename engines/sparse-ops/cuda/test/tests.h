// The tests; each says what is wrong and gives a negative number, or how many cases are right.
#ifndef COPPICE_CUDA_TESTS_H
#define COPPICE_CUDA_TESTS_H

int productsOfSmallBlocks();
int productsOfTallBlocks();
int productsInBf16();
int productsOnTensorCores();
int productsOfTwoOfFour();
int convolutions();
int rules();
int conversions();

#endif
