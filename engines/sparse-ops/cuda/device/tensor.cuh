// Tensor cores and asynchronous copies, as instructions of compute capability 8.0. Under g++ the emulation gives the same
// names.
#ifndef COPPICE_EMULATION

/** Copies 16 bytes to shared memory, of which the first `bytes` are read and the others 0. */
COPPICE_INLINE void copyLater(void* shared, const void* from, int bytes) {
  unsigned to = static_cast<unsigned>(__cvta_generic_to_shared(shared));
  asm volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;" ::"r"(to), "l"(from), "r"(bytes) : "memory");
}

/** Ends a group of copies. */
COPPICE_INLINE void endCopies() { asm volatile("cp.async.commit_group;" ::: "memory"); }

/** Waits until at most `Left` groups of this thread's copies are under way. */
template <int Left>
COPPICE_INLINE void waitForCopies() {
  asm volatile("cp.async.wait_group %0;" ::"n"(Left) : "memory");
}

/** Loads four 8 × 8 matrices of 16-bit numbers; lanes 8 i to 8 i + 7 point to the rows of matrix i. */
COPPICE_INLINE void loadMatrices(unsigned (&matrices)[4], const void* row) {
  unsigned from = static_cast<unsigned>(__cvta_generic_to_shared(row));
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
               : "=r"(matrices[0]), "=r"(matrices[1]), "=r"(matrices[2]), "=r"(matrices[3])
               : "r"(from)
               : "memory");
}

/** sums [16, 8] += a [16, 16] b [16, 8] in bf16. */
COPPICE_INLINE void multiply(float (&sums)[4], const unsigned (&a)[4], unsigned b0, unsigned b1) {
  asm volatile(
      "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, "
      "%3};"
      : "+f"(sums[0]), "+f"(sums[1]), "+f"(sums[2]), "+f"(sums[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));
}

/**
 * sums [16, 8] += a [16, 32] b [32, 8] in bf16, where a keeps 2 of every 4 columns: its fragments are those of the kept
 * numbers [16, 16]. Lanes 0 and 1 of every four tell which: lane i in its lower half for columns 16 i to 16 i + 15 of
 * the first row, in its upper half of the row 8 below, 2 bits a number.
 */
COPPICE_INLINE void multiplySparse(float (&sums)[4], const unsigned (&a)[4], const unsigned (&b)[4], unsigned kept) {
#if __CUDACC_VER_MAJOR__ > 12 || (__CUDACC_VER_MAJOR__ == 12 && __CUDACC_VER_MINOR__ >= 5)
#define COPPICE_SPARSE "mma.sp::ordered_metadata"
#else
#define COPPICE_SPARSE "mma.sp"
#endif
  asm volatile(COPPICE_SPARSE
               ".sync.aligned.m16n8k32.row.col.f32.bf16.bf16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9, %10, "
               "%11}, {%0, %1, %2, %3}, %12, 0x0;"
               : "+f"(sums[0]), "+f"(sums[1]), "+f"(sums[2]), "+f"(sums[3])
               : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]), "r"(b[2]), "r"(b[3]), "r"(kept));
}

#endif
