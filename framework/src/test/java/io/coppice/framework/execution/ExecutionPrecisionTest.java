package io.coppice.framework.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.ops.JavaOps;
import io.coppice.framework.ops.Layout.Blocks;
import io.coppice.framework.ops.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutionPrecisionTest {

  private static Execution execution(List<Form> forms) {
    return new Execution(
        new JavaOps(), 8, forms, passes -> new double[passes.size()], Verdicts.none());
  }

  @Test
  void isFloat32AtFirst() {
    assertEquals(Precision.FLOAT32, Execution.auto().precision());
    assertEquals(Form.all(), Execution.auto().forms());
  }

  @Test
  void bringsTheFormsOfTensorCores() {
    Execution rounded = execution(Form.all()).precision(Precision.BFLOAT16).batch(3);
    assertEquals(Precision.BFLOAT16, rounded.precision());
    assertTrue(rounded.forms().contains(new Form.Sparse(new Blocks(32, 32))));
    assertEquals(Form.all(), rounded.precision(Precision.FLOAT32).forms());
  }

  @Test
  void leavesTheUsersFormsAlone() {
    List<Form> own = List.of(new Form.Dense(), new Form.Sparse(new Blocks(8, 8)));
    assertEquals(own, execution(own).precision(Precision.BFLOAT16).forms());
    assertEquals(own, execution(Form.all()).precision(Precision.BFLOAT16).forms(own).forms());
  }
}
