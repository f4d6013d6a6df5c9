// One step of an update rule in one pass; the gradients are 0 afterwards. Where the mask (or null) is 0, parameter and
// memories become 0. Bound by memory bandwidth: 5 numbers moved per parameter with SGD, 7 with Adam.

COPPICE_INLINE float kept(const float* mask, long long at, float number) {
  return mask == nullptr || mask[at] != 0 ? number : 0;
}

/**
 * v = momentum v + g + decay w, w -= rate v; with Nesterov w -= rate (g + decay w + momentum v). Without a momentum
 * velocities is null.
 */
COPPICE_KERNEL void coppice_sgd(float* parameters, float* gradients, float* velocities, const float* mask, int count,
                                float rate, float momentum, int nesterov, float decay) {
  long long at = place();
  if (at >= count) {
    return;
  }
  float w = parameters[at];
  float step = gradients[at] + w * decay;
  if (velocities != nullptr) {
    float velocity = velocities[at] * momentum + step;
    velocities[at] = kept(mask, at, velocity);
    step = nesterov ? step + velocity * momentum : velocity;
  }
  parameters[at] = kept(mask, at, w - step * rate);
  gradients[at] = 0;
}

/**
 * m = beta1 m + (1 - beta1) g, s = beta2 s + (1 - beta2) g², w = keep w - meanScale m / (rootScale sqrt(s) + epsilon),
 * with decay w added to g.
 */
COPPICE_KERNEL void coppice_adam(float* parameters, float* gradients, float* means, float* squares, const float* mask,
                                 int count, float beta1, float beta2, float epsilon, float meanScale, float rootScale,
                                 float decay, float keep) {
  long long at = place();
  if (at >= count) {
    return;
  }
  float w = parameters[at];
  float gradient = gradients[at] + w * decay;
  float mean = means[at] * beta1 + gradient * (1 - beta1);
  float square = squares[at] * beta2 + gradient * gradient * (1 - beta2);
  means[at] = kept(mask, at, mean);
  squares[at] = kept(mask, at, square);
  float scale = sqrtf(square) * rootScale + epsilon;
  parameters[at] = kept(mask, at, w * keep - mean / scale * meanScale);
  gradients[at] = 0;
}
