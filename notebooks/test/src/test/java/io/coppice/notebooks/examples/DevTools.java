package io.coppice.notebooks.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection to a page's DevTools, which also hears what the page asks the network for. */
final class DevTools implements WebSocket.Listener, AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<URI> asked = new CopyOnWriteArrayList<>();
  private final StringBuilder message = new StringBuilder();
  private final WebSocket socket;

  DevTools(URI page) {
    socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(page, this).join();
  }

  /** The result of a method of the protocol. */
  JsonNode call(String method, Map<String, ?> parameters) throws Exception {
    int number = numbers.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(number, answer);
    socket
        .sendText(
            JSON.writeValueAsString(Map.of("id", number, "method", method, "params", parameters)),
            true)
        .join();
    JsonNode told = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (told.has("error")) {
      throw new IOException(method + ": " + told.path("error"));
    }
    return told.path("result");
  }

  List<URI> asked() {
    return List.copyOf(asked);
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    message.append(part);
    if (last) {
      heard(message.toString());
      message.setLength(0);
    }
    from.request(1);
    return null;
  }

  private void heard(String text) {
    JsonNode told;
    try {
      told = JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (told.has("id")) {
      answers.remove(told.path("id").asInt()).complete(told);
    }
    switch (told.path("method").asText()) {
      case "Network.requestWillBeSent" -> ask(told.at("/params/request/url").asText());
      case "Network.webSocketCreated" -> ask(told.at("/params/url").asText());
      default -> {}
    }
  }

  /** What a page carries within itself is not asked for. */
  private void ask(String url) {
    if (!url.startsWith("data:") && !url.startsWith("blob:")) {
      asked.add(URI.create(url));
    }
  }

  @Override
  public void close() {
    socket.abort();
  }
}
