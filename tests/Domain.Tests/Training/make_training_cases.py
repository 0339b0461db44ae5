#!/usr/bin/python3
"""Writes training.jsonl: runs of torch.optim (PyTorch 1.13) and where they end, one per line.

Batches are taken in order, as a DataLoader without shuffling gives them. Lion, which torch.optim lacks, is its published program
(Chen et al., 2023, program 1) in torch tensors. Losses and norms of gradients are recorded at a few steps.
"""
import json
import math
import os

import torch

torch.set_num_threads(1)
STEPS = 200
SHOWN = [1, 2, 3, 10, 50, 100, 200]
CASES = []


class Lion(torch.optim.Optimizer):
    def __init__(self, params, lr=1e-4, betas=(0.9, 0.99), weight_decay=0.0):
        super().__init__(params, {"lr": lr, "betas": betas, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for p in group["params"]:
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                update = torch.sign(beta1 * m + (1 - beta1) * p.grad) + group["weight_decay"] * p
                self.state[p]["m"] = beta2 * m + (1 - beta2) * p.grad
                p.sub_(group["lr"] * update)


OPTIMIZERS = {"sgd": torch.optim.SGD, "adagrad": torch.optim.Adagrad, "rmsprop": torch.optim.RMSprop, "adam": torch.optim.Adam,
              "adamW": torch.optim.AdamW, "lion": Lion}
NAMES = {"learningRate": "lr", "weightDecay": "weight_decay", "momentum": "momentum", "dampening": "dampening", "nesterov": "nesterov",
         "alpha": "alpha", "centered": "centered", "epsilon": "eps", "decay": "lr_decay"}


def optimizer_of(options, params):
    given = {NAMES[name]: value for name, value in options.items() if name in NAMES}
    if "beta1" in options:
        given["betas"] = (options["beta1"], options["beta2"])
    return OPTIMIZERS[options["name"]](params, **given)


def rates(schedule, rate, steps):
    """The learning rate of each step by PyTorch's own schedulers, after the warm-up."""
    warmup = schedule.get("warmupSteps", 0)
    total = schedule.get("totalSteps", steps - warmup)
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=rate)
    made = {
        "constant": lambda: torch.optim.lr_scheduler.ConstantLR(optimizer, factor=1.0),
        "linear": lambda: torch.optim.lr_scheduler.LinearLR(optimizer, schedule.get("startFactor", 1 / 3), schedule.get("endFactor", 1.0), total),
        "cosine": lambda: torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, total, schedule.get("minimum", 0)),
        "step": lambda: torch.optim.lr_scheduler.StepLR(optimizer, schedule["stepSize"], schedule.get("gamma", 0.1)),
        "exponential": lambda: torch.optim.lr_scheduler.ExponentialLR(optimizer, schedule["gamma"]),
        "oneCycle": lambda: torch.optim.lr_scheduler.OneCycleLR(
            optimizer, schedule["maximum"], total_steps=total, pct_start=schedule.get("pctStart", 0.3), cycle_momentum=False,
            div_factor=schedule.get("divFactor", 25.0), final_div_factor=schedule.get("finalDivFactor", 1e4)),
    }[schedule["name"]]()
    result = [rate * (t + 1) / warmup for t in range(warmup)]
    while len(result) < steps:
        result.append(optimizer.param_groups[0]["lr"])
        if len(result) < steps:
            optimizer.step()
            made.step()
    return result


def case(name, model, optimizer, tolerance, schedule=None, dtype="float64", **options):
    make, expression = MODELS[model]
    torch.manual_seed(len(CASES))
    params, data, integers, loss_of = make(torch.float64 if dtype == "float64" else torch.float32)
    start = {key: flat(value) for key, value in params.items()}
    params = {key: torch.nn.Parameter(value.clone()) for key, value in params.items()}
    schedule = schedule or {"name": "constant"}
    learning_rates = rates(schedule, optimizer["learningRate"], STEPS)
    torch_optimizer = optimizer_of(optimizer, list(params.values()))
    accumulation = options.get("accumulationSteps", 1)
    count = len(next(iter(data.values())))
    size = options.get("batchSize", count)
    losses, norms = [], []
    step = 0
    while step < STEPS:
        batches = [slice(first, first + size) for first in range(0, count, size)]
        for first in range(0, len(batches), accumulation):
            if step == STEPS:
                break
            taken = batches[first:first + accumulation]
            total = 0.0
            for batch in taken:
                loss = loss_of(params, {key: value[batch] for key, value in data.items()})
                (loss / accumulation).backward()
                total += loss.item()
            norm = torch.sqrt(sum(p.grad.double().pow(2).sum() for p in params.values())).item()
            if "clipNorm" in options:
                torch.nn.utils.clip_grad_norm_(list(params.values()), options["clipNorm"])
            if "clipValue" in options:
                torch.nn.utils.clip_grad_value_(list(params.values()), options["clipValue"])
            torch_optimizer.param_groups[0]["lr"] = learning_rates[step]
            torch_optimizer.step()
            if options.get("zeroGradients", True):
                torch_optimizer.zero_grad(set_to_none=False)
            losses.append(total / len(taken))
            norms.append(norm)
            step += 1
    CASES.append({
        "name": name, "expression": expression, "dtype": dtype, "tolerance": tolerance, "steps": STEPS, "optimizer": optimizer,
        "schedule": schedule, **options,
        "parameters": start,
        "data": {key: flat(value) for key, value in data.items()}, "integers": integers,
        "learningRates": [learning_rates[at - 1] for at in SHOWN], "shown": SHOWN,
        "losses": [losses[at - 1] for at in SHOWN], "norms": [norms[at - 1] for at in SHOWN],
        "expect": {key: flat(value.detach()) for key, value in params.items()},
    })


def flat(value):
    return {"shape": list(value.shape), "data": value.reshape(-1).tolist()}


def weights(dtype, **shapes):
    return {name: torch.randn(*shape, dtype=torch.float64).mul(0.5).to(dtype) for name, shape in shapes.items()}


def regression(dtype):
    params = weights(dtype, w1=(2, 4), b1=(4,), w2=(4, 1), b2=(1,))
    data = {"x": torch.randn(10, 2, dtype=torch.float64).to(dtype), "t": torch.randn(10, 1, dtype=torch.float64).to(dtype)}
    return params, data, [], lambda p, d: ((torch.tanh(d["x"] @ p["w1"] + p["b1"]) @ p["w2"] + p["b2"] - d["t"]) ** 2).mean()


def classifier(dtype):
    params = weights(dtype, w1=(4, 8), b1=(8,), w2=(8, 8), b2=(8,), w3=(8, 3), b3=(3,))
    data = {"x": torch.randn(20, 4, dtype=torch.float64).to(dtype), "t": torch.randint(3, (20,))}

    def loss(p, d):
        h = torch.relu(d["x"] @ p["w1"] + p["b1"])
        h = torch.relu(h @ p["w2"] + p["b2"])
        return torch.nn.functional.cross_entropy(h @ p["w3"] + p["b3"], d["t"])
    return params, data, ["t"], loss


def block(dtype):
    """A transformer block before its output: attention with one head, two layers with GELU, both on normalized inputs, with residual sums."""
    d = 6
    params = weights(dtype, wq=(d, d), wk=(d, d), wv=(d, d), wo=(d, d), g1=(d,), c1=(d,), g2=(d,), c2=(d,), w1=(d, 12), b1=(12,), w2=(12, d), b2=(d,))
    data = {"x": torch.randn(8, 3, d, dtype=torch.float64).to(dtype), "t": torch.randn(8, 3, d, dtype=torch.float64).to(dtype)}

    def loss(p, given):
        x = given["x"]
        n = torch.nn.functional.layer_norm(x, (d,), p["g1"], p["c1"])
        a = torch.softmax((n @ p["wq"]) @ (n @ p["wk"]).transpose(1, 2) / 2, -1) @ (n @ p["wv"])
        y = x + a @ p["wo"]
        n = torch.nn.functional.layer_norm(y, (d,), p["g2"], p["c2"])
        z = y + torch.nn.functional.gelu(n @ p["w1"] + p["b1"]) @ p["w2"] + p["b2"]
        return ((z - given["t"]) ** 2).mean()
    return params, data, [], loss


MODELS = {
    "regression": (regression, "h = tanh(x @ w1 + b1); y = h @ w2 + b2; L = mean((y - t)^2)"),
    "classifier": (classifier, "h1 = relu(x @ w1 + b1); h2 = relu(h1 @ w2 + b2); s = h2 @ w3 + b3; L = cross_entropy(s, t)"),
    "block": (block, "n = layer_norm(x, g1, c1); a = softmax((n @ wq) @ transpose(n @ wk, (0, 2, 1)) / 2, -1) @ (n @ wv); y = x + a @ wo; "
                     "m = layer_norm(y, g2, c2); z = y + gelu(m @ w1 + b1) @ w2 + b2; L = mean((z - t)^2)"),
}


def sgd(**options):
    return {"name": "sgd", "learningRate": 0.05, **options}


def regress(name, optimizer, schedule=None, **options):
    case(name, "regression", optimizer, 1e-10, schedule, batchSize=4, **options)


regress("sgd", sgd())
regress("sgd with weight decay", sgd(weightDecay=0.01))
regress("sgd with momentum", sgd(momentum=0.9))
regress("sgd with dampening", sgd(momentum=0.9, dampening=0.3))
regress("sgd with nesterov", sgd(momentum=0.9, nesterov=True))
regress("sgd with everything", sgd(momentum=0.8, nesterov=True, weightDecay=0.02))
regress("adagrad", {"name": "adagrad", "learningRate": 0.1})
regress("adagrad with decay", {"name": "adagrad", "learningRate": 0.2, "decay": 0.05, "weightDecay": 0.01, "epsilon": 1e-8})
regress("rmsprop", {"name": "rmsprop", "learningRate": 0.01})
regress("rmsprop with momentum", {"name": "rmsprop", "learningRate": 0.002, "momentum": 0.9, "alpha": 0.95})
regress("rmsprop centered", {"name": "rmsprop", "learningRate": 0.005, "centered": True})
regress("rmsprop with everything", {"name": "rmsprop", "learningRate": 0.002, "momentum": 0.5, "centered": True, "weightDecay": 0.01, "epsilon": 1e-6})
regress("adam", {"name": "adam", "learningRate": 0.01})
regress("adam with weight decay", {"name": "adam", "learningRate": 0.01, "weightDecay": 0.05, "beta1": 0.8, "beta2": 0.99, "epsilon": 1e-6})
regress("adamW", {"name": "adamW", "learningRate": 0.01})
regress("adamW with strong decay", {"name": "adamW", "learningRate": 0.02, "weightDecay": 0.3, "beta1": 0.95, "beta2": 0.98})
regress("lion", {"name": "lion", "learningRate": 0.003})
regress("lion with weight decay", {"name": "lion", "learningRate": 0.003, "weightDecay": 0.1, "beta1": 0.95, "beta2": 0.98})

MOMENTUM = sgd(momentum=0.9)
regress("constant after a warm-up", MOMENTUM, {"name": "constant", "warmupSteps": 20})
regress("linear", MOMENTUM, {"name": "linear"})
regress("linear down", MOMENTUM, {"name": "linear", "startFactor": 1.0, "endFactor": 0.01, "totalSteps": 120})
regress("cosine", MOMENTUM, {"name": "cosine"})
regress("cosine with a minimum after a warm-up", MOMENTUM, {"name": "cosine", "minimum": 0.001, "warmupSteps": 15})
regress("step", MOMENTUM, {"name": "step", "stepSize": 60})
regress("step with gamma", MOMENTUM, {"name": "step", "stepSize": 7, "gamma": 0.9})
regress("exponential", MOMENTUM, {"name": "exponential", "gamma": 0.98, "warmupSteps": 5})
regress("one cycle", MOMENTUM, {"name": "oneCycle", "maximum": 0.1})
regress("one cycle with its factors", MOMENTUM, {"name": "oneCycle", "maximum": 0.08, "pctStart": 0.45, "divFactor": 10.0, "finalDivFactor": 100.0})

regress("clip by norm", MOMENTUM, clipNorm=0.3)
regress("clip by value", MOMENTUM, clipValue=0.1)
regress("clip by norm and by value", {"name": "adam", "learningRate": 0.01}, clipNorm=0.5, clipValue=0.1)
regress("accumulation", MOMENTUM, accumulationSteps=2)
regress("accumulation and clipping", {"name": "adamW", "learningRate": 0.01}, {"name": "cosine"}, accumulationSteps=2, clipNorm=0.2)
regress("gradients never zeroed", {"name": "sgd", "learningRate": 0.002}, zeroGradients=False)
regress("gradients never zeroed, accumulated and clipped", {"name": "sgd", "learningRate": 0.01}, zeroGradients=False, accumulationSteps=3, clipNorm=0.5)

ADAMW = {"name": "adamW", "learningRate": 0.01, "weightDecay": 0.05}
WARM = {"name": "cosine", "warmupSteps": 20}
case("a classifier, adamW with warm-up, cosine and clipping", "classifier", ADAMW, 1e-8, WARM, batchSize=8, clipNorm=0.5)
case("a transformer block, adamW with warm-up, cosine and clipping", "block", ADAMW, 1e-8, WARM, batchSize=3, clipNorm=0.5)

for optimizer in [sgd(momentum=0.9), {"name": "adagrad", "learningRate": 0.1}, {"name": "rmsprop", "learningRate": 0.002},
                  {"name": "adam", "learningRate": 0.01}, {"name": "adamW", "learningRate": 0.01}]:
    case(f"{optimizer['name']} in float32", "regression", optimizer, 1e-4, dtype="float32", batchSize=4)
case("a classifier in float32", "classifier", ADAMW, 1e-3, WARM, dtype="float32", batchSize=8, clipNorm=0.5)

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "training.jsonl"), "w", encoding="utf-8") as file:
    for made in CASES:
        file.write(json.dumps(made, separators=(",", ":")) + "\n")
