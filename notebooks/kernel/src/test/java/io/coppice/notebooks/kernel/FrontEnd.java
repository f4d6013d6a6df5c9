package io.coppice.notebooks.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.coppice.notebooks.wire.KernelConnection;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.messages.HMACGenerator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** A kernel behind its sockets, and what Jupyter has on the other side. */
final class FrontEnd implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final String DELIMITER = "<IDS|MSG>";

  private final List<String> log = new CopyOnWriteArrayList<>();
  private final CoppiceKernel kernel = new CoppiceKernel(Settings.plain("test"));
  private final ZMQ.Context context = ZMQ.context(1);
  private final KernelConnection connection;
  private final HMACGenerator signatures;
  private final ZMQ.Socket shell = context.socket(SocketType.DEALER);
  private final ZMQ.Socket input = context.socket(SocketType.DEALER);
  private final ZMQ.Socket published = context.socket(SocketType.SUB);
  private int messages;

  FrontEnd() throws Exception {
    int[] free = freePorts(5);
    KernelConnectionProperties ports =
        new KernelConnectionProperties(
            "127.0.0.1",
            free[0],
            free[1],
            free[2],
            free[3],
            free[4],
            "tcp",
            "hmac-sha256",
            "secret");
    signatures = ports.createHMACGenerator();
    connection = KernelConnection.to(ports, log::add);
    kernel.becomeHandlerForConnection(connection);
    connection.connect();
    published.subscribe(new byte[0]);
    connect(shell, ports.getShellPort());
    connect(input, ports.getStdinPort());
    connect(published, ports.getIopubPort());
    published.setReceiveTimeOut(50);
    do {
      request("kernel_info_request", "{}");
      reply();
    } while (published.recv() == null);
    published.setReceiveTimeOut(PATIENCE_MILLIS);
  }

  private static int[] freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  private static void connect(ZMQ.Socket socket, int port) {
    socket.setIdentity("front end".getBytes(StandardCharsets.US_ASCII));
    socket.setReceiveTimeOut(PATIENCE_MILLIS);
    socket.setLinger(0);
    socket.connect("tcp://127.0.0.1:" + port);
  }

  CoppiceKernel kernel() {
    return kernel;
  }

  /** What the kernel refused, a line each. */
  List<String> log() {
    return log;
  }

  void request(String type, String content) {
    send(shell, type, content);
  }

  /** Asks for a cell to be run, which may ask for lines. */
  void execute(String code) {
    JsonObject content = new JsonObject();
    content.addProperty("code", code);
    content.addProperty("silent", false);
    content.addProperty("store_history", true);
    content.addProperty("allow_stdin", true);
    content.addProperty("stop_on_error", true);
    request("execute_request", content.toString());
  }

  void answer(String line) {
    JsonObject content = new JsonObject();
    content.addProperty("value", line);
    send(input, "input_reply", content.toString());
  }

  private void send(ZMQ.Socket socket, String type, String content) {
    JsonObject header = new JsonObject();
    header.addProperty("msg_id", Integer.toString(++messages));
    header.addProperty("msg_type", type);
    header.addProperty("session", "session");
    header.addProperty("username", "user");
    header.addProperty("version", "5.3");
    header.addProperty("date", "2025-01-01T00:00:00.000000Z");
    List<byte[]> parts =
        Stream.of(header.toString(), "{}", "{}", content)
            .map(part -> part.getBytes(StandardCharsets.UTF_8))
            .toList();
    socket.sendMore(DELIMITER);
    socket.sendMore(signatures.calculateSignature(parts.toArray(byte[][]::new)));
    for (int i = 0; i < 3; i++) {
      socket.sendMore(parts.get(i));
    }
    socket.send(parts.get(3));
  }

  /** The content of the next reply. */
  JsonObject reply() {
    return content(receive(shell));
  }

  /** The kernel asks for a line. */
  void awaitQuestion() {
    assertEquals("input_request", type(receive(input)));
  }

  /** The data of the next message of this type that all front ends see. */
  JsonObject published(String type) {
    return content(next(message -> type(message).equals(type))).getAsJsonObject("data");
  }

  private JsonArray next(Predicate<JsonArray> wanted) {
    JsonArray message = receive(published);
    while (!wanted.test(message)) {
      message = receive(published);
    }
    return message;
  }

  /** Header, parent, metadata and content. */
  private static JsonArray receive(ZMQ.Socket socket) {
    List<String> frames = new ArrayList<>();
    do {
      String frame = socket.recvStr();
      assertNotNull(frame, "nothing came");
      frames.add(frame);
    } while (socket.hasReceiveMore());
    JsonArray message = new JsonArray();
    int first = frames.indexOf(DELIMITER) + 2;
    frames.subList(first, first + 4).forEach(part -> message.add(JsonParser.parseString(part)));
    return message;
  }

  private static String type(JsonArray message) {
    return message.get(0).getAsJsonObject().get("msg_type").getAsString();
  }

  private static JsonObject content(JsonArray message) {
    return message.get(3).getAsJsonObject();
  }

  @Override
  public void close() {
    connection.close();
    connection.waitUntilClosed(PATIENCE_MILLIS);
    kernel.close();
    Stream.of(shell, input, published).forEach(ZMQ.Socket::close);
    context.close();
  }
}
