// The tests of the C interface; each says what is wrong and gives a negative number, or how many cases are right.
#ifndef COPPICE_TESTS_H
#define COPPICE_TESTS_H

int convolutions();
int products();
int refusals();
int rules();

#endif
