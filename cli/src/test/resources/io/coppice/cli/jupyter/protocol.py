"""Drives the installed kernel as Jupyter does; prints one JSON object of checks and their errors."""
import json
import os
import queue
import re
import signal
import sys
import time
import traceback

from jupyter_client import KernelManager
from jupyter_client.session import Session

PATIENCE = 60
STUDY = """
var results = study("protocol")
    .data(mnist1d().validation(500))
    .model(mlp(%d))
    .train(sgd(0.05).batch(100).epochs(%d))
    .compare(dense())
    .seeds(%d)
    .run();
results.runs().rowCount()
"""


class Kernel:
    def __init__(self):
        self.manager = KernelManager(kernel_name="coppice")
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)

    def iopub(self, request, until_idle=True):
        """The messages that belong to a request, up to its idle status."""
        messages = []
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") != request:
                continue
            messages.append(message)
            content = message["content"]
            if message["msg_type"] == "status" and content["execution_state"] == "idle":
                return messages

    def reply(self, request, channel="shell"):
        while True:
            message = getattr(self.client, "get_%s_msg" % channel)(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") == request:
                return message

    def run(self, code, **options):
        request = self.client.execute(code, **options)
        messages = self.iopub(request)
        return self.reply(request)["content"], messages

    def value(self, code):
        reply, messages = self.run(code)
        assert reply["status"] == "ok", reply
        results = [m for m in messages if m["msg_type"] == "execute_result"]
        return results[0]["content"]["data"]["text/plain"] if results else None

    def wait_for(self, request, kind):
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") == request and message["msg_type"] == kind:
                return message

    def wait_for_an_epoch(self, request):
        """What a study's display says of its run before and after it has trained one."""
        texts = []
        while not texts or not re.search(": epoch [1-9]", texts[-1]):
            update = self.wait_for(request, "update_display_data")
            texts.append(update["content"]["data"]["text/plain"])
        return texts

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def kinds(messages):
    return [m["msg_type"] for m in messages]


def kernel_info(kernel):
    content = kernel.reply(kernel.client.kernel_info())["content"]
    assert content["implementation"] == "coppice", content
    assert content["protocol_version"].startswith("5."), content
    assert content["language_info"]["name"] == "java", content
    assert content["language_info"]["file_extension"] == ".jsh", content


def execute(kernel):
    reply, messages = kernel.run("int a = 1;\na + 1")
    assert reply["status"] == "ok", reply
    assert kinds(messages) == ["status", "execute_input", "execute_result", "status"], messages
    assert messages[2]["content"]["data"]["text/plain"] == "2"
    assert messages[2]["content"]["execution_count"] == reply["execution_count"]
    assert kernel.value("a + 2") == "3"


def silent(kernel):
    before = kernel.run("1")[0]["execution_count"]
    reply, messages = kernel.run("a + 1", silent=True)
    assert kinds(messages) == ["status", "status"], messages
    assert kernel.run("1")[0]["execution_count"] == before + 1


def stream_order(kernel):
    reply, messages = kernel.run(
        'System.out.println("1"); System.err.println("2"); System.out.println("3");'
        'String id = display("4"); System.out.println("5"); updateDisplay(id, "6"); 7'
    )
    told = []
    for message in messages[2:-1]:
        content = message["content"]
        told.append(content.get("text") or content["data"]["text/plain"])
    assert "".join(told).split() == list("123456") + ["7"] or told == [
        "1\n", "2\n", "3\n", "4", "5\n", "6", "7"], told
    displays = [m for m in messages if m["msg_type"].endswith("display_data")]
    names = {m["content"]["transient"]["display_id"] for m in displays}
    assert len(displays) == 2 and len(names) == 1, displays


def error(kernel):
    reply, messages = kernel.run("int bad = 1;\nObject o = null;\no.toString()")
    shown = [m for m in messages if m["msg_type"] == "error"][0]["content"]
    assert reply["status"] == "error" and reply["ename"] == "NullPointerException", reply
    text = "\n".join(shown["traceback"])
    assert "line 3" in text and "> " in text and "o.toString()" in text, text
    reply, messages = kernel.run("magnitude().keep(7).oneShot()")
    assert reply["ename"] == "RecipeException", reply
    assert reply["evalue"].startswith("keep is 7.0"), reply
    folded = [m for m in messages if m["msg_type"] == "display_data"][0]["content"]["data"]
    assert "<details>" in folded["text/html"]


def errors_abort_what_waits(kernel):
    first = kernel.client.execute('Thread.sleep(500); throw new Exception("no");')
    second = kernel.client.execute("int unreached = 1;")
    assert kernel.reply(first)["content"]["status"] == "error"
    assert kernel.reply(second)["content"]["status"] == "aborted"
    assert kernel.run("unreached")[0]["status"] == "error"


def completion(kernel):
    code = "String s = \"😀\"; dens"
    content = kernel.reply(kernel.client.complete(code, len(code)))["content"]
    assert content["matches"] == ["dense()"], content
    assert code[content["cursor_start"]:content["cursor_end"]] == "dens", content
    kind = content["metadata"]["_jupyter_types_experimental"][0]
    assert kind["type"] == "function" and "dense()" in kind["signature"], kind


def inspection(kernel):
    content = kernel.reply(kernel.client.inspect("magnitude()", 4))["content"]
    assert content["found"] and "magnitude()" in content["data"]["text/plain"], content
    content = kernel.reply(kernel.client.inspect("study(\"x\")", 2))["content"]
    assert "Begins a study." in content["data"]["text/plain"], content
    assert "<code>" in content["data"]["text/html"], content
    content = kernel.reply(kernel.client.inspect("", 0))["content"]
    assert content["found"] is False, content


def is_complete(kernel):
    for code, status in (("1 + 1", "complete"), ("int f() {", "incomplete"), ("int = )", "invalid")):
        content = kernel.reply(kernel.client.is_complete(code))["content"]
        assert content["status"] == status, (code, content)


def history(kernel):
    kernel.run('String marked = "for history";')
    request = kernel.client.history(hist_access_type="tail", n=1, output=False, raw=True)
    entries = kernel.reply(request)["content"]["history"]
    assert entries[-1][2] == 'String marked = "for history";', entries
    request = kernel.client.history(hist_access_type="search", pattern="*marked*", raw=True)
    assert len(kernel.reply(request)["content"]["history"]) == 1


def stdin(kernel):
    code = "var in = new Scanner(System.in); System.out.print(\"name? \"); in.nextLine()"
    request = kernel.client.execute(code, allow_stdin=True)
    asked = kernel.client.get_stdin_msg(timeout=PATIENCE)
    assert asked["msg_type"] == "input_request", asked
    kernel.client.input("Ada Ж")
    messages = kernel.iopub(request)
    data = [m for m in messages if m["msg_type"] == "execute_result"][0]["content"]["data"]
    assert data["text/plain"] == "Ada Ж", data
    kernel.reply(request)
    reply, _ = kernel.run("System.in.read()", allow_stdin=False)
    assert reply["status"] == "ok", reply


def stdin_interrupted(kernel):
    request = kernel.client.execute("new Scanner(System.in).nextLine()", allow_stdin=True)
    kernel.client.get_stdin_msg(timeout=PATIENCE)
    kernel.manager.interrupt_kernel()
    assert kernel.reply(request)["content"]["ename"] == "Interrupted"
    assert kernel.value("1 + 1") == "2"


def much_output(kernel):
    code = 'for (int i = 0; i < 100_000; i++) { System.out.println("x".repeat(999)); } "done"'
    reply, messages = kernel.run(code)
    size = sum(len(m["content"]["text"]) for m in messages if m["msg_type"] == "stream")
    assert 1_000_000 <= size < 1_010_000, size
    assert [m for m in messages if m["msg_type"] == "execute_result"], kinds(messages)


def many_displays(kernel):
    reply, messages = kernel.run("for (int i = 0; i < 5_000; i++) { display(i); }")
    assert kinds(messages).count("display_data") == 5_000, len(messages)


def interrupt_during_training(kernel):
    request = kernel.client.execute(STUDY % (100, 5_000, 1))
    kernel.wait_for_an_epoch(request)
    kernel.manager.interrupt_kernel()
    content = kernel.reply(request)["content"]
    assert content["ename"] == "Interrupted", content
    assert content["evalue"].endswith("running it again resumes there"), content
    assert kernel.value("1 + 1") == "2"
    request = kernel.client.execute(STUDY % (100, 5_000, 1))
    texts = kernel.wait_for_an_epoch(request)
    assert all(": epoch 0 " not in text for text in texts), texts
    kernel.manager.interrupt_kernel()
    assert kernel.reply(request)["content"]["ename"] == "Interrupted"


def interrupt_of_a_loop(kernel):
    request = kernel.client.execute('System.out.println("go"); while (true) {}')
    kernel.wait_for(request, "stream")
    kernel.manager.interrupt_kernel()
    assert kernel.reply(request)["content"]["ename"] == "Interrupted"


def bad_messages(kernel):
    """What is not signed, or not a message at all, changes nothing and harms nothing."""
    client = kernel.client
    socket = client.shell_channel.socket
    forger = Session(key=b"another key", signature_scheme="hmac-sha256")
    kernel.run("int forged = 0;")
    request = forger.msg("execute_request", {"code": "forged = 1;", "silent": False})
    forger.send(socket, request)
    unsigned = Session(key=b"")
    unsigned.send(socket, unsigned.msg("execute_request", {"code": "forged = 2;"}))
    socket.send_multipart([b"nonsense"])
    socket.send_multipart([b"<IDS|MSG>", b"", b"{}"])
    own = client.session
    for header, content in (
        (b"{", b"{}"), (b"null", b"{}"), (b"[]", b"{}"), (b"{}", b"null"), (b"[" * 100_000, b"{}"),
    ):
        parts = [header, b"{}", b"{}", content]
        socket.send_multipart([b"<IDS|MSG>", own.sign(parts)] + parts)
    for kind, content in (
        ("execute_request", {}), ("complete_request", {}), ("inspect_request", {"code": None}),
        ("history_request", {}), ("is_complete_request", {}), ("no_such_request", {"a": 1}),
        ("comm_msg", {}), ("comm_open", {"target_name": "none", "comm_id": "1"}),
        ("complete_request", {"code": "a", "cursor_pos": 900}),
    ):
        own.send(socket, own.msg(kind, content))
    forger.send(client.control_channel.socket, forger.msg("shutdown_request", {"restart": False}))
    time.sleep(0.5)
    assert kernel.value("forged") == "0"
    assert kernel.manager.is_alive()


def loopback_only(kernel):
    pid = kernel.manager.provisioner.process.pid
    ports = {kernel.manager.shell_port, kernel.manager.iopub_port, kernel.manager.control_port,
             kernel.manager.stdin_port, kernel.manager.hb_port}
    bound = set()
    for table in ("tcp", "tcp6"):
        with open("/proc/%d/net/%s" % (pid, table)) as lines:
            for line in list(lines)[1:]:
                address, port = line.split()[1].split(":")
                if line.split()[3] == "0A" and int(port, 16) in ports:
                    loopback = address.endswith("0100007F") or address.endswith("01000000")
                    assert loopback, line
                    bound.add(int(port, 16))
    assert bound == ports, (bound, ports)


def restart(kernel):
    kernel.run("int before = 1;")
    kernel.manager.restart_kernel()
    kernel.client.wait_for_ready(timeout=PATIENCE)
    assert kernel.run("before")[0]["status"] == "error"
    assert kernel.value("2 + 3") == "5"


def killed_and_started_again(kernel):
    study = STUDY % (8, 3, 2)
    assert kernel.value(study) == "1"
    os.kill(kernel.manager.provisioner.process.pid, signal.SIGKILL)
    kernel.manager.restart_kernel(now=True)
    kernel.client.wait_for_ready(timeout=PATIENCE)
    reply, messages = kernel.run(study)
    assert reply["status"] == "ok", reply
    shown = [m for m in messages if m["msg_type"] == "update_display_data"][-1]
    assert shown["content"]["data"]["text/plain"].count("stored") == 2, shown["content"]
    assert "<svg" in shown["content"]["data"]["text/html"], shown["content"]


def two_kernels_on_one_store(kernel):
    other = Kernel()
    try:
        study = STUDY % (16, 40, 3)
        requests = [k.client.execute(study) for k in (kernel, other)]
        for k, request in zip((kernel, other), requests):
            messages = k.iopub(request)
            reply = k.reply(request)["content"]
            assert reply["status"] == "ok", reply
    finally:
        other.close()


def shutdown(kernel):
    request = kernel.client.execute('System.out.println("go"); while (true) {}')
    kernel.wait_for(request, "stream")
    reply = kernel.reply(kernel.client.shutdown(), "control")["content"]
    assert reply["restart"] is False, reply
    end = time.time() + PATIENCE
    while kernel.manager.is_alive() and time.time() < end:
        time.sleep(0.1)
    assert not kernel.manager.is_alive()


CHECKS = [
    kernel_info, execute, silent, stream_order, error, errors_abort_what_waits, completion,
    inspection, is_complete, history, stdin, stdin_interrupted, much_output, many_displays,
    interrupt_during_training, interrupt_of_a_loop, bad_messages, loopback_only, restart,
    killed_and_started_again, two_kernels_on_one_store, shutdown,
]


def main():
    results = {}
    kernel = Kernel()
    try:
        for check in CHECKS:
            try:
                check(kernel)
                results[check.__name__] = ""
            except queue.Empty:
                results[check.__name__] = "no answer\n" + traceback.format_exc()
            except Exception:
                results[check.__name__] = traceback.format_exc()
    finally:
        kernel.close()
    json.dump(results, sys.stdout)


main()
