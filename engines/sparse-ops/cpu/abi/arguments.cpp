#include "abi/arguments.h"

#include <stdexcept>
#include <string>

namespace coppice {

namespace {

// Sums of two sizes, or of one and a tile's, fit 32 bits.
const long kMost = 1L << 30;
const long kMostNumbers = (1L << 31) - 1;

// The gradient of the inputs has stride² planes per channel.
const long kMostStride = 1 << 12;

std::string sentence(const std::string& name, long value, const std::string& allowed) {
  return name + " is " + std::to_string(value) + "; allowed: " + allowed;
}

void requireAtLeast(const char* name, long value, long least) {
  if (value < least) {
    throw std::invalid_argument(sentence(name, value, "at least " + std::to_string(least)));
  }
}

void requireAtMost(const char* name, long value, long most) {
  if (value > most) {
    throw std::length_error(sentence(name, value, "at most " + std::to_string(most)));
  }
}

long covering(long whole, long part) { return (whole - 1) / part + 1; }

/** A product of sizes, or more than the most where that is passed on the way. */
long product(long a, long b, long c) {
  const __int128 whole = static_cast<__int128>(a) * b * c;
  return whole > kMostNumbers ? kMostNumbers + 1 : static_cast<long>(whole);
}

void requireKernel(const char* name, long kernel, long padded) {
  requireAtLeast(name, kernel, 1);
  if (kernel > padded) {
    throw std::invalid_argument(sentence(name, kernel, "at most the padded size " + std::to_string(padded)));
  }
}

}  // namespace

void Shape::require() const {
  requireAtLeast("rows", rows, 1);
  requireAtLeast("columns", columns, 1);
  requireAtLeast("height", height, 1);
  requireAtLeast("width", width, 1);
  requireAtMost("rows", rows, kMost);
  requireAtMost("columns", columns, kMost);
  requireAtMost("rows, filled up to whole blocks,", covering(rows, height) * height, kMost);
  requireAtMost("columns, filled up to whole blocks,", covering(columns, width) * width, kMost);
}

void Shape::requireIndex(const int32_t* starts, const int32_t* blockColumns) const {
  requirePresent("starts", starts);
  const long outers = covering(rows, height);
  const long inners = covering(columns, width);
  if (starts[0] != 0) {
    throw std::invalid_argument(sentence("starts[0]", starts[0], "0"));
  }
  for (long outer = 0; outer < outers; outer++) {
    if (starts[outer + 1] < starts[outer]) {
      throw std::invalid_argument(sentence("starts[" + std::to_string(outer + 1) + "]", starts[outer + 1],
                                           "at least the one before, " + std::to_string(starts[outer])));
    }
  }
  if (starts[outers] > 0) {
    requirePresent("block_columns", blockColumns);
  }
  for (long outer = 0; outer < outers; outer++) {
    long least = 0;
    for (int32_t entry = starts[outer]; entry < starts[outer + 1]; entry++) {
      if (blockColumns[entry] < least || blockColumns[entry] >= inners) {
        throw std::invalid_argument(
            sentence("block_columns[" + std::to_string(entry) + "]", blockColumns[entry],
                     "ascending, at least " + std::to_string(least) + " and below " + std::to_string(inners)));
      }
      least = blockColumns[entry] + 1L;
    }
  }
  requireAtMost("entries · height · width", product(starts[outers], height, width), kMostNumbers);
}

Shape requireConvolution(const Geometry& g, int rows, int height, int width) {
  requireAtLeast("rows", rows, 1);
  requireAtLeast("channels", g.channels, 1);
  requireAtLeast("image height", g.height, 1);
  requireAtLeast("image width", g.width, 1);
  requireAtLeast("stride", g.stride, 1);
  requireAtLeast("padding", g.padding, 0);
  requireAtLeast("groups", g.groups, 1);
  requireAtMost("stride", g.stride, kMostStride);
  const long paddedHeight = g.height + 2L * g.padding;
  const long paddedWidth = g.width + 2L * g.padding;
  requireAtMost("padded image height", paddedHeight, kMost);
  requireAtMost("padded image width", paddedWidth, kMost);
  requireKernel("kernel height", g.kernelHeight, paddedHeight);
  requireKernel("kernel width", g.kernelWidth, paddedWidth);
  if (g.channels % g.groups != 0 || rows % g.groups != 0) {
    throw std::invalid_argument(sentence("groups", g.groups, "a divisor of channels " + std::to_string(g.channels) +
                                                                 " and of rows " + std::to_string(rows)));
  }
  requireAtMost("numbers of an image", product(g.channels, g.height, g.width), kMostNumbers);
  requireAtMost("numbers of an output", product(rows, g.outputHeight(), g.outputWidth()), kMostNumbers);
  requireAtMost("columns", product(g.channels / g.groups, g.kernelHeight, g.kernelWidth), kMost);
  const Shape shape{rows, g.columns(), height, width};
  shape.require();
  return shape;
}

const Kernels& requireKernels(int isa) {
  const Kernels* kernels = kernelsOf(static_cast<Isa>(isa));
  if (kernels == nullptr) {
    throw std::invalid_argument(sentence("isa", isa, "what coppice_has_isa says is there"));
  }
  return *kernels;
}

void requirePresent(const char* name, const void* pointer) {
  if (pointer == nullptr) {
    throw std::invalid_argument(std::string(name) + " is NULL; allowed: an address");
  }
}

static void requireBatch(int batch) {
  requireAtLeast("batch", batch, 1);
  requireAtMost("batch", batch, kMost);
}

void requireCall(const Forward& call, long values) {
  requireBatch(call.batch);
  if (values > 0) {
    requirePresent("values", call.values);
  }
  requirePresent("x", call.x);
  requirePresent("y", call.y);
}

void requireCall(const Backward& call, long values) {
  requireBatch(call.batch);
  requirePresent("dy", call.dy);
  if (call.dx != nullptr && values > 0) {
    requirePresent("values", call.values);
  }
  if (call.dvalues != nullptr) {
    requirePresent("x", call.x);
  }
}

void requireArrays(const Arrays& arrays) {
  requireAtLeast("count", arrays.count, 0);
  if (arrays.count > 0) {
    requirePresent("parameters", arrays.parameters);
    requirePresent("gradients", arrays.gradients);
  }
}

}  // namespace coppice
