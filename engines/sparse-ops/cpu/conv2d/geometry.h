// A convolution over images [batch, channels, height, width]; what each number means, ConvolutionShape.java says.
#ifndef COPPICE_GEOMETRY_H
#define COPPICE_GEOMETRY_H

namespace coppice {

struct Geometry {
  int channels, height, width, kernelHeight, kernelWidth, stride, padding, groups;

  int kernel() const { return kernelHeight * kernelWidth; }
  int columns() const { return channels / groups * kernel(); }
  int outputHeight() const { return (height + 2 * padding - kernelHeight) / stride + 1; }
  int outputWidth() const { return (width + 2 * padding - kernelWidth) / stride + 1; }
};

}  // namespace coppice

#endif
