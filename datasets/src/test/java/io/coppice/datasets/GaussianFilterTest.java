package io.coppice.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

/** The expected numbers were computed with SciPy 1.10.1's {@code gaussian_filter1d}. */
class GaussianFilterTest {

  @Test
  void smoothsAsSciPyDoes() {
    double[] values = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2};
    double[] expected = {
      0.37551040674953534,
      0.2970232486501394,
      0.18574742637007646,
      0.09188972715117155,
      0.03676679295024356,
      0.016284891921589113,
      0.024612847263868195,
      0.07202378997024884,
      0.1835787054336252,
      0.3714948527401529,
      0.5940464973002788,
      0.7510208134990707
    };
    assertArrayEquals(expected, new GaussianFilter(2).apply(values), 1e-14);
  }

  @Test
  void aSequenceShorterThanTheKernelIsReflectedAgainAndAgain() {
    double[] expected = {1.776994172636398, 1.9997206577418214, 2.2232851696217812};
    assertArrayEquals(expected, new GaussianFilter(2).apply(new double[] {1, 0, 5}), 1e-14);
  }
}
