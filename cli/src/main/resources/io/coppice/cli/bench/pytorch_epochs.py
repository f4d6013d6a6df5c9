"""Trains LeNet-300-100 with PyTorch eager: one epoch per line read, its seconds per line written.

Same work as the Java side: 60,000 examples of 784 values, batches of 64 gathered by a shuffled
index, SGD with momentum 0.9, one thread. Exits with 3 where torch is absent.
"""
import sys
import time

try:
    import torch
except ImportError:
    sys.exit(3)
from torch import nn
from torch.nn import functional



def products():
    """The library that multiplies: Debian's torch takes whatever libblas.so.3 leads to."""
    try:
        with open("/proc/self/maps") as maps:
            loaded = maps.read()
    except OSError:
        return "products of a library that only Linux tells"
    for library in ("openblas", "mkl", "blis", "atlas"):
        if library in loaded:
            return library
    if "/libblas.so" in loaded:
        return "the reference BLAS, which is slow (apt-get install -y libopenblas0-pthread)"
    return "products of its own"


EXAMPLES, BATCH = 60_000, 64
torch.set_num_threads(1)
torch.manual_seed(1)
features = torch.randn(EXAMPLES, 784)
labels = torch.randint(0, 10, (EXAMPLES,))
network = nn.Sequential(
    nn.Linear(784, 300), nn.ReLU(), nn.Linear(300, 100), nn.ReLU(), nn.Linear(100, 10)
)
optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9)
print("torch", torch.__version__, "with", products(), flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    order = torch.randperm(EXAMPLES)
    for step in range(EXAMPLES // BATCH):
        batch = order[step * BATCH : (step + 1) * BATCH]
        optimizer.zero_grad()
        functional.cross_entropy(network(features[batch]), labels[batch]).backward()
        optimizer.step()
    print(time.perf_counter() - start, flush=True)
