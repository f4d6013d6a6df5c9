package io.coppice.notebooks.kernel;

import io.coppice.framework.display.Html;
import io.coppice.notebooks.wire.DaemonThread;
import io.coppice.notebooks.wire.KernelConnection;
import io.github.spencerpark.jupyter.channels.ShellHandler;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import io.github.spencerpark.jupyter.kernel.history.HistoryEntry;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.publish.PublishDisplayData;
import io.github.spencerpark.jupyter.messages.publish.PublishError;
import io.github.spencerpark.jupyter.messages.publish.PublishExecuteInput;
import io.github.spencerpark.jupyter.messages.publish.PublishExecuteResult;
import io.github.spencerpark.jupyter.messages.reply.CompleteReply;
import io.github.spencerpark.jupyter.messages.reply.ErrorReply;
import io.github.spencerpark.jupyter.messages.reply.ExecuteReply;
import io.github.spencerpark.jupyter.messages.reply.InspectReply;
import io.github.spencerpark.jupyter.messages.request.CompleteRequest;
import io.github.spencerpark.jupyter.messages.request.ExecuteRequest;
import io.github.spencerpark.jupyter.messages.request.HistoryRequest;
import io.github.spencerpark.jupyter.messages.request.InspectRequest;
import io.github.spencerpark.jupyter.messages.request.KernelInfoRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers Jupyter's requests to run, complete and explain code. */
final class Requests {
  private static final String JUPYTER_TYPES = "_jupyter_types_experimental";

  private final CoppiceKernel kernel;
  private final AtomicInteger nextNumber;
  private final KernelConnection connection;
  private final ExecutorService outbox = oneThread("kernel-outbox");
  private final ExecutorService questions = oneThread("kernel-questions");
  private boolean aborting;

  Requests(CoppiceKernel kernel, AtomicInteger nextNumber, KernelConnection connection) {
    this.kernel = kernel;
    this.nextNumber = nextNumber;
    this.connection = connection;
  }

  private static ExecutorService oneThread(String name) {
    return Executors.newSingleThreadExecutor(task -> DaemonThread.of(name, task));
  }

  void answer() {
    connection.setHandler(MessageType.EXECUTE_REQUEST, busy(this::execute));
    connection.setHandler(MessageType.COMPLETE_REQUEST, busy(this::complete));
    connection.setHandler(MessageType.INSPECT_REQUEST, busy(this::inspect));
    connection.setHandler(MessageType.KERNEL_INFO_REQUEST, busy(this::tellWhoIAm));
    connection.setHandler(MessageType.HISTORY_REQUEST, busy(this::tellHistory));
    connection.whenNoneIsHeld(() -> aborting = false);
  }

  /** An answer, said to be worked on until it has been given. */
  private static <T> ShellHandler<T> busy(ShellHandler<T> answer) {
    return (env, message) -> {
      env.setStatusBusy();
      try {
        answer.handle(env, message);
      } finally {
        env.setStatusIdle();
      }
    };
  }

  private void execute(ShellReplyEnvironment env, Message<ExecuteRequest> message) {
    if (aborting) {
      PlainReply.send(env, MessageType.EXECUTE_REPLY, Map.of("status", "aborted"));
      return;
    }
    ExecuteRequest request = message.getContent();
    boolean silent = request.isSilent();
    int number = silent ? nextNumber.get() : nextNumber.getAndIncrement();
    if (!silent) {
      env.publish(new PublishExecuteInput(request.getCode(), number));
    }
    kernel.getCommManager().setMessageContext(message);
    JupyterCell cell =
        new JupyterCell(connection, env, outbox, questions, request.isStdinEnabled());
    CellResult result = kernel.execute(request.getCode(), number, cell);
    CompletableFuture.runAsync(() -> {}, outbox).join();
    if (!silent && request.shouldStoreHistory()) {
      String output = result.value().map(Requests::text).orElse(null);
      kernel.history().add(number, request.getCode(), output);
    }
    if (result.failure().isPresent()) {
      if (request.shouldStopOnError()) {
        connection.holdWaiting();
        aborting = true;
      }
      fail(env, number, result.failure().get());
    } else {
      if (!silent) {
        result.value().ifPresent(value -> env.publish(new PublishExecuteResult(number, value)));
      }
      env.reply(new ExecuteReply(number, Map.of()));
    }
  }

  private static String text(DisplayData value) {
    return String.valueOf(value.getData(MIMEType.TEXT_PLAIN));
  }

  private static void fail(ShellReplyEnvironment env, int number, CellFailure failure) {
    env.publish(new PublishError(failure.name(), failure.message(), failure.lines()));
    failure.stack().ifPresent(stack -> env.publish(new PublishDisplayData(folded(stack))));
    ErrorReply reply = new ErrorReply(failure.name(), failure.message(), failure.lines());
    reply.setExecutionCount(number);
    env.replyError(ExecuteReply.MESSAGE_TYPE.error(), reply);
  }

  private static DisplayData folded(String stack) {
    DisplayData data = new DisplayData(stack);
    data.putHTML(
        "<details><summary>Where in the code</summary><pre>"
            + Html.escape(stack)
            + "</pre></details>");
    return data;
  }

  private void complete(ShellReplyEnvironment env, Message<CompleteRequest> message) {
    String code = message.getContent().getCode();
    Completion found = kernel.completion(code, at(code, message.getContent().getCursorPos()));
    int from = code.codePointCount(0, found.from());
    int to = code.codePointCount(0, found.to());
    List<Map<String, Object>> types =
        found.matches().stream()
            .map(
                match ->
                    Map.<String, Object>of(
                        "text", match.text(),
                        "type", match.kind(),
                        "signature", match.signatures(),
                        "documentation", match.sentence(),
                        "start", from,
                        "end", to))
            .toList();
    env.reply(new CompleteReply(found.texts(), from, to, Map.of(JUPYTER_TYPES, types)));
  }

  private void inspect(ShellReplyEnvironment env, Message<InspectRequest> message) {
    String code = message.getContent().getCode();
    int at = at(code, message.getContent().getCursorPos());
    DisplayData found = kernel.inspect(code, at, message.getContent().getDetailLevel() > 0);
    env.reply(new InspectReply(found != null, DisplayData.emptyIfNull(found)));
  }

  /** Jupyter counts characters, Java their UTF-16 units. */
  private static int at(String code, int characters) {
    int count = code.codePointCount(0, code.length());
    return code.offsetByCodePoints(0, Math.max(0, Math.min(characters, count)));
  }

  private void tellWhoIAm(ShellReplyEnvironment env, Message<KernelInfoRequest> message) {
    PlainReply.send(env, MessageType.KERNEL_INFO_REPLY, kernel.info().reply());
  }

  private void tellHistory(ShellReplyEnvironment env, Message<HistoryRequest> message) {
    List<List<Object>> entries =
        kernel.history().asked(message.getContent()).stream().map(Requests::fields).toList();
    PlainReply.send(env, MessageType.HISTORY_REPLY, Map.of("status", "ok", "history", entries));
  }

  private static List<Object> fields(HistoryEntry entry) {
    Object text =
        entry.hasOutput() ? List.of(entry.getInput(), entry.getOutput()) : entry.getInput();
    return List.of(entry.getSession(), entry.getCellNumber(), text);
  }
}
