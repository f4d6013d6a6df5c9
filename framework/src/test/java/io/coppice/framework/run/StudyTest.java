package io.coppice.framework.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.coppice.framework.data.DataSource;
import io.coppice.framework.data.Parts;
import io.coppice.framework.data.TensorExamples;
import io.coppice.framework.measure.Row;
import io.coppice.framework.method.Dense;
import io.coppice.framework.method.Epoch;
import io.coppice.framework.method.Method;
import io.coppice.framework.method.RunContext;
import io.coppice.framework.method.Sparsifier;
import io.coppice.framework.network.EffectiveWeights;
import io.coppice.framework.network.Layer;
import io.coppice.framework.network.Network;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Sha256;
import io.coppice.framework.training.EpochRow;
import io.coppice.framework.training.Evaluation;
import io.coppice.framework.training.Plan;
import io.coppice.framework.training.Toy;
import io.coppice.framework.training.TrainingInterruptedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyTest {
  @TempDir Path root;

  /** Data that say when they are read. */
  record Watched(int examples) implements DataSource {
    static final List<String> READ = new ArrayList<>();

    @Override
    public String name() {
      return "watched";
    }

    @Override
    public Parts load() {
      READ.add("train");
      Parts parts = new Toy.Rings(examples).load();
      return new Parts(
          parts.classes(),
          parts.train(),
          parts.validation(),
          () -> {
            READ.add("test");
            return parts.test().get();
          });
    }
  }

  record Unfitting() implements Method {
    @Override
    public String name() {
      return "unfitting";
    }

    @Override
    public Sparsifier bind(Network network, RunContext context) {
      throw RecipeException.of("layer", "conv1", "fc1, fc2");
    }
  }

  record Dying(int epoch) implements Method {
    @Override
    public String name() {
      return "dying";
    }

    @Override
    public Sparsifier bind(Network network, RunContext context) {
      return new Sparsifier() {
        private boolean dead;

        @Override
        public void afterEpoch(Epoch finished) {
          dead = finished.index() + 1 == epoch;
        }

        @Override
        public Optional<String> collapse() {
          return dead ? Optional.of("fc1 has no open gate") : Optional.empty();
        }
      };
    }
  }

  record Severed() implements Method {
    @Override
    public String name() {
      return "severed";
    }

    @Override
    public Sparsifier bind(Network network, RunContext context) {
      return new Sparsifier() {
        @Override
        public NDArray finished(Layer layer, NDArray weight) {
          return layer.name().equals("fc1") ? weight.zerosLike() : weight;
        }
      };
    }
  }

  record Unsettled() implements Method {
    @Override
    public String name() {
      return "unsettled";
    }

    @Override
    public Sparsifier bind(Network network, RunContext context) {
      return new Sparsifier() {
        @Override
        public boolean settled() {
          return false;
        }
      };
    }
  }

  @Test
  void allMethodsOfOneSeedComeBeforeTheNextSeed() {
    Study study =
        ToyStudy.of(100, 1, List.of(5L, 6L), new Dense(), new Toy.Erosion("erosion", 0.1));
    assertEquals(
        List.of("dense 5", "erosion 5", "dense 6", "erosion 6"),
        study.plans().stream().map(plan -> plan.method().name() + " " + plan.seed()).toList());
  }

  @Test
  void refusesTwoMethodsOfOneNameAndTwoRunsOfOneSeed() {
    assertRefused(
        "methods is twice 'dense'; allowed: each name once",
        () -> ToyStudy.of(100, 1, List.of(1L), new Dense(), new Dense()));
    assertRefused(
        "seeds is twice 3; allowed: each seed once",
        () -> ToyStudy.of(100, 1, List.of(3L, 3L), new Dense()));
    assertRefused("methods is []; allowed: at least one", () -> ToyStudy.of(100, 1, List.of(3L)));
  }

  @Test
  void aMethodThatDoesNotFitIsRefusedBeforeAnythingTrains() {
    Study study = ToyStudy.of(100, 1, List.of(1L), new Dense(), new Unfitting());
    Recorder recorder = new Recorder();
    assertRefused(
        "unfitting: layer is conv1; allowed: fc1, fc2",
        () -> study.run(new RunStore(root), recorder));
    assertEquals(List.of(), recorder.lines);
  }

  private static void assertRefused(String sentence, Runnable attempt) {
    assertEquals(sentence, assertThrows(RecipeException.class, attempt::run).getMessage());
  }

  @Test
  void aStudyRunsOnceAndIsThenFound() throws Exception {
    Study study = ToyStudy.small();
    RunStore store = new RunStore(root);
    Recorder first = new Recorder();
    List<RunResult> results = study.run(store, first);
    assertEquals(
        List.of(
            "started dense 1: 0 of 2, epoch 0 of 3",
            "epoch dense 1: 1",
            "epoch dense 1: 2",
            "epoch dense 1: 3",
            "finished dense 1",
            "started erosion 1: 1 of 2, epoch 0 of 3",
            "epoch erosion 1: 1",
            "epoch erosion 1: 2",
            "epoch erosion 1: 3",
            "finished erosion 1"),
        first.lines);
    Recorder second = new Recorder();
    assertEquals(results, study.run(store, second));
    assertEquals(List.of("finished dense 1, stored", "finished erosion 1, stored"), second.lines);
    assertEquals(List.of(), second.warnings);
    for (Plan plan : study.plans()) {
      Path folder = store.folder(plan);
      assertEquals(
          List.of(
              "environment.json",
              "epochs.csv",
              "lock",
              "model.safetensors",
              "plan.json",
              "result.json"),
          ToyStudy.files(folder));
      assertEquals(
          folder.getFileName().toString(),
          Sha256.hex(Files.readAllBytes(folder.resolve("plan.json"))).substring(0, 16));
      assertEquals(4, Files.readAllLines(folder.resolve("epochs.csv")).size());
    }
  }

  @Test
  void secondsAreThoseOfAllEpochs() {
    RunResult result = ToyStudy.small().run(new RunStore(root), new Recorder()).get(0);
    assertEquals(
        result.epochs().stream().mapToDouble(EpochRow::seconds).sum(),
        result.metrics().get("seconds"));
    assertTrue(result.epochs().stream().allMatch(row -> row.seconds() > 0));
  }

  @Test
  void studiesShareTheRunsTheyHaveInCommon() {
    Study study = ToyStudy.small();
    RunStore store = new RunStore(root);
    study.run(store, new Recorder());
    Recorder recorder = new Recorder();
    new Study(
            "another",
            study.data(),
            study.model(),
            study.training(),
            List.of(new Toy.Erosion("erosion", 0.2), new Dense()),
            List.of(1L))
        .run(store, recorder);
    assertEquals("finished dense 1, stored", recorder.lines.get(recorder.lines.size() - 1));
    assertEquals(6, recorder.lines.size());
  }

  @Test
  void dataAreReadOnceTheTestPartAfterTrainingAndNothingWhenAllIsStored() {
    Study toy = ToyStudy.small();
    Study study =
        new Study("w", new Watched(100), toy.model(), toy.training(), toy.methods(), toy.seeds());
    RunStore store = new RunStore(root);
    Watched.READ.clear();
    List<String> readWhileTraining = new ArrayList<>();
    study.run(
        store,
        new Progress() {
          @Override
          public void epoch(Plan plan, EpochRow row, int epochs) {
            if (plan.method() instanceof Dense) {
              readWhileTraining.addAll(Watched.READ);
            }
          }
        });
    assertEquals(List.of("train", "train", "train"), readWhileTraining);
    assertEquals(List.of("train", "test"), Watched.READ);
    Watched.READ.clear();
    study.run(store, new Recorder());
    assertEquals(List.of(), Watched.READ);
  }

  @Test
  void metricsAreStoredInTheirOrderAndToTheBit() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("z", 0.1 + 0.2);
    metrics.put("a", Double.NaN);
    metrics.put("m", Double.NEGATIVE_INFINITY);
    metrics.put("b", Double.MIN_VALUE);
    Study study = ToyStudy.small();
    RunStore store = new RunStore(root);
    Map<String, String> words = Map.of("execution", "fc1 CSR, fc2 blocks 4×1");
    study.run(store, new Recorder(), trained -> new Row(metrics, words));
    RunResult stored = study.run(store, new Recorder()).get(0);
    assertEquals(words, stored.words());
    Map<String, Double> read = stored.metrics();
    assertEquals(List.copyOf(metrics.keySet()), List.copyOf(read.keySet()));
    assertEquals(metrics, read);
  }

  @Test
  void theStoredNetworkIsTheOneThatWasTested() throws Exception {
    Study study = ToyStudy.of(300, 6, List.of(1L), new Toy.Erosion("erosion", 0.2));
    RunStore store = new RunStore(root);
    Plan plan = study.plans().get(0);
    assertTrue(store.network(plan, new Recorder()).isEmpty());
    Map<String, Double> metrics = study.run(store, new Recorder()).get(0).metrics();
    try (NDManager manager = NDManager.newBaseManager();
        Network network = store.network(plan, new Recorder()).orElseThrow()) {
      TensorExamples test = new TensorExamples(plan.data().load().test().get(), 2, 0, manager);
      Evaluation evaluation = Evaluation.of(network, EffectiveWeights.IDENTITY, test);
      assertEquals(metrics.get("accuracy"), evaluation.accuracy());
      assertEquals(metrics.get("loss"), evaluation.loss());
      long nonzero =
          network.layers().stream().mapToLong(l -> l.weight().neq(0).sum().getLong()).sum();
      assertEquals(metrics.get("nonzero"), nonzero);
      assertTrue(nonzero < 2 * 16 + 16 * 2);
    }
  }

  @Test
  void aCollapseIsStoredWithItsReason() {
    Study study = ToyStudy.of(100, 3, List.of(1L), new Dying(2), new Unsettled(), new Dense());
    RunStore store = new RunStore(root);
    List<RunResult> results = study.run(store, new Recorder());
    assertEquals(Optional.of("fc1 has no open gate"), results.get(0).collapse());
    assertEquals(1, results.get(0).epochs().size());
    assertEquals(Map.of(), results.get(0).metrics());
    assertEquals(Optional.of("never reached its promised size"), results.get(1).collapse());
    assertEquals(3, results.get(1).epochs().size());
    assertEquals(Optional.empty(), results.get(2).collapse());
    assertEquals(results, study.run(store, new Recorder()));
    assertTrue(store.network(study.plans().get(0), new Recorder()).isEmpty());
  }

  @Test
  void aNetworkWithoutALivePathIsNoResult() {
    Study study = ToyStudy.of(100, 1, List.of(1L), new Severed());
    RunResult result = study.run(new RunStore(root), new Recorder()).get(0);
    assertEquals(Optional.of("nothing of the input arrives at the outputs"), result.collapse());
    assertEquals(Map.of(), result.metrics());
  }

  @Test
  void anInterruptedStudyGoesOnWhereItStopped() throws Exception {
    Study study = ToyStudy.of(200, 4, List.of(1L), new Dense(), new Toy.Erosion("erosion", 0.1));
    RunStore whole = new RunStore(root.resolve("whole"));
    RunStore stopped = new RunStore(root.resolve("stopped"));
    List<RunResult> expected = study.run(whole, new Recorder());
    for (int epoch = 1; epoch <= 4; epoch++) {
      int last = epoch;
      Recorder interrupting =
          new Recorder() {
            @Override
            public void epoch(Plan plan, EpochRow row, int epochs) {
              if (row.epoch() == last) {
                Thread.currentThread().interrupt();
              }
            }
          };
      if (epoch < 4) {
        TrainingInterruptedException stop =
            assertThrows(
                TrainingInterruptedException.class, () -> study.run(stopped, interrupting));
        assertTrue(Thread.interrupted());
        assertTrue(stop.getMessage().endsWith("running it again resumes there"));
        assertTrue(Files.exists(stopped.folder(study.plans().get(0)).resolve("checkpoint")));
        assertEquals(List.of(), interrupting.warnings);
      }
    }
    Recorder recorder = new Recorder();
    List<RunResult> results = study.run(stopped, recorder);
    assertEquals("started dense 1: 0 of 2, epoch 3 of 4", recorder.lines.get(0));
    assertEquals(ToyStudy.withoutSeconds(expected), ToyStudy.withoutSeconds(results));
    for (Plan plan : study.plans()) {
      assertArrayEquals(ToyStudy.model(whole, plan), ToyStudy.model(stopped, plan));
    }
    String sessions =
        Files.readString(stopped.folder(study.plans().get(0)).resolve("environment.json"));
    for (int epoch = 0; epoch <= 3; epoch++) {
      assertTrue(sessions.contains("\"resumedAfterEpochs\" : " + epoch), sessions);
    }
  }

  @Test
  void aRunThatAnotherHoldsIsLeftForTheEnd() throws Exception {
    Study study = ToyStudy.small();
    RunStore store = new RunStore(root);
    RunFolder held = store.open(study.plans().get(0), new Recorder());
    assertTrue(held.acquire());
    Path second = store.folder(study.plans().get(1)).resolve("result.json");
    Thread holder =
        new Thread(
            () -> {
              try {
                while (Files.notExists(second)) {
                  Thread.sleep(10);
                }
                held.close();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    holder.start();
    Recorder recorder = new Recorder();
    List<RunResult> results = study.run(store, recorder);
    holder.join();
    assertEquals("started erosion 1: 1 of 2, epoch 0 of 3", recorder.lines.get(0));
    assertEquals("finished dense 1", recorder.lines.get(recorder.lines.size() - 1));
    assertEquals(List.of("dense", "erosion"), results.stream().map(RunResult::method).toList());
  }

  @Test
  void anInterruptEndsTheWaitForAnothersRun() throws Exception {
    Study study = ToyStudy.of(100, 1, List.of(1L), new Dense());
    RunStore store = new RunStore(root);
    try (RunFolder held = store.open(study.plans().get(0), new Recorder())) {
      assertTrue(held.acquire());
      Thread.currentThread().interrupt();
      assertThrows(TrainingInterruptedException.class, () -> study.run(store, new Recorder()));
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void runsLeaveNoArrayInMemory() throws Exception {
    NDManager engine;
    try (NDManager manager = NDManager.newBaseManager()) {
      engine = manager.getParentManager();
    }
    int arrays = engine.getManagedArrays().size();
    String managers = engine.toString();
    Study study =
        ToyStudy.of(
            100, 2, List.of(1L), new Toy.Erosion("erosion", 0.1), new Dying(1), new Unsettled());
    RunStore store = new RunStore(root);
    study.run(store, new Recorder());
    study.run(store, new Recorder());
    store.network(study.plans().get(0), new Recorder()).orElseThrow().close();
    assertThrows(
        RecipeException.class,
        () -> ToyStudy.of(100, 1, List.of(1L), new Unfitting()).run(store, new Recorder()));
    Thread.currentThread().interrupt();
    assertThrows(
        TrainingInterruptedException.class,
        () -> ToyStudy.of(100, 1, List.of(9L), new Dense()).run(store, new Recorder()));
    assertTrue(Thread.interrupted());
    assertEquals(arrays, engine.getManagedArrays().size());
    assertEquals(managers, engine.toString());
  }
}
