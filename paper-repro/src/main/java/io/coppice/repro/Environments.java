package io.coppice.repro;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.coppice.framework.run.RunResult;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code environment.json}: on what a study's runs were trained, each with the runs it trained. */
final class Environments {
  private static final String FILE = "environment.json";
  private static final String RUNS = "runs";
  private static final List<String> OF_ONE_SESSION = List.of("started", "resumedAfterEpochs");
  private static final ObjectMapper JSON = new ObjectMapper();

  private Environments() {}

  /** What the studies' folders tell: each environment with the runs that it trained. */
  static Map<ObjectNode, Set<String>> of(Collection<Path> folders) {
    Map<ObjectNode, Set<String>> all = new LinkedHashMap<>();
    for (Path folder : folders) {
      for (JsonNode entry : array(folder.resolve(FILE))) {
        ObjectNode environment = entry.deepCopy();
        JsonNode trained = environment.remove(RUNS);
        trained.forEach(run -> add(all, environment, run.asText()));
      }
    }
    return all;
  }

  /**
   * Writes what is known of these runs, and nothing of others.
   *
   * @param folder of the study's results
   * @param known of the runs of all studies
   * @param stored a run's folder in the store, which tells of it too, by its hash
   */
  static void update(
      Path folder,
      List<RunResult> runs,
      Map<ObjectNode, Set<String>> known,
      Function<String, Path> stored) {
    Map<ObjectNode, Set<String>> all = new LinkedHashMap<>();
    Set<String> hashes = runs.stream().map(RunResult::run).collect(Collectors.toSet());
    known.forEach(
        (environment, trained) ->
            trained.stream().filter(hashes::contains).forEach(run -> add(all, environment, run)));
    for (String hash : hashes) {
      for (JsonNode session : array(stored.apply(hash).resolve(FILE))) {
        ObjectNode environment = session.deepCopy();
        add(all, environment.remove(OF_ONE_SESSION), hash);
      }
    }
    Saved.write(folder.resolve(FILE), text(all));
  }

  private static void add(Map<ObjectNode, Set<String>> all, ObjectNode environment, String run) {
    all.computeIfAbsent(environment, any -> new TreeSet<>()).add(run);
  }

  /** The distinct lines of machine and software of a study's runs, for a reader. */
  static List<String> read(Path folder) {
    List<String> lines = new ArrayList<>();
    for (JsonNode entry : array(folder.resolve(FILE))) {
      String line =
          "%s, %s of %s cores; %s; DJL %s, %s; Java %s; Coppice %s"
              .formatted(
                  entry.path("cpu").asText(),
                  Optional.of(entry.path("threads").asText()).filter(t -> !t.isEmpty()).orElse("?"),
                  entry.path("cores").asText(),
                  entry.path("os").asText(),
                  entry.path("djl").asText(),
                  entry.path("engine").asText(),
                  entry.path("java").asText(),
                  entry.path("code").asText());
      if (!lines.contains(line)) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static ArrayNode array(Path file) {
    try {
      return Files.exists(file)
          ? (ArrayNode) JSON.readTree(Saved.read(file))
          : JSON.createArrayNode();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(file + " is not a list of environments", e);
    }
  }

  private static String text(Map<ObjectNode, Set<String>> all) {
    ArrayNode array = JSON.createArrayNode();
    all.entrySet().stream()
        .sorted((a, b) -> a.getValue().toString().compareTo(b.getValue().toString()))
        .forEach(
            entry -> {
              ObjectNode node = entry.getKey().deepCopy();
              ArrayNode runs = node.putArray(RUNS);
              entry.getValue().forEach(runs::add);
              array.add(node);
            });
    try {
      return JSON.writer(
                  new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
              .writeValueAsString(array)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
