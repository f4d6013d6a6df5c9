#ifdef __x86_64__
#include "isa/shared.h"
#pragma GCC target("avx2,fma")
#define COPPICE_ISA avx2
#define COPPICE_LANES 8
#define COPPICE_REGISTERS 16
#include "isa/compiled.h"
#endif
