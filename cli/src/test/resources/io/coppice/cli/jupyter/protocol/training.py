"""Studies in a kernel that is interrupted, killed, or not alone, and how a kernel ends."""
import os
import signal
import time

from driver import PATIENCE, STUDY, Kernel, of_kind

LONG = STUDY % (100, 5_000, 1)
SECONDS_TO_STOP = 2
SECONDS_TO_READ_WHAT_IS_STORED = 10


def interrupted(kernel, request):
    """How a cell ends that is interrupted now, which must be soon."""
    start = time.monotonic()
    kernel.manager.interrupt_kernel()
    content = kernel.reply(request)
    seconds = time.monotonic() - start
    assert content["ename"] == "Interrupted", content
    assert seconds < SECONDS_TO_STOP, seconds
    return content


def interrupt_during_training(kernel):
    request = kernel.client.execute(LONG)
    kernel.wait_for_an_epoch(request)
    content = interrupted(kernel, request)
    assert content["evalue"].endswith("running it again resumes there"), content
    assert kernel.value("1 + 1") == "2"
    request = kernel.client.execute(LONG)
    texts = kernel.wait_for_an_epoch(request)
    assert all(": epoch 0 " not in text for text in texts), texts
    interrupted(kernel, request)


def interrupt_of_a_loop(kernel):
    request = kernel.client.execute('System.out.println("go"); while (true) {}')
    kernel.wait_for(request, "stream")
    interrupted(kernel, request)


def restart(kernel):
    kernel.run("int before = 1;")
    kernel.manager.restart_kernel()
    kernel.client.wait_for_ready(timeout=PATIENCE)
    assert kernel.run("before")[0]["status"] == "error"
    assert kernel.value("2 + 3") == "5"


def last_progress(messages):
    return of_kind(messages, "update_display_data")[-1]["data"]


def killed_and_started_again(kernel):
    study = STUDY % (8, 3, "1, 2")
    trained = kernel.value(study)
    os.kill(kernel.pid, signal.SIGKILL)
    kernel.manager.restart_kernel(now=True)
    kernel.client.wait_for_ready(timeout=PATIENCE)
    start = time.monotonic()
    reply, messages = kernel.run(study)
    seconds = time.monotonic() - start
    assert of_kind(messages, "execute_result")[0]["data"]["text/plain"] == trained, messages
    shown = last_progress(messages)
    assert shown["text/plain"].count("stored") == 2, shown
    assert "<svg" in shown["text/html"], shown
    assert seconds < SECONDS_TO_READ_WHAT_IS_STORED, seconds


def two_kernels_on_one_store(kernel):
    """Each run is trained by one of them, and the other reads it."""
    other = Kernel()
    try:
        kernels = (kernel, other)
        requests = [k.client.execute(STUDY % (16, 40, "1, 2, 3")) for k in kernels]
        told = [k.iopub(request) for k, request in zip(kernels, requests)]
        replies = [k.reply(request) for k, request in zip(kernels, requests)]
        assert [reply["status"] for reply in replies] == ["ok", "ok"], replies
        results = [of_kind(messages, "execute_result")[0]["data"] for messages in told]
        assert results[0]["text/plain"] == results[1]["text/plain"], results
        progress = [last_progress(messages)["text/plain"] for messages in told]
        assert sum(text.count("stored") for text in progress) == 3, progress
    finally:
        other.close()


def shutdown(kernel):
    request = kernel.client.execute('System.out.println("go"); while (true) {}')
    kernel.wait_for(request, "stream")
    reply = kernel.reply(kernel.client.shutdown(), "control")
    assert reply["restart"] is False, reply
    end = time.monotonic() + PATIENCE
    while kernel.manager.is_alive() and time.monotonic() < end:
        time.sleep(0.1)
    assert not kernel.manager.is_alive()


CHECKS = [
    interrupt_during_training, interrupt_of_a_loop, restart, killed_and_started_again,
    two_kernels_on_one_store, shutdown,
]
