package io.coppice.engines.pytorch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OneDnnTest {

  @Test
  void convolutionsAreRightOnceTheEngineHasStarted() {
    new PyTorchSupport().start();
    assertTrue(OneDnn.isSound());
  }
}
