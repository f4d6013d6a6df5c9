"""What a cell says and shows, and what the kernel says of code."""
from driver import PATIENCE, kinds, of_kind


def kernel_info(kernel):
    shell = kernel.reply(kernel.client.kernel_info())
    assert shell["implementation"] == "coppice", shell
    assert shell["protocol_version"].startswith("5."), shell
    assert shell["language_info"]["name"] == "java", shell
    assert shell["language_info"]["file_extension"] == ".jsh", shell
    assert kernel.reply(kernel.control("kernel_info_request"), "control") == shell


def comm_info(kernel):
    assert kernel.reply(kernel.client.comm_info())["comms"] == {}


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
    told = [m["content"].get("text") or m["content"]["data"]["text/plain"] for m in messages[2:-1]]
    assert told == ["1\n", "2\n", "3\n", "4", "5\n", "6", "7"], told
    names = [m["content"]["name"] for m in messages if m["msg_type"] == "stream"]
    assert names == ["stdout", "stderr", "stdout", "stdout"], names
    shown = of_kind(messages, "display_data") + of_kind(messages, "update_display_data")
    assert len(shown) == 2 and len({c["transient"]["display_id"] for c in shown}) == 1, shown


def error(kernel):
    reply, messages = kernel.run("int bad = 1;\nObject o = null;\no.toString()")
    shown = of_kind(messages, "error")[0]
    assert reply["status"] == "error" and reply["ename"] == "NullPointerException", reply
    text = "\n".join(shown["traceback"])
    assert "line 3" in text and "> " in text and "o.toString()" in text, text
    reply, messages = kernel.run("magnitude().keep(7).oneShot()")
    assert reply["ename"] == "RecipeException", reply
    assert reply["evalue"].startswith("keep is 7.0"), reply
    folded = of_kind(messages, "display_data")[0]["data"]
    assert "<details>" in folded["text/html"]


def errors_abort_what_waits(kernel):
    first = kernel.client.execute('Thread.sleep(500); throw new Exception("no");')
    second = kernel.client.execute("int unreached = 1;")
    assert kernel.reply(first)["status"] == "error"
    assert kernel.reply(second)["status"] == "aborted"
    assert kernel.run("unreached")[0]["status"] == "error"


def completion(kernel):
    code = "String s = \"😀\"; dens"
    content = kernel.reply(kernel.client.complete(code, len(code)))
    assert content["matches"] == ["dense()"], content
    assert code[content["cursor_start"]:content["cursor_end"]] == "dens", content
    kind = content["metadata"]["_jupyter_types_experimental"][0]
    assert kind["type"] == "function" and "dense()" in kind["signature"], kind


def inspection(kernel):
    content = kernel.reply(kernel.client.inspect("magnitude()", 4))
    assert content["found"] and "magnitude()" in content["data"]["text/plain"], content
    content = kernel.reply(kernel.client.inspect("study(\"x\")", 2))
    assert "Begins a study." in content["data"]["text/plain"], content
    assert "<code>" in content["data"]["text/html"], content
    content = kernel.reply(kernel.client.inspect("", 0))
    assert content["found"] is False, content


def is_complete(kernel):
    for code, status in (("1 + 1", "complete"), ("int f() {", "incomplete"), ("int = )", "invalid")):
        content = kernel.reply(kernel.client.is_complete(code))
        assert content["status"] == status, (code, content)


def history(kernel):
    first = kernel.run('String marked = "for history";')[0]["execution_count"]
    kernel.run("40 + 2")
    tail = kernel.history(hist_access_type="tail", n=2, output=False)
    assert [entry[2] for entry in tail] == ['String marked = "for history";', "40 + 2"], tail
    found = kernel.history(hist_access_type="search", pattern="*marked*")
    assert len(found) == 1, found
    ranged = kernel.history(hist_access_type="range", session=0, start=first, stop=first + 1)
    assert ranged == tail[:1], ranged
    ranged = kernel.history(
        hist_access_type="range", session=0, start=first + 1, stop=first + 2, output=True)
    assert [entry[1:] for entry in ranged] == [[first + 1, ["40 + 2", "42"]]], ranged


def stdin(kernel):
    code = "var in = new Scanner(System.in); System.out.print(\"name? \"); in.nextLine()"
    request = kernel.client.execute(code, allow_stdin=True)
    asked = kernel.client.get_stdin_msg(timeout=PATIENCE)
    assert asked["msg_type"] == "input_request", asked
    kernel.client.input("Ada Ж")
    messages = kernel.iopub(request)
    data = of_kind(messages, "execute_result")[0]["data"]
    assert data["text/plain"] == "Ada Ж", data
    kernel.reply(request)
    reply, _ = kernel.run("System.in.read()", allow_stdin=False)
    assert reply["status"] == "ok", reply


def stdin_interrupted(kernel):
    request = kernel.client.execute("new Scanner(System.in).nextLine()", allow_stdin=True)
    kernel.client.get_stdin_msg(timeout=PATIENCE)
    kernel.manager.interrupt_kernel()
    assert kernel.reply(request)["ename"] == "Interrupted"
    assert kernel.value("1 + 1") == "2"


def much_output(kernel):
    code = 'for (int i = 0; i < 100_000; i++) { System.out.println("x".repeat(999)); } "done"'
    reply, messages = kernel.run(code)
    size = sum(len(c["text"]) for c in of_kind(messages, "stream"))
    assert 1_000_000 <= size < 1_010_000, size
    assert of_kind(messages, "execute_result"), kinds(messages)


def many_displays(kernel):
    reply, messages = kernel.run("for (int i = 0; i < 5_000; i++) { display(i); }")
    assert kinds(messages).count("display_data") == 5_000, len(messages)


CHECKS = [
    kernel_info, comm_info, execute, silent, stream_order, error, errors_abort_what_waits,
    completion, inspection, is_complete, history, stdin, stdin_interrupted, much_output,
    many_displays,
]
