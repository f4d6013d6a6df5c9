package io.coppice.cli.jupyter;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What tells Jupyter how to start the kernel.
 *
 * @param program the words that start Coppice
 * @param environment what the kernel's process needs besides Jupyter's own environment
 */
public record KernelSpec(List<String> program, Map<String, String> environment) {
  /** The name that notebooks call the kernel by. */
  public static final String NAME = "coppice";

  private static final String DESCRIPTION = "kernel.json";
  private static final String SCRIPT = "kernel.js";

  /** The launcher in {@code home}, with the Java that is running now where a user chose it. */
  public static KernelSpec of(Path home, Map<String, String> environment) {
    Map<String, String> kept = new LinkedHashMap<>();
    Optional.ofNullable(environment.get("JAVA_HOME"))
        .ifPresent(java -> kept.put("JAVA_HOME", java));
    return new KernelSpec(List.of(home.resolve("coppice").toString()), kept);
  }

  /** The text of {@code kernel.json}. */
  public String json() throws IOException {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of("kernel", "start", "{connection_file}"));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("argv", command);
    fields.put("display_name", "Coppice (Java)");
    fields.put("language", "java");
    fields.put("interrupt_mode", "message");
    fields.put("env", environment);
    return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(fields)
        + "\n";
  }

  /** Writes the kernel into a folder of Jupyter's data; the folder of the kernel. */
  public Path install(Path data) throws IOException {
    Path folder = Files.createDirectories(folder(data));
    Files.writeString(folder.resolve(DESCRIPTION), json());
    try (InputStream script = KernelSpec.class.getResourceAsStream(SCRIPT)) {
      Files.copy(script, folder.resolve(SCRIPT), StandardCopyOption.REPLACE_EXISTING);
    }
    return folder;
  }

  /** Removes the kernel from a folder of Jupyter's data; whether it was there. */
  public static boolean uninstall(Path data) throws IOException {
    boolean there = Files.deleteIfExists(folder(data).resolve(DESCRIPTION));
    Files.deleteIfExists(folder(data).resolve(SCRIPT));
    Files.deleteIfExists(folder(data));
    return there;
  }

  private static Path folder(Path data) {
    return data.resolve("kernels").resolve(NAME);
  }
}
