package io.coppice.notebooks.kernel;

import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.messages.Header;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a kernel says it is.
 *
 * @param version Coppice's
 */
record KernelInfo(String version) {

  /** Java, as front ends colour it and name its files. */
  static LanguageInfo language() {
    return new LanguageInfo.Builder("java")
        .version(Runtime.version().toString())
        .mimetype("text/x-java-source")
        .fileExtension(".jsh")
        .pygments("java")
        .codemirror("text/x-java")
        .build();
  }

  String banner() {
    return "Coppice " + version + " (Java " + Runtime.version() + ")";
  }

  /** The content of the reply to {@code kernel_info_request}. */
  Map<String, Object> reply() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("status", "ok");
    content.put("protocol_version", Header.PROTOCOL_VERISON);
    content.put("implementation", "coppice");
    content.put("implementation_version", version);
    content.put("language_info", language());
    content.put("banner", banner());
    content.put("help_links", List.of());
    return content;
  }
}
