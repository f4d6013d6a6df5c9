// What every processor of the family has: vectors of four are SSE's or NEON's registers, and single numbers elsewhere.
#include "isa/shared.h"
#define COPPICE_ISA scalar
#define COPPICE_LANES 4
#ifdef __aarch64__
#define COPPICE_REGISTERS 32
#else
#define COPPICE_REGISTERS 16
#endif
#include "isa/compiled.h"
