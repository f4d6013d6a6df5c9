package io.coppice.cli;

import io.coppice.datasets.files.CheckedFile;
import io.coppice.datasets.files.Damaged;
import io.coppice.datasets.files.DataFolders;
import io.coppice.datasets.files.Published;
import io.coppice.datasets.files.PublishedFile;
import io.coppice.framework.data.DataException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The published data sets on this machine. */
@Command(
    name = "data",
    description =
        "Show, fetch and check the files of the published data sets. They are looked up in the"
            + " folder COPPICE_DATA, then in the cache.")
final class DataCommand extends CommandGroup {

  @Spec private CommandSpec spec;

  @Command(description = "List the published data sets and where their files lie.")
  int list(@Option(names = "--json", description = "Print for a program.") boolean json) {
    DataFolders folders = DataFolders.standard();
    PrintWriter out = out();
    if (json) {
      Json.print(out, Published.ALL.stream().map(file -> fields(file, folders)).toList());
    } else {
      for (String name : names()) {
        out.println(name);
        files(name).forEach(file -> out.println("  " + file.name() + ": " + place(file, folders)));
      }
      out.flush();
    }
    return ExitCode.OK;
  }

  @Command(description = "Show the folders that data are looked up in.")
  int path() {
    DataFolders folders = DataFolders.standard();
    PrintWriter out = out();
    out.println("COPPICE_DATA: " + folders.given().map(Path::toString).orElse("not set"));
    out.println("cache: " + folders.cache());
    out.flush();
    return ExitCode.OK;
  }

  @Command(description = "Download what is absent of a data set into the cache, checked.")
  int fetch(
      @Parameters(paramLabel = "NAME", description = "As 'data list' shows it.") String name) {
    requireName("fetch", name);
    DataFolders folders = DataFolders.standard();
    for (PublishedFile file : files(name)) {
      out().println(folders.require(file));
      out().flush();
    }
    return ExitCode.OK;
  }

  @Command(description = "Compare the files that are there with their published checksums.")
  int check(
      @Parameters(arity = "0..1", paramLabel = "NAME", description = "All unless given.")
          String name) {
    if (name != null) {
      requireName("check", name);
    }
    DataFolders folders = DataFolders.standard();
    int damaged = 0;
    for (PublishedFile file : name == null ? Published.ALL : files(name)) {
      Path path = folders.find(file).orElse(null);
      if (path == null) {
        continue;
      }
      String fault = fault(path, file);
      damaged += fault == null ? 0 : 1;
      out().println(fault == null ? path + ": as published" : fault);
      out().flush();
    }
    return damaged == 0 ? ExitCode.OK : ExitCode.DATA;
  }

  /** Why this is not the published file, or null. */
  private static String fault(Path path, PublishedFile published) {
    try (CheckedFile file = new CheckedFile(path, published.checksum())) {
      file.verify();
      return null;
    } catch (DataException e) {
      return e.getMessage();
    } catch (IOException e) {
      return Damaged.unreadable(path, e).getMessage();
    }
  }

  private void requireName(String command, String name) {
    if (!names().contains(name)) {
      throw UsageErrors.unknown(spec.subcommands().get(command), "data set", name, names());
    }
  }

  private static Set<String> names() {
    return Published.ALL.stream()
        .map(PublishedFile::folder)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static List<PublishedFile> files(String name) {
    return Published.ALL.stream().filter(file -> file.folder().equals(name)).toList();
  }

  private static String place(PublishedFile file, DataFolders folders) {
    return folders
        .find(file)
        .map(Path::toString)
        .orElseGet(() -> "not here, a download of %.2f MB".formatted(file.bytes() / 1e6));
  }

  private static Map<String, Object> fields(PublishedFile file, DataFolders folders) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("data", file.folder());
    fields.put("file", file.name());
    fields.put("path", folders.find(file).map(Path::toString).orElse(null));
    fields.put("source", file.source().toString());
    fields.put("bytes", file.bytes());
    fields.put("checksum", file.checksum().toString());
    return fields;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
