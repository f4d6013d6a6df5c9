package io.coppice.notebooks.wire;

import io.github.spencerpark.jupyter.channels.IOPubChannel;
import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.channels.JupyterSocket;
import io.github.spencerpark.jupyter.channels.ShellChannel;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.messages.HMACGenerator;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageContext;
import io.github.spencerpark.jupyter.messages.publish.PublishStatus;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * The five channels between a kernel and Jupyter, on this machine only. Each is read by a thread of
 * its own, which also closes it.
 */
public final class KernelConnection extends JupyterConnection {
  private static final int POLL_MILLIS = 250;
  private static final int LINGER_MILLIS = 1_000;
  private static final int LONGEST_LINE = 300;
  private static final int UNLIMITED = 0;
  private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern LOOPBACK = Pattern.compile("localhost|::1|127(\\." + BYTE + "){3}");

  private final KernelConnectionProperties ports;
  private final Consumer<String> log;
  private final ZMQ.Context context = ZMQ.context(1);
  private final SignedChannel requests;
  private final SignedChannel controls;
  private final SignedStdin input;
  private final IOPubChannel publications;
  private final ZMQ.Socket echo;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();
  private volatile Runnable whenNoneIsHeld = () -> {};

  private KernelConnection(KernelConnectionProperties ports, Consumer<String> log)
      throws GeneralSecurityException {
    super(ports);
    super.close();
    this.ports = ports;
    this.log = log;
    HMACGenerator signatures = ports.createHMACGenerator();
    MessageReader reader = new MessageReader(ports.createHMACGenerator());
    requests = new SignedChannel(context, signatures, reader, false, this);
    controls = new SignedChannel(context, signatures, reader, true, this);
    input = new SignedStdin(context, signatures, reader, this);
    publications = new IOPubChannel(context, signatures);
    echo = context.socket(SocketType.REP);
  }

  /**
   * A connection to the ports of a connection file.
   *
   * @param log is told of what was refused, a line each
   * @throws IllegalArgumentException when others than this machine's users could reach the kernel
   */
  public static KernelConnection to(KernelConnectionProperties ports, Consumer<String> log) {
    require("transport", ports.getTransport(), "tcp".equals(ports.getTransport()), "tcp");
    require("ip", ports.getIp(), isLoopback(ports.getIp()), "127.0.0.1, ::1 or localhost");
    boolean signed = ports.getKey() != null && !ports.getKey().isEmpty();
    require("key", ports.getKey(), signed, "a secret, since messages must be signed");
    require(
        "signature_scheme",
        ports.getSignatureScheme(),
        "hmac-sha256".equals(ports.getSignatureScheme()),
        "hmac-sha256");
    try {
      return new KernelConnection(ports, log);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + ports.getSignatureScheme(), e);
    }
  }

  private static boolean isLoopback(String ip) {
    return ip != null && LOOPBACK.matcher(ip).matches();
  }

  private static void require(String name, String value, boolean good, String allowed) {
    if (!good) {
      throw new IllegalArgumentException(
          "the connection file's " + name + " is '" + value + "'; allowed: " + allowed);
    }
  }

  /** Marks the requests that have arrived by now; to be called while one is answered. */
  public void holdWaiting() {
    requests.hold();
  }

  /** This is run whenever all requests that were held have been answered. */
  public void whenNoneIsHeld(Runnable action) {
    whenNoneIsHeld = action;
  }

  void noneIsHeld(SignedChannel channel) {
    if (channel == requests) {
      whenNoneIsHeld.run();
    }
  }

  @Override
  public void connect() {
    JupyterSocket.JUPYTER_LOGGER.setLevel(java.util.logging.Level.WARNING);
    publications.setSndHWM(UNLIMITED);
    for (ZMQ.Socket socket : List.of(requests, controls, input, publications, echo)) {
      socket.setLinger(LINGER_MILLIS);
    }
    bind(requests, ports.getShellPort());
    bind(controls, ports.getControlPort());
    bind(input, ports.getStdinPort());
    bind(publications, ports.getIopubPort());
    bind(echo, ports.getHbPort());
    publications.sendMessage(
        new Message<>(null, PublishStatus.MESSAGE_TYPE, PublishStatus.STARTING));
    start("requests", () -> answerAll(requests));
    start("controls", () -> answerAll(controls));
    start("heartbeat", this::echoAll);
  }

  private void bind(ZMQ.Socket socket, int port) {
    boolean six = ports.getIp().contains(":");
    socket.setIPv6(six);
    socket.bind("tcp://" + (six ? "[" + ports.getIp() + "]" : ports.getIp()) + ":" + port);
  }

  private void start(String name, Runnable loop) {
    Thread thread = DaemonThread.of("kernel-" + name, loop);
    threads.add(thread);
    thread.start();
  }

  private void answerAll(SignedChannel channel) {
    try (channel) {
      while (!closing()) {
        channel.answer(POLL_MILLIS);
      }
    }
  }

  private void echoAll() {
    try (echo;
        ZMQ.Poller poller = context.poller(1)) {
      poller.register(echo, ZMQ.Poller.POLLIN);
      while (!closing()) {
        if (poller.poll(POLL_MILLIS) > 0) {
          MessageReader.frames(echo).stream().findFirst().ifPresent(echo::send);
        }
      }
    }
  }

  boolean closing() {
    return closing.getCount() == 0;
  }

  void log(String line) {
    log.accept(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "..." : line);
  }

  @Override
  public IOPubChannel getIOPub() {
    return publications;
  }

  @Override
  public ShellReplyEnvironment prepareReplyEnv(ShellChannel channel, MessageContext request) {
    return new Answers(channel, input, publications, request);
  }

  /** The environment whose constructor the library keeps to its own package and subclasses. */
  private static final class Answers extends ShellReplyEnvironment {
    Answers(
        ShellChannel channel,
        SignedStdin input,
        IOPubChannel publications,
        MessageContext request) {
      super(channel, input, publications, request);
    }
  }

  /**
   * Asks the user for a line of input.
   *
   * @param asker the request whose cell wants to know
   * @param withdrawn whether nobody waits for the line any longer
   */
  public Optional<String> ask(
      MessageContext asker, String prompt, boolean password, BooleanSupplier withdrawn) {
    return input.ask(asker, prompt, password, withdrawn);
  }

  /** Asks all channels to close once they have answered what they are answering. */
  @Override
  public void close() {
    if (closing != null) {
      closing.countDown();
    }
  }

  /** Waits until {@link #close} has been asked for. */
  @Override
  public void waitUntilClose() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      close();
    }
  }

  /** Waits until the channels are closed and what was sent has been received, if it soon is. */
  public void waitUntilClosed(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    boolean ended = true;
    for (Thread thread : threads) {
      ended &= ends(thread, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
    }
    if (ended) {
      input.close();
      publications.close();
      context.close();
    }
  }

  private static boolean ends(Thread thread, long millis) {
    try {
      thread.join(Math.max(1, millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }
}
