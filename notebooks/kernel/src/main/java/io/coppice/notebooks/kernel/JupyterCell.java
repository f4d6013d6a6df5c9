package io.coppice.notebooks.kernel;

import io.coppice.notebooks.wire.KernelConnection;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.messages.publish.PublishDisplayData;
import io.github.spencerpark.jupyter.messages.publish.PublishStream;
import io.github.spencerpark.jupyter.messages.publish.PublishUpdateDisplayData;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * A cell that Jupyter watches. Messages leave on a thread of their own, since an interruption of
 * the cell's thread would close the sockets; questions on another, since their answers take their
 * time.
 */
final class JupyterCell implements CellListener {
  private final KernelConnection connection;
  private final ShellReplyEnvironment request;
  private final Executor outbox;
  private final Executor questions;
  private final boolean mayAsk;

  JupyterCell(
      KernelConnection connection,
      ShellReplyEnvironment request,
      Executor outbox,
      Executor questions,
      boolean mayAsk) {
    this.connection = connection;
    this.request = request;
    this.outbox = outbox;
    this.questions = questions;
    this.mayAsk = mayAsk;
  }

  @Override
  public void stream(String name, String text) {
    PublishStream.StreamType type =
        name.equals("stderr") ? PublishStream.StreamType.ERR : PublishStream.StreamType.OUT;
    outbox.execute(() -> request.publish(new PublishStream(type, text)));
  }

  @Override
  public void display(DisplayData data) {
    outbox.execute(() -> request.publish(new PublishDisplayData(data)));
  }

  @Override
  public void update(DisplayData data) {
    outbox.execute(() -> request.publish(new PublishUpdateDisplayData(data)));
  }

  /** {@inheritDoc} What was written before has left by then; other threads may write meanwhile. */
  @Override
  public Optional<String> ask(String prompt, boolean password, BooleanSupplier withdrawn) {
    if (!mayAsk) {
      return Optional.empty();
    }
    AtomicBoolean left = new AtomicBoolean();
    CompletableFuture<Optional<String>> answer =
        CompletableFuture.runAsync(() -> {}, outbox)
            .thenApplyAsync(
                written ->
                    connection.ask(
                        request.getContext(),
                        prompt,
                        password,
                        () -> left.get() || withdrawn.getAsBoolean()),
                questions);
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      left.set(true);
    }
  }
}
