package io.coppice.notebooks.kernel;

import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import java.util.Map;

/** Answers whose fields the library does not know, or writes in another form than Jupyter reads. */
final class PlainReply {
  private PlainReply() {}

  @SuppressWarnings({"rawtypes", "unchecked"})
  static void send(ShellReplyEnvironment request, MessageType type, Map<String, Object> content) {
    request.reply(new Message(request.getContext(), type, content));
  }
}
