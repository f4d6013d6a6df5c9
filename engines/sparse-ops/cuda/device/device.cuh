// What the kernels share; the build puts this text before each of theirs. Under g++ the emulation gives the same names.
#ifndef COPPICE_EMULATION

#define COPPICE_KERNEL extern "C" __global__
#define COPPICE_INLINE [[maybe_unused]] static __device__ __forceinline__
#define COPPICE_DYNAMIC_SHARED(Type, name) extern __shared__ __align__(16) Type name[]

#endif

static constexpr unsigned kWholeWarp = 0xffffffffu;

typedef unsigned short Bf16;

COPPICE_INLINE float toFloat(float number) { return number; }

COPPICE_INLINE float toFloat(Bf16 number) { return __uint_as_float(static_cast<unsigned>(number) << 16); }

/** Rounds to the nearest, ties to even; what is no number stays none. */
COPPICE_INLINE Bf16 toBf16(float number) {
  unsigned bits = __float_as_uint(number);
  if ((bits & 0x7fffffffu) > 0x7f800000u) {
    return static_cast<Bf16>(bits >> 16 | 0x40u);
  }
  return static_cast<Bf16>((bits + 0x7fffu + (bits >> 16 & 1u)) >> 16);
}

#ifdef COPPICE_BF16
typedef Bf16 Number;
COPPICE_INLINE Number toNumber(float number) { return toBf16(number); }
#else
typedef float Number;
COPPICE_INLINE Number toNumber(float number) { return number; }
#endif

/** Count numbers that one instruction loads or stores. */
template <class Type, int Count>
struct alignas(sizeof(Type) * Count) Vector {
  Type at[Count];
};

template <class Type, int Count>
COPPICE_INLINE Vector<Type, Count> loadVector(const Type* from) {
  return *reinterpret_cast<const Vector<Type, Count>*>(from);
}

template <class Type, int Count>
COPPICE_INLINE void storeVector(Type* to, const Vector<Type, Count>& vector) {
  *reinterpret_cast<Vector<Type, Count>*>(to) = vector;
}

COPPICE_INLINE bool isAligned(const void* pointer, unsigned bytes) {
  return reinterpret_cast<unsigned long long>(pointer) % bytes == 0;
}

/** The place of a thread in a grid of one dimension. */
COPPICE_INLINE long long place() { return static_cast<long long>(blockIdx.x) * blockDim.x + threadIdx.x; }

COPPICE_INLINE float activated(float sum, int relu) { return relu && sum < 0 ? 0 : sum; }

template <int Half>
COPPICE_INLINE void halve(float* sums, int lane) {
  constexpr int kOther = Half * 2;
  bool upper = (lane & kOther) != 0;
#pragma unroll
  for (int i = 0; i < Half; i++) {
    float kept = upper ? sums[i + Half] : sums[i];
    float sent = upper ? sums[i] : sums[i + Half];
    sums[i] = kept + __shfl_xor_sync(kWholeWarp, sent, kOther);
  }
}

/** Sums 16 numbers over the warp; lane l gets the sum of number l / 2. */
COPPICE_INLINE float sumOverWarp(float* sums, int lane) {
  halve<8>(sums, lane);
  halve<4>(sums, lane);
  halve<2>(sums, lane);
  halve<1>(sums, lane);
  return sums[0] + __shfl_xor_sync(kWholeWarp, sums[0], 1);
}

/** The sum over the 256 threads of a block, in the same order every time, for thread 0. */
COPPICE_INLINE float sumOverBlock(float number) {
  __shared__ float numbers[256];
  __syncthreads();
  numbers[threadIdx.x] = number;
  for (unsigned half = 128; half > 0; half /= 2) {
    __syncthreads();
    if (threadIdx.x < half) {
      numbers[threadIdx.x] += numbers[threadIdx.x + half];
    }
  }
  return threadIdx.x == 0 ? numbers[0] : 0;
}
