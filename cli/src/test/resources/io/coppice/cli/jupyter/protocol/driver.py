"""A kernel that is installed under Jupyter's name for it, with a client that speaks to it."""
import re
import time

from jupyter_client import KernelManager

PATIENCE = 60
STUDY = """
var results = study("protocol")
    .data(mnist1d().validation(500))
    .model(mlp(%s))
    .train(sgd(0.05).batch(100).epochs(%s))
    .compare(dense())
    .seeds(%s)
    .run();
results.runs().doubleColumn("accuracy").asList()
"""


class Kernel:
    def __init__(self):
        start = time.monotonic()
        self.manager = KernelManager(kernel_name="coppice")
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)
        self.seconds_to_start = time.monotonic() - start

    @property
    def pid(self):
        return self.manager.provisioner.process.pid

    def iopub(self, request):
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
                return message["content"]

    def run(self, code, **options):
        request = self.client.execute(code, **options)
        messages = self.iopub(request)
        return self.reply(request), messages

    def value(self, code):
        reply, messages = self.run(code)
        assert reply["status"] == "ok", reply
        results = of_kind(messages, "execute_result")
        return results[0]["data"]["text/plain"] if results else None

    def history(self, **options):
        request = self.client.history(raw=True, **options)
        return self.reply(request)["history"]

    def control(self, kind, session=None):
        """Sends a request without content over the control channel; its identifier."""
        session = session or self.client.session
        message = session.msg(kind, {})
        session.send(self.client.control_channel.socket, message)
        return message["header"]["msg_id"]

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


def of_kind(messages, kind):
    return [m["content"] for m in messages if m["msg_type"] == kind]
