package io.coppice.notebook.kernel;

import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;

/**
 * The answer to a cell that was waiting when one before it failed. Its fields are the message's.
 */
final class AbortedReply {
  final String status = "aborted";

  @SuppressWarnings({"rawtypes", "unchecked"})
  static void to(ShellReplyEnvironment request) {
    MessageType type = MessageType.EXECUTE_REPLY;
    request.reply(new Message(request.getContext(), type, new AbortedReply()));
  }
}
