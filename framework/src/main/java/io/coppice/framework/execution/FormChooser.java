package io.coppice.framework.execution;

import io.coppice.framework.autograd.Autograd;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.recipe.Require;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Times the forms that fit a layer on its real shape and takes the fastest. */
public final class FormChooser {
  private final SparseOps ops;
  private final DensePasses densePasses;
  private final int threads;
  private final List<Form.Sparse> sparseForms;
  private final PassTimer timer;
  private final Verdicts verdicts;

  /**
   * @param threads that both the engine and the operations use, for the verdicts' keys
   * @param forms dense first, then the sparse ones to try
   * @throws io.coppice.framework.recipe.RecipeException when dense does not come first, or twice
   */
  public FormChooser(
      SparseOps ops,
      DensePasses densePasses,
      int threads,
      List<Form> forms,
      PassTimer timer,
      Verdicts verdicts) {
    this.ops = ops;
    this.densePasses = densePasses;
    this.threads = Require.atLeast("threads", threads, 1);
    this.sparseForms = sparse(forms);
    this.timer = timer;
    this.verdicts = verdicts;
  }

  private static List<Form.Sparse> sparse(List<Form> forms) {
    List<Form.Sparse> sparse = new ArrayList<>();
    for (Form form : forms) {
      if (form instanceof Form.Sparse other) {
        sparse.add(other);
      }
    }
    Require.that(
        forms.indexOf(new Form.Dense()) == 0 && sparse.size() == forms.size() - 1,
        "forms",
        forms,
        "dense first, then sparse ones");
    return sparse;
  }

  /** Chooses for passes of this many examples. */
  public LayerPlan choose(LayerWeights weights, int batch) {
    Require.atLeast("batch", batch, 1);
    List<Candidate> candidates = candidates(weights);
    String key = key(weights, batch, candidates);
    Optional<Map<String, Double>> found =
        verdicts.find(key).filter(times -> candidates.stream().allMatch(c -> c.isIn(times)));
    Map<String, Double> times = found.orElseGet(() -> time(weights, batch, candidates));
    if (found.isEmpty()) {
      verdicts.store(key, times);
    }
    List<LayerPlan.Trial> trials =
        candidates.stream()
            .map(c -> new LayerPlan.Trial(c.form(), times.get(c.name()), c.bytes()))
            .toList();
    return new LayerPlan(
        weights.layer(),
        weights.rows(),
        weights.columns(),
        weights.sparsity(),
        batch,
        trials,
        found.isPresent());
  }

  private List<Candidate> candidates(LayerWeights weights) {
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(new Candidate(new Form.Dense(), Optional.empty(), weights.bytes()));
    for (Form.Sparse form : sparseForms) {
      if (form.fits(weights, ops)) {
        Topology topology = weights.topology(form.layout());
        candidates.add(new Candidate(form, Optional.of(topology), topology.bytes()));
      }
    }
    return candidates;
  }

  /**
   * What a verdict depends on. Of each form also how much it keeps, as a mask of blocks and a
   * scattered one of the same sparsity have different winners.
   */
  private String key(LayerWeights weights, int batch, List<Candidate> candidates) {
    String shape =
        weights
            .convolution()
            .map(convolution -> weights.rows() + " of " + convolution)
            .orElse("[" + weights.rows() + ", " + weights.columns() + "]");
    return String.join(
        "; ",
        (ops.name() + " " + ops.version()).strip(),
        shape,
        "batch " + batch,
        "threads " + threads,
        "sparsity " + percent(weights.sparsity()),
        candidates.stream().map(Candidate::described).collect(Collectors.joining(", ")));
  }

  private static String percent(double fraction) {
    return Math.round(100 * fraction) + " %";
  }

  private Map<String, Double> time(LayerWeights weights, int batch, List<Candidate> candidates) {
    List<Pass> passes = new ArrayList<>();
    try {
      for (Candidate candidate : candidates) {
        Pass pass =
            candidate.topology().isPresent()
                ? sparsePass(weights, candidate.topology().get(), batch)
                : densePasses.ready(weights, batch);
        passes.add(Awaited.on(ops, pass));
      }
      double[] microseconds = timer.microseconds(passes);
      Map<String, Double> times = new LinkedHashMap<>();
      for (int i = 0; i < microseconds.length; i++) {
        times.put(candidates.get(i).name(), microseconds[i]);
      }
      return times;
    } finally {
      passes.forEach(Pass::close);
    }
  }

  /** As a network would run it where the engine has sparse layers, and else the product alone. */
  private Pass sparsePass(LayerWeights weights, Topology topology, int batch) {
    return Autograd.find().appliesOperations() && weights.convolution().isEmpty()
        ? new LayerPass(ops, weights, topology, batch)
        : new SparsePass(ops, weights, topology, batch);
  }

  private record Candidate(Form form, Optional<Topology> topology, long bytes) {
    String name() {
      return form.toString();
    }

    boolean isIn(Map<String, Double> times) {
      Double microseconds = times.get(name());
      return microseconds != null && microseconds > 0;
    }

    String described() {
      return name() + topology.map(t -> " keeping " + percent(t.density())).orElse("");
    }
  }
}
