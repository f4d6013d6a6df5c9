// What every processor of the family has; its compiler makes vectors of four of it where it can.
#include "isa/shared.h"
#define COPPICE_ISA scalar
#define COPPICE_LANES 4
#define COPPICE_REGISTERS 16
#include "isa/compiled.h"
