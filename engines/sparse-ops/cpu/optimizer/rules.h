// One step of an update rule over count numbers in one pass; the gradients are 0 afterwards.
// Where the mask (null for none) is 0, parameter and memories become 0.
#ifndef COPPICE_RULES_H
#define COPPICE_RULES_H

namespace coppice {

/** The arrays of a step, each [count]; what a rule does not have is null. */
struct Arrays {
  float* parameters;
  float* gradients;
  float* velocities;
  float* squares;
  const float* mask;
  long count;
};

/**
 * v = momentum v + g + decay w, w -= rate v; with Nesterov w -= rate (g + decay w + momentum v). Without a momentum
 * there are no velocities.
 */
struct Sgd {
  float rate;
  float momentum;
  bool nesterov;
  float decay;
};

/**
 * m = beta1 m + meanGain g, s = beta2 s + squareGain g², w -= meanScale m / (rootScale sqrt(s) + epsilon), where the
 * velocities are m; the gains are 1 - beta, which a float of beta near 1 does not give closely enough. decay is added to the gradient as decay w; keep is what w is multiplied with beforehand.
 */
struct Adam {
  float beta1;
  float beta2;
  float meanGain;
  float squareGain;
  float epsilon;
  float meanScale;
  float rootScale;
  float decay;
  float keep;
};

}  // namespace coppice

#endif
