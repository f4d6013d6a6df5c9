package io.coppice.cli.bench;

import static io.coppice.framework.ops.Precision.BFLOAT16;
import static io.coppice.framework.ops.Precision.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.coppice.framework.execution.EngineProducts;
import io.coppice.framework.execution.Pass;
import io.coppice.framework.execution.PassTimer;
import io.coppice.framework.ops.JavaOps;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Precision;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.optimize.EngineSupport;
import io.coppice.framework.recipe.RecipeException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** In which numbers what is timed, on tiny layers of the host and with passes that run once. */
class OpsPrecisionTest {
  private static final List<Layout> LAYOUTS =
      List.of(new Layout.Blocks(16, 16), new Layout.NOfM(2, 4));
  private static final LinearCase ROUNDED = new LinearCase(32, 16, 3, 0.9, 1, LAYOUTS, BFLOAT16);
  private static final LinearCase WHOLE = new LinearCase(32, 16, 3, 0.9, 1, LAYOUTS);

  private static final PassTimer ONCE =
      passes -> {
        passes.forEach(Pass::run);
        return passes.stream().mapToDouble(pass -> 1).toArray();
      };

  @BeforeAll
  static void startEngine() {
    EngineSupport.find().start();
  }

  /** Plain Java's products as a home of both precisions, which tells those that were asked for. */
  private record Home(Precision precision, List<Precision> asked) implements SparseOps {
    @Override
    public String name() {
      return "home";
    }

    @Override
    public SparseOps in(Precision other) {
      return new Home(other, asked);
    }

    @Override
    public Product product(Topology topology) {
      asked.add(precision);
      return new JavaOps().product(topology);
    }
  }

  /**
   * The engine's products, which tell the types of the tensors that they multiplied; DJL's name for
   * bfloat16 is UNKNOWN.
   */
  private static EngineProducts telling(Set<DataType> types) {
    EngineProducts engine = EngineProducts.find().orElseThrow();
    return (EngineProducts)
        Proxy.newProxyInstance(
            EngineProducts.class.getClassLoader(),
            new Class<?>[] {EngineProducts.class},
            (proxy, method, arguments) -> {
              if (method.getReturnType() == Pass.class) {
                Stream.of(arguments)
                    .filter(NDArray.class::isInstance)
                    .map(array -> ((NDArray) array).getDataType())
                    .forEach(types::add);
              }
              return method.invoke(engine, arguments);
            });
  }

  private record Trial(List<OpsRow> rows, List<Precision> sparse, Set<DataType> dense) {
    static Trial of(LinearCase what, PassTimer timer) {
      List<Precision> sparse = new ArrayList<>();
      Set<DataType> dense = new HashSet<>();
      Home home = new Home(FLOAT32, sparse);
      return new Trial(
          new LinearTrial(home, Optional.of(telling(dense)), timer).rows(what), sparse, dense);
    }
  }

  @Test
  void bothSidesMultiplyInTheCasesNumbers() {
    Trial rounded = Trial.of(ROUNDED, ONCE);
    assertEquals(List.of(BFLOAT16, BFLOAT16), rounded.sparse());
    assertEquals(Set.of(DataType.UNKNOWN), rounded.dense());
    Trial whole = Trial.of(WHOLE, ONCE);
    assertEquals(List.of(FLOAT32, FLOAT32), whole.sparse());
    assertEquals(Set.of(DataType.FLOAT32), whole.dense());
  }

  @Test
  void rowsTellTheirPrecision() {
    String what = "32x16 in bfloat16";
    assertEquals(
        List.of(
            new OpsRow(
                "forward", "block 16x16", 32, 16, 3, 0.9, 1, 1, 1, 1, null, "bfloat16", what),
            new OpsRow("forward", "2:4", 32, 16, 3, 0.9, 1, 1, 1, 1, null, "bfloat16", what)),
        Trial.of(ROUNDED, ONCE).rows().subList(0, 2));
    OpsRow whole = Trial.of(WHOLE, ONCE).rows().get(0);
    assertEquals("float32 32x16", whole.precision() + " " + whole.subject());
  }

  @Test
  void theEnginesSparseProductsAreTimedInFloat32Alone() {
    List<Integer> passes = new ArrayList<>();
    PassTimer counting =
        ways -> {
          passes.add(ways.size());
          return ONCE.microseconds(ways);
        };
    Trial.of(ROUNDED, counting);
    Trial.of(WHOLE, counting);
    // forward and backward of each: dense ways, two layouts, then libtorch's own sparse ones
    assertEquals(List.of(3 + 2, 2 + 2, 3 + 2 + 2, 2 + 2), passes);
    assertTrue(WHOLE.meetsTheEnginesOwn(Device.gpu()));
    assertFalse(ROUNDED.meetsTheEnginesOwn(Device.gpu()));
  }

  @Test
  void precisionsAreSeriesOfTheirOwn() {
    List<OpsRow> rows = new ArrayList<>(Trial.of(WHOLE, ONCE).rows());
    rows.addAll(Trial.of(ROUNDED, ONCE).rows());
    assertEquals(rows.size(), OpsSeries.of(rows).size());
  }

  @Test
  void aHostRefusesBfloat16InOneSentenceAndTimesTheRest() {
    List<String> progress = new ArrayList<>();
    OpsPlan plan = new OpsPlan(List.of(ROUNDED, WHOLE, ROUNDED));
    OpsBenchmark.Figures figures =
        new OpsBenchmark(plan, ONCE, ONCE, Device.cpu(), progress::add).run();
    assertEquals(4, figures.rows().size());
    assertTrue(figures.rows().stream().allMatch(row -> row.precision().equals("float32")));
    assertEquals(
        List.of(
            "nothing in bfloat16 is timed: precision of products by "
                + figures.ops()
                + " is bfloat16; allowed: float32; bfloat16 is for networks on a CUDA GPU"),
        progress.stream().filter(line -> line.contains("bfloat16")).toList());
    assertThrows(
        RecipeException.class,
        () -> new LinearTrial(new JavaOps(), Optional.empty(), ONCE).rows(ROUNDED));
  }
}
