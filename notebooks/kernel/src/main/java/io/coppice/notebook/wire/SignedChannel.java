package io.coppice.notebook.wire;

import io.github.spencerpark.jupyter.channels.ShellChannel;
import io.github.spencerpark.jupyter.channels.ShellHandler;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.messages.HMACGenerator;
import io.github.spencerpark.jupyter.messages.Message;
import java.util.List;
import org.zeromq.ZMQ;

/**
 * A channel of requests that answers at once, refuses what is not signed, and outlives whatever a
 * request does.
 */
final class SignedChannel extends ShellChannel {
  private final KernelConnection connection;
  private final MessageReader reader;

  SignedChannel(
      ZMQ.Context context,
      HMACGenerator signatures,
      MessageReader reader,
      boolean control,
      KernelConnection connection) {
    super(context, signatures, control, connection);
    this.connection = connection;
    this.reader = reader;
  }

  @Override
  public void bind(KernelConnectionProperties ports) {
    throw new UnsupportedOperationException("bound to one port by its connection");
  }

  /** Answers one message, if there is one within {@code millis}; whether there was. */
  boolean answer(ZMQ.Poller poller, long millis) {
    if (poller.poll(millis) <= 0) {
      return false;
    }
    List<byte[]> frames = MessageReader.frames(this);
    try {
      answer(reader.read(frames));
    } catch (RefusedMessageException e) {
      connection.log("refused a message: " + e.getMessage());
    } catch (Exception | StackOverflowError | AssertionError | LinkageError e) {
      connection.log("a request failed: " + e);
    }
    return true;
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
