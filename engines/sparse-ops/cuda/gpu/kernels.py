"""Times the CUDA kernels against cuBLAS and cuSPARSE (through torch), and holds each against float64 first.

KERNELS=FOLDER names the texts that the build puts together; SIZE and BATCH (4096) say the product's. Needs CuPy, for NVRTC, and
torch. Times are medians in microseconds by the device's events; "of dense" is dense time over the kernels' time.
"""

import functools
import os
import statistics

import cupy
import numpy
import torch

SIZE = int(os.environ.get("SIZE", 4096))
BATCH = int(os.environ.get("BATCH", 4096))
KERNELS = os.environ["KERNELS"]
DEVICE = "cuda"
THREADS = 256
CHUNK = 512
SHARED_BYTES = 98304
BLOCKS_PER_MULTIPROCESSOR = 2
multiprocessors = torch.cuda.get_device_properties(0).multi_processor_count
modules = {}


def ceil(a, b):
    return -(-a // b)


def kernel(op, name, *defines):
    if (op, *defines) not in modules:
        with open(f"{KERNELS}/{op}.cu") as text:
            options = ("--std=c++17", *(f"-D{define}" for define in defines))
            modules[op, *defines] = cupy.RawModule(code=text.read(), backend="nvrtc", options=options)
    return modules[op, *defines].get_function(name)


def launch(function, grid, *arguments, shared=0):
    """A function that launches the kernel with tensors (or None) and 32-bit integers."""

    def converted(argument):
        if isinstance(argument, int):
            return numpy.int32(argument)
        return numpy.uint64(0 if argument is None else argument.data_ptr())

    if shared:
        function.max_dynamic_shared_size_bytes = shared
    values = tuple(converted(argument) for argument in arguments)

    def go():
        assert all(a is None or isinstance(a, int) or a.is_cuda for a in arguments)  # and keeps their memory alive
        with cupy.cuda.ExternalStream(torch.cuda.current_stream().cuda_stream):
            function(grid, (THREADS,), values, shared_mem=shared)

    return go


def microseconds(*functions, repeats=12):
    for _ in range(3):
        for function in functions:
            function()
    times = []
    for _ in range(repeats):
        begin, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        begin.record()
        for function in functions:
            function()
        end.record()
        end.synchronize()
        times.append(begin.elapsed_time(end) * 1000)
    return statistics.median(times)


def poisoned(*shape, dtype=torch.float32):
    return torch.full(shape, float("nan"), device=DEVICE, dtype=dtype)


def error(ours, truth):
    return ((ours.double() - truth).norm() / truth.norm()).item()


class Topology:
    """A mask [block rows, block columns] of blocks height × width, and values as Coppice keeps them."""

    def __init__(self, mask, height, width, values=None):
        self.mask, self.height, self.width = mask, height, width
        self.block_rows, self.block_columns = mask.shape
        self.rows, self.columns = self.block_rows * height, self.block_columns * width
        places = mask.nonzero()
        self.block_row, self.entries = places[:, 0], len(places)
        self.indices = places[:, 1].int().contiguous()
        self.starts = torch.cat([torch.zeros(1, device=DEVICE, dtype=torch.int64), mask.sum(1).cumsum(0)]).int()
        kept = self.columns * self.entries / mask.numel()
        self.values = torch.randn(self.entries, width, height, device=DEVICE) / kept**0.5 if values is None else values
        tile_columns = 64 // width * width if width <= 64 else 64
        self.tiles = ceil(self.columns, tile_columns)
        self.features = max(self.tiles * tile_columns, self.columns)
        self.units = self.block_rows * ceil(height, 16)
        self.defines = (f"HEIGHT={height}", f"WIDTH={width}")

    @staticmethod
    def random(height, width, density):
        scores = torch.rand(SIZE // height, SIZE // width, device=DEVICE)
        kept = round(density * scores.numel())
        return Topology(scores <= scores.flatten().kthvalue(kept).values, height, width)

    @staticmethod
    def n_of_m(n, m):
        best = torch.rand(SIZE, SIZE // m, m, device=DEVICE).topk(n, -1).indices
        mask = torch.zeros(SIZE, SIZE // m, m, device=DEVICE, dtype=torch.bool).scatter_(-1, best, True)
        return Topology(mask.reshape(SIZE, SIZE), 1, 1)

    def dense(self):
        blocks = torch.zeros(self.block_rows, self.block_columns, self.width, self.height, device=DEVICE)
        blocks[self.block_row, self.indices.long()] = self.values
        return blocks.permute(0, 3, 1, 2).reshape(self.rows, self.columns)

    def at_entries(self, matrix):
        blocks = matrix.reshape(self.block_rows, self.height, self.block_columns, self.width).permute(0, 2, 3, 1)
        return blocks[self.block_row, self.indices.long()].flatten()

    def transposed(self):
        numbers = torch.full(self.mask.shape, -1, device=DEVICE, dtype=torch.int64)
        numbers[self.block_row, self.indices.long()] = torch.arange(self.entries, device=DEVICE)
        mask = self.mask.t().contiguous()
        turned = Topology(mask, self.width, self.height, poisoned(self.entries, self.height, self.width))
        turned.sources = numbers.t().contiguous()[mask].int()
        return turned

    def index_defines(self):
        return *self.defines, "TILE=32", "WARP_ROWS=1"

    @functools.cached_property
    def cuts(self):
        cuts = torch.empty((self.tiles + 1) * self.block_rows, device=DEVICE, dtype=torch.int32)
        grid = (ceil(cuts.numel(), THREADS),)
        cut = kernel("spmm", "coppice_cuts", *self.index_defines())
        launch(cut, grid, self.starts, self.indices, cuts, self.block_rows, self.tiles)()
        return cuts


def examples():
    return 32 if BATCH <= 32 else 64 if BATCH <= 64 else 128


def pitch():
    return ceil(BATCH, examples()) * examples()


def examples_defines():
    return () if examples() == 128 else (f"TILE={examples()}",)


def turning(x, features):
    """x feature-major, and the launch that makes it so."""
    turned = poisoned(features, pitch())
    turn = kernel("transpose", "coppice_transpose")
    go = launch(turn, (pitch() // 32, ceil(features, 32)), x, None, turned, BATCH, x.shape[1], pitch(), features)
    go()
    return turned, go


def multiplying(topology, turned, bias, relu, y):
    for warp_rows in (16, 8, 4, 2, 1):
        group = max(1, warp_rows // min(topology.height, 16))
        grid = (pitch() // examples(), ceil(topology.units, 8 * group))
        if grid[0] * grid[1] >= BLOCKS_PER_MULTIPROCESSOR * multiprocessors:
            break
    rows = () if warp_rows == 16 else (f"WARP_ROWS={warp_rows}",)
    multiply = kernel("spmm", "coppice_spmm", *topology.defines, *examples_defines(), *rows)
    return launch(multiply, grid, topology.values, topology.indices, topology.cuts, turned, pitch(), bias, relu, y,
                  BATCH, topology.rows, topology.tiles)


def sampling(topology, turned_dy, turned_x, dvalues):
    defines = *topology.defines, *examples_defines()
    count, chunks = dvalues.numel(), ceil(pitch(), CHUNK)
    parts = poisoned(chunks * count)
    sample = launch(kernel("sddmm", "coppice_sddmm", *defines), (topology.tiles, ceil(topology.units, 32), chunks),
                    topology.indices, topology.cuts, turned_dy, turned_x, pitch(), CHUNK, parts, topology.block_rows,
                    topology.tiles, count)
    add = launch(kernel("sddmm", "coppice_sum_parts", *defines), (ceil(count, THREADS),), parts, dvalues, count, chunks)
    return sample, add


def in_float32(dense, x, dy, bias):
    y, dx = poisoned(BATCH, SIZE), poisoned(BATCH, SIZE)
    for height, width in ((1, 1), (4, 1), (16, 1), (32, 32)):
        for sparsity in (0.7, 0.8, 0.9, 0.95, 0.98):
            topology = Topology.random(height, width, 1 - sparsity)
            w = topology.dense()
            turned, turn = turning(x, topology.features)
            multiply = multiplying(topology, turned, bias, 1, y)
            multiply()
            wrong = error(y, torch.relu(x.double() @ w.double().t() + bias))
            forward = microseconds(turn, multiply)
            line = (f"float32 {height}x{width} {sparsity:.0%}: forward {forward:.0f} ({microseconds(multiply):.0f} without"
                    f" turning x), {dense / forward:.2f} of dense, error {wrong:.0e}")
            if topology.width * topology.height == 1:
                csr = w.to_sparse_csr()
                peer = min(microseconds(lambda: torch.mm(csr, turned[:SIZE]), repeats=5),
                           microseconds(lambda: torch.nn.functional.linear(x, csr), repeats=5))
                line += f", cuSPARSE {peer:.0f}, {peer / forward:.2f} of it"
            print(line, flush=True)

            back = topology.transposed()
            gradient, turn_dy = turning(dy, back.features)
            turn_values = launch(kernel("spmm", "coppice_turn", *back.index_defines()),
                                 (ceil(back.values.numel(), THREADS),), topology.values, back.sources, back.values,
                                 back.entries)
            turn_values()
            multiply_back = multiplying(back, gradient, None, 0, dx)
            dvalues = poisoned(topology.values.numel())
            sample, add = sampling(topology, gradient, turned, dvalues)
            for go in (multiply_back, sample, add):
                go()
            wrong = max(error(dx, dy.double() @ w.double()),
                        error(dvalues, topology.at_entries(dy.double().t() @ x.double())))
            backward = microseconds(turn_dy, turn_values, multiply_back, turn, sample, add)
            print(f"  backward {backward:.0f} (dx {microseconds(multiply_back):.0f}, dvalues {microseconds(sample, add):.0f}),"
                  f" {2 * dense / backward:.2f} of dense, error {wrong:.0e}", flush=True)


def in_bfloat16(dense, x, bias):
    half, half_bias, y = x.bfloat16(), bias.bfloat16(), poisoned(BATCH, SIZE, dtype=torch.bfloat16)
    grid = (ceil(BATCH, 128), ceil(SIZE, 256))

    def report(name, topology, values, pack, multiply):
        for go in (pack, multiply):
            go()
        w = topology.dense().bfloat16()
        wrong = error(y, torch.relu(half.double() @ w.double().t() + half_bias.double()))
        alone = microseconds(multiply)
        print(f"bfloat16 {name}: forward {alone:.0f}, {dense / alone:.2f} of dense, packing W {microseconds(pack):.0f},"
              f" error {wrong:.0e}", flush=True)

    for side in (16, 32, 64):
        for sparsity in (0.6, 0.7, 0.8, 0.9, 0.95, 0.98):
            topology = Topology.random(side, side, 1 - sparsity)
            values = topology.values.bfloat16()
            packed = torch.empty_like(values)
            pack = launch(kernel("blocks", "coppice_pack_blocks", *topology.defines), (ceil(values.numel(), THREADS),),
                          values, packed, topology.entries)
            multiply = launch(kernel("blocks", "coppice_spmm_blocks", *topology.defines), grid, packed, topology.starts,
                              topology.indices, half, half_bias, 1, y, BATCH, SIZE, SIZE, shared=SHARED_BYTES)
            report(f"{side}x{side} {sparsity:.0%}", topology, values, pack, multiply)
    for n, m in ((2, 4), (1, 4)):
        topology = Topology.n_of_m(n, m)
        values = topology.values.bfloat16()
        pieces = ceil(SIZE, 16) * ceil(SIZE, 32)
        packed = torch.empty(128 * pieces, device=DEVICE, dtype=torch.int32)
        places = torch.empty(16 * pieces, device=DEVICE, dtype=torch.int32)
        pack = launch(kernel("two_of_four", "coppice_pack_two_of_four"), (ceil(places.numel(), THREADS),), values,
                      topology.starts, topology.indices, packed, places, SIZE, SIZE)
        multiply = launch(kernel("two_of_four", "coppice_spmm_two_of_four"), grid, packed, places, half, half_bias, 1, y,
                          BATCH, SIZE, SIZE, shared=SHARED_BYTES)
        report(f"{n}:{m}", topology, values, pack, multiply)


def main():
    torch.manual_seed(1)
    torch.backends.cuda.matmul.allow_tf32 = False
    x, dy, w = (torch.randn(rows, SIZE, device=DEVICE) for rows in (BATCH, BATCH, SIZE))
    bias = torch.randn(SIZE, device=DEVICE)
    half = [tensor.bfloat16() for tensor in (x, w, bias)]

    def dense(x, w, bias):
        return min(microseconds(lambda: torch.mm(x, w.t())), microseconds(lambda: torch.nn.functional.linear(x, w, bias)))

    in_32, in_16 = dense(x, w, bias), dense(*half)
    copied = torch.empty_like(x)
    gigabytes = 2 * x.numel() * x.element_size() / 1000 / microseconds(lambda: copied.copy_(x))
    print(f"{torch.cuda.get_device_name()}, {SIZE}² by batch {BATCH}: dense float32 {in_32:.0f}, bfloat16 {in_16:.0f};"
          f" a copy moves {gigabytes:.0f} GB/s")
    in_float32(in_32, x, dy, bias)
    in_bfloat16(in_16, x, bias)


main()
