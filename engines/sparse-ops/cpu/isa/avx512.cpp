#ifdef __x86_64__
#include "isa/shared.h"
#pragma GCC target("avx512f,avx512vl,avx512dq,avx512bw,fma,prefer-vector-width=512")
#define COPPICE_ISA avx512
#define COPPICE_LANES 16
#define COPPICE_REGISTERS 32
#include "isa/compiled.h"
#endif
