package io.coppice.notebooks.wire;

import io.github.spencerpark.jupyter.channels.StdinChannel;
import io.github.spencerpark.jupyter.messages.HMACGenerator;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageContext;
import io.github.spencerpark.jupyter.messages.reply.InputReply;
import io.github.spencerpark.jupyter.messages.request.InputRequest;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.zeromq.ZMQ;

/** Asks the user for a line, until the question is withdrawn. */
final class SignedStdin extends StdinChannel {
  private static final int POLL_MILLIS = 50;

  private final MessageReader reader;
  private final KernelConnection connection;

  SignedStdin(
      ZMQ.Context context,
      HMACGenerator signatures,
      MessageReader reader,
      KernelConnection connection) {
    super(context, signatures);
    this.reader = reader;
    this.connection = connection;
  }

  /** The user's line without its end; nothing when {@code withdrawn} or the connection closes. */
  synchronized Optional<String> ask(
      MessageContext asker, String prompt, boolean password, BooleanSupplier withdrawn) {
    try (ZMQ.Poller poller = ctx.poller(1)) {
      poller.register(this, ZMQ.Poller.POLLIN);
      while (poller.poll(0) > 0) {
        MessageReader.frames(this);
      }
      sendMessage(
          new Message<>(asker, InputRequest.MESSAGE_TYPE, new InputRequest(prompt, password)));
      while (!connection.closing() && !withdrawn.getAsBoolean()) {
        if (poller.poll(POLL_MILLIS) > 0 && reply() instanceof InputReply reply) {
          return Optional.of(reply.getValue());
        }
      }
    }
    return Optional.empty();
  }

  private Object reply() {
    try {
      return reader.read(MessageReader.frames(this)).getContent();
    } catch (RefusedMessageException e) {
      connection.log("refused an input: " + e.getMessage());
      return null;
    }
  }
}
