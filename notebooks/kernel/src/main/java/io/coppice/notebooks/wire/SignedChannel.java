package io.coppice.notebooks.wire;

import io.github.spencerpark.jupyter.channels.ShellChannel;
import io.github.spencerpark.jupyter.channels.ShellHandler;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.messages.HMACGenerator;
import io.github.spencerpark.jupyter.messages.Message;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.zeromq.ZMQ;

/**
 * A channel of requests that answers at once, refuses what is not signed, and outlives whatever a
 * request does.
 */
final class SignedChannel extends ShellChannel {
  private final KernelConnection connection;
  private final MessageReader reader;
  private final ZMQ.Poller poller;
  private final Deque<List<byte[]>> held = new ArrayDeque<>();

  SignedChannel(
      ZMQ.Context context,
      HMACGenerator signatures,
      MessageReader reader,
      boolean control,
      KernelConnection connection) {
    super(context, signatures, control, connection);
    this.connection = connection;
    this.reader = reader;
    this.poller = context.poller(1);
    poller.register(this, ZMQ.Poller.POLLIN);
  }

  @Override
  public void bind(KernelConnectionProperties ports) {
    throw new UnsupportedOperationException("bound to one port by its connection");
  }

  /** Answers one message, if there is one within {@code millis}; one that is held comes first. */
  void answer(long millis) {
    if (held.isEmpty()) {
      connection.noneIsHeld(this);
      if (poller.poll(millis) <= 0) {
        return;
      }
    }
    List<byte[]> frames = held.isEmpty() ? MessageReader.frames(this) : held.remove();
    try {
      answer(reader.read(frames));
    } catch (RefusedMessageException e) {
      connection.log("refused a message: " + e.getMessage());
    } catch (Exception | Error e) {
      connection.log("a request failed: " + e);
    }
  }

  /** Holds all messages that have arrived by now; called by the thread that answers. */
  void hold() {
    while (poller.poll(0) > 0) {
      held.add(MessageReader.frames(this));
    }
  }

  @Override
  public void close() {
    poller.close();
    super.close();
  }

  private <T> void answer(Message<T> message) {
    ShellHandler<T> handler = connection.getHandler(message.getHeader().getType());
    if (handler == null) {
      return;
    }
    ShellReplyEnvironment environment = connection.prepareReplyEnv(this, message);
    try {
      handler.handle(environment, message);
    } finally {
      environment.resolveDeferrals();
    }
    if (environment.isMarkedForShutdown()) {
      connection.close();
    }
  }
}
