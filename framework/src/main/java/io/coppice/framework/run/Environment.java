package io.coppice.framework.run;

import ai.djl.engine.Engine;
import io.coppice.framework.recipe.Sha256;
import io.coppice.framework.storage.AtomicFile;
import io.coppice.framework.storage.Processor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What a run was trained by and on; a resumed run has one of these per session.
 *
 * @param code this framework's version
 * @param codeSha256 the checksum of its classes, which tells builds of one version apart
 * @param threads the threads the engine was told to use, or empty for its own choice
 * @param resumedAfterEpochs the epochs that earlier sessions had finished
 */
record Environment(
    String started,
    int resumedAfterEpochs,
    String code,
    String codeSha256,
    String java,
    String djl,
    String engine,
    String os,
    String cpu,
    int cores,
    String threads) {

  static Environment now(int resumedAfterEpochs) throws IOException {
    return new Environment(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        resumedAfterEpochs,
        frameworkVersion(),
        checksumOfClasses(),
        System.getProperty("java.runtime.version") + " " + System.getProperty("java.vm.name"),
        Engine.getDjlVersion(),
        Engine.getInstance().getEngineName() + " " + Engine.getInstance().getVersion(),
        String.join(
            " ",
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch")),
        Processor.model(),
        Processor.cores(),
        engineThreads());
  }

  private static String frameworkVersion() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Environment.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    }
    return properties.getProperty("version");
  }

  private static String checksumOfClasses() throws IOException {
    Path code;
    try {
      code = Path.of(Environment.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    if (Files.isRegularFile(code)) {
      return Sha256.hex(AtomicFile.read(code));
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (Stream<Path> files = Files.walk(code)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        all.write(code.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
        all.write(AtomicFile.read(file));
      }
    }
    return Sha256.hex(all.toByteArray());
  }

  private static String engineThreads() {
    return Optional.ofNullable(System.getProperty("ai.djl.pytorch.num_threads"))
        .or(() -> Optional.ofNullable(System.getenv("OMP_NUM_THREADS")))
        .orElse("");
  }
}
