"""The PyTorch side of bench/compare: reads one JSON query per line, answers with one JSON line.

{"load": case, "inputs": [...], "device": "cpu", "folder": path} runs the case once and writes value and gradients as float64 files;
{"load": case, "training": {"foreach": …}, …} makes five steps of training and writes the parameters; further runs go on from there.
{"time": case, "device": "cpu", "seconds": s} gives the median milliseconds of one run.
"""
import gc
import itertools
import json
import os
import statistics
import sys
import time

import torch
import torch.nn.functional as F

SHORTEST_SAMPLE = 1e-4
TYPES = {"float32": torch.float32, "float64": torch.float64, "int64": torch.int64}


def matrix_product(i):
    return torch.mm(i["a"], i["b"])


def wave(i):
    x = i["x"]
    return (torch.exp(-x * x) * torch.sin(x)).sum()


def cross_entropy(i):
    return F.cross_entropy(i["z"], i["t"])


def mlp(i):
    h = torch.relu(torch.addmm(i["b1"], i["x"], i["w1"]))
    h = torch.relu(torch.addmm(i["b2"], h, i["w2"]))
    return F.cross_entropy(torch.addmm(i["b3"], h, i["w3"]), i["t"])


def transformer(i):
    x, heads = i["x"], 4
    batch, tokens, width = x.shape

    def split(y):
        return y.view(batch, tokens, heads, width // heads).transpose(1, 2)

    n = F.layer_norm(x, (width,), i["g1"], i["c1"])
    q, k, v = (split(y) for y in F.linear(n, i["wqkv"].t(), i["bqkv"]).chunk(3, dim=-1))
    p = torch.softmax(q @ k.transpose(-2, -1) * (width // heads) ** -0.5, dim=-1)
    h = x + F.linear((p @ v).transpose(1, 2).reshape(batch, tokens, width), i["wo"].t(), i["bo"])
    n = F.layer_norm(h, (width,), i["g2"], i["c2"])
    y = h + F.linear(F.gelu(F.linear(n, i["w1"].t(), i["b1"])), i["w2"].t(), i["b2"])
    return (y * y).mean()


def convolution(i):
    y = F.conv2d(i["x"], i["w"], i["b"], padding=1)
    return (y * y).mean()


def cnn(i):
    h = F.batch_norm(F.conv2d(i["x"], i["w1"], i["b1"], padding=1), None, None, i["g"], i["c"], training=True)
    h = F.max_pool2d(F.relu(h), 2)
    h = F.max_pool2d(F.relu(F.conv2d(h, i["w2"], i["b2"], padding=1)), 2)
    return F.cross_entropy(torch.addmm(i["b3"], h.flatten(1), i["w3"]), i["t"])


def seed(i):
    d = i["a"] * i["b"]
    e = d + i["c"]
    return e**2


def small(i):
    return F.mse_loss(torch.addmm(i["b2"], torch.tanh(torch.addmm(i["b1"], i["x"], i["w1"])), i["w2"]), i["t"])


CASES = {f.__name__: f for f in (matrix_product, wave, cross_entropy, mlp, transformer, convolution, cnn, seed, small)}
FIRST_STEPS = 5


def runner(value, inputs, wrt):
    leaves = [inputs[name] for name in wrt]
    if not leaves:
        return lambda: (value(inputs),)

    def run():
        result = value(inputs)
        return (result, *torch.autograd.grad(result, leaves))

    return run


def gpu_runner(value, inputs, wrt):
    """From values in the host's memory to answers there, as a request needs it."""

    def run():
        there = {name: tensor.to("cuda").requires_grad_(name in wrt) for name, tensor in inputs.items()}
        return [result.detach().cpu() for result in runner(value, there, wrt)()]

    return run


def trainer(value, inputs, wrt, options):
    """The usual loop, without the cost of a DataLoader: batches are slices of the data, in order."""
    leaves = [inputs[name] for name in wrt]
    if options["optimizer"] == "sgd":
        optimizer = torch.optim.SGD(leaves, lr=options["learningRate"], foreach=options["foreach"])
    else:
        optimizer = torch.optim.AdamW(leaves, lr=options["learningRate"], foreach=options["foreach"])
    data = {name: tensor for name, tensor in inputs.items() if name not in wrt}
    size, count = options["batchSize"], len(next(iter(data.values())))
    clip, parameters, batches = options["clipNorm"], {name: inputs[name] for name in wrt}, itertools.cycle(range(0, count, size))

    def run():
        first = next(batches)
        batch = data if size == count else {name: tensor[first : first + size] for name, tensor in data.items()}
        optimizer.zero_grad(set_to_none=True)
        loss = value({**batch, **parameters})
        loss.backward()
        if clip:
            torch.nn.utils.clip_grad_norm_(leaves, clip)
        optimizer.step()
        return loss.item()

    return run


def load(question):
    inputs, wrt = {}, []
    for entry in question["inputs"]:
        with open(entry["file"], "rb") as file:
            tensor = torch.frombuffer(bytearray(file.read()), dtype=TYPES[entry["dtype"]])
        tensor = tensor.reshape(entry["shape"]).clone()
        if entry["differentiated"]:
            wrt.append(entry["name"])
        inputs[entry["name"]] = tensor
    if question["device"] == "cpu":
        for name in wrt:
            inputs[name].requires_grad_()
    if "training" in question:
        run = trainer(CASES[question["load"]], inputs, wrt, question["training"])
        for _ in range(FIRST_STEPS):
            run()
        return run, written(question, (inputs[name] for name in wrt))
    run = (runner if question["device"] == "cpu" else gpu_runner)(CASES[question["load"]], inputs, wrt)
    return run, written(question, run())


def written(question, tensors):
    results = []
    for place, result in enumerate(tensors):
        results.append(os.path.join(question["folder"], f"result{place}.bin"))
        result.detach().cpu().to(torch.float64).contiguous().numpy().tofile(results[-1])
    return results


def measure(run, seconds, wait):
    def sample(repeat):
        begin = time.perf_counter()
        for _ in range(repeat):
            run()
        wait()
        return (time.perf_counter() - begin) / repeat

    repeat = max(1, int(SHORTEST_SAMPLE / sample(1)))
    end = time.perf_counter() + seconds
    samples = []
    while len(samples) < 3 or time.perf_counter() < end:
        samples.append(sample(repeat))
    return 1e3 * statistics.median(samples)


def answer(question, loaded):
    if "load" in question:
        loaded[question["load"]], results = load(question)
        return {"results": results}
    wait = torch.cuda.synchronize if question["device"] == "cuda" else lambda: None
    return {"ms": measure(loaded[question["time"]], question["seconds"], wait)}


def main():
    torch.set_num_threads(os.cpu_count())
    gc.disable()
    loaded = {}
    print(json.dumps({"cuda": torch.cuda.is_available(), "version": torch.__version__}), flush=True)
    for line in sys.stdin:
        try:
            print(json.dumps(answer(json.loads(line), loaded)), flush=True)
        except (RuntimeError, KeyError, ValueError) as error:
            print(json.dumps({"error": f"{type(error).__name__}: {error}"}), flush=True)


main()
