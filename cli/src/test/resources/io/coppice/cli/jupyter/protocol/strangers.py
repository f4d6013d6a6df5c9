"""What is not signed, or not a message at all, changes nothing and harms nothing."""
import os
import time

from jupyter_client.session import Session


def forgers(session):
    return (
        Session(key=b"another key", signature_scheme="hmac-sha256"),
        Session(key=b""),
        Session(key=session.key, signature_scheme="hmac-sha512"),
    )


def forged_requests(kernel):
    kernel.run("int forged = 0;")
    before = kernel.history(hist_access_type="tail", n=1000)
    count = kernel.run("forged")[0]["execution_count"]
    socket = kernel.client.shell_channel.socket
    for forger in forgers(kernel.client.session):
        forger.send(socket, forger.msg("execute_request", {"code": "forged = 1;", "silent": False}))
    reply, _ = kernel.run("forged")
    assert reply["execution_count"] == count + 1, reply
    after = kernel.history(hist_access_type="tail", n=1000)
    assert [entry[2] for entry in after] == [entry[2] for entry in before] + ["forged"] * 2, after
    assert kernel.value("forged") == "0"


def forged_controls(kernel):
    request = kernel.client.execute('Thread.sleep(1_000); "slept"')
    for forger in forgers(kernel.client.session):
        kernel.control("interrupt_request", forger)
        kernel.control("shutdown_request", forger)
    reply = kernel.reply(request)
    assert reply["status"] == "ok", reply
    assert kernel.manager.is_alive()


def nonsense(kernel):
    socket = kernel.client.shell_channel.socket
    own = kernel.client.session
    count = kernel.run("1")[0]["execution_count"]
    socket.send_multipart([b"nonsense"])
    socket.send_multipart([b"<IDS|MSG>", b"", b"{}"])
    for header, content in (
        (b"{", b"{}"), (b"null", b"{}"), (b"[]", b"{}"), (b"{}", b"null"), (b"[" * 100_000, b"{}"),
    ):
        parts = [header, b"{}", b"{}", content]
        socket.send_multipart([b"<IDS|MSG>", own.sign(parts)] + parts)
    for kind, content in (
        ("complete_request", {}), ("inspect_request", {"code": None}), ("history_request", {}),
        ("is_complete_request", {}), ("no_such_request", {"a": 1}), ("comm_msg", {}),
        ("comm_open", {"target_name": "none", "comm_id": "1"}),
        ("complete_request", {"code": "a", "cursor_pos": 900}),
    ):
        own.send(socket, own.msg(kind, content))
    assert kernel.run("1")[0]["execution_count"] == count + 1
    assert kernel.manager.is_alive()


def listening(pid):
    """The addresses and ports, in hexadecimal, at which a process waits for others."""
    sockets = set()
    for number in os.listdir("/proc/%d/fd" % pid):
        try:
            sockets.add(os.readlink("/proc/%d/fd/%s" % (pid, number)))
        except FileNotFoundError:
            pass
    for table in ("tcp", "tcp6"):
        with open("/proc/%d/net/%s" % (pid, table)) as lines:
            for fields in [line.split() for line in list(lines)[1:]]:
                if fields[3] == "0A" and "socket:[%s]" % fields[9] in sockets:
                    yield fields[1].split(":")


def loopback_only(kernel):
    manager = kernel.manager
    ports = {manager.shell_port, manager.iopub_port, manager.control_port, manager.stdin_port,
             manager.hb_port}
    bound = list(listening(kernel.pid))
    for address, port in bound:
        assert address.endswith("0100007F") or address.endswith("01000000"), (address, port)
    assert {int(port, 16) for _, port in bound} == ports, (bound, ports)


CHECKS = [forged_requests, forged_controls, nonsense, loopback_only]
