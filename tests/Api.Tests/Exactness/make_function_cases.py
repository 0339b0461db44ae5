#!/usr/bin/python3
"""Writes functions.jsonl: values and gradients of functions of whole arrays and of matrices, from PyTorch (1.13), from NumPy where PyTorch has no such function, or by analysis."""
import json
import os

import mpmath
import numpy
import torch

mpmath.mp.dps = 40
torch.set_default_dtype(torch.float64)
CASES = []
SEEDS = [0.5, -1.25, 2.0, 0.75, -0.5, 1.5, -2.0, 1.0, 0.25, -0.75, 1.75]
PLAIN = [[2, -0.5, 0.3], [0.4, 1.5, -0.7], [-0.2, 0.6, 1.8]]
DEFINITE = [[2.5, 0.5, -0.25], [0.5, 1.75, 0.625], [-0.25, 0.625, 1.5]]
TALL = [[1.25, -0.5], [0.25, 1], [-1.125, 0.5], [0.75, 1.5]]
WIDE = [[1.25, 0.25, -1.125, 0.75], [-0.5, 1, 0.5, 1.5]]


def wire(x):
    return x.detach().tolist() if isinstance(x, torch.Tensor) else x


def add(kind, source, route, body, expect, relative, absolute, status=200, says=None):
    CASES.append({"kind": kind, "source": source, "route": route, "body": body, "expect": expect, "status": status, "says": says, "relative": relative, "absolute": absolute})


def torched(kind, expression, function, relative=1e-12, absolute=1e-13, **inputs):
    """Value and gradients as PyTorch has them, with a seed of uneven numbers."""
    leaves = {name: torch.tensor(value).requires_grad_(True) for name, value in inputs.items()}
    y = function(**leaves)
    seed = torch.tensor([SEEDS[i % len(SEEDS)] for i in range(y.numel())]).reshape(y.shape)
    grads = torch.autograd.grad(y, list(leaves.values()), seed)
    expect = {"value": wire(y), **{f"gradients.{name}": wire(grad) for name, grad in zip(leaves, grads)}}
    add(kind, "PyTorch", "gradients", {"expression": f"out={expression}", "inputs": inputs, "seed": wire(seed)}, expect, relative, absolute)


def known(expression, expect, route="gradients", source="analysis", relative=1e-14, absolute=0, **inputs):
    add("known", source, route, {"expression": f"L={expression}", "inputs": inputs}, expect, relative, absolute)


def refused(expression, says, **inputs):
    add("refused", "", "gradients", {"expression": f"L={expression}", "inputs": inputs}, {}, 0, 0, 422, says)


KIND = "scans"
torched(KIND, "cumprod(x, axis=1)", lambda x: x.cumprod(1), x=[[2, -0.5, 0.25, 3], [1.5, 0, 2, -1]])
torched(KIND, "cumprod(x)", lambda x: x.cumprod(0), x=[0.0, 2, 0, 3])
torched(KIND, "cummax(x, axis=0)", lambda x: x.cummax(0).values, x=[1, 3, 2, 3, 5, 5, 4.0])
torched(KIND, "cummin(x, axis=0)", lambda x: x.cummin(0).values, x=[4, 3, 3, 5, 2, 2.0])
torched(KIND, "logcumsumexp(x, axis=0)", lambda x: x.logcumsumexp(0), x=[0.5, -2, 3, 1.25, 1.25])
torched(KIND, "logcumsumexp(x, axis=-1)", lambda x: x.logcumsumexp(-1), x=[[1000, 1000, 999.5], [-1000, -1001, -800]])
known("sum(cumprod(x))", {"value": 3, "gradients.x": [1, 48, 0, 0]}, x=[3, 0, 5, 2])
known("sum(cumprod(x))", {"value": 4, "gradients.x": [1, 4, 0, 0]}, x=[4, 0, 0, 7])
known("logcumsumexp(x)", {"outputs.L": ["-Infinity", "-Infinity", 1, 1.3132616875182228, "Infinity"]}, "evaluations", x=["-Infinity", "-Infinity", 1, 0, "Infinity"])
add(KIND, "no weight for what is 0", "gradients", {"expression": "y=logcumsumexp(x)", "inputs": {"x": ["-Infinity", "-Infinity", 1, 0]}, "seed": [0, 0, 1, 1]}, {"gradients.x": [0, 0, 1.731058578630005, 0.2689414213699951]}, 1e-14, 0)

KIND = "order"
torched(KIND, "sort(x)", lambda x: x.sort(-1).values, x=[[3, 1, 2.5], [0, -1, 4]])
torched(KIND, "sort(x, axis=0, descending=True)", lambda x: x.sort(0, descending=True).values, x=[[3, 1], [0, -1], [2, 5.0]])
torched(KIND, "quantile(x, 0.3, axis=1)", lambda x: torch.quantile(x, 0.3, dim=1), x=[[3, 1, 2.5, 7], [0, -1, 4, 9]])
torched(KIND, "percentile(x, 85)", lambda x: torch.quantile(x, 0.85), x=[3, 1, 2.5, 7, -2])
torched(KIND, "median(x, axis=0)", lambda x: torch.quantile(x, 0.5, dim=0), x=[[3, 1], [0, -1], [2, 5.0], [7, 8]])
known("argsort(x)", {"outputs.L": [1, 3, 0, 2]}, "evaluations", "stable", x=[2, 1, 2, 1])
known("median(x)", {"value": "NaN"}, source="NumPy", x=[2, "NaN", 1])

KIND = "matrices"
torched(KIND, "inv(a)", lambda a: torch.linalg.inv(a), a=PLAIN)
torched(KIND, "solve(a, b)", lambda a, b: torch.linalg.solve(a, b), a=PLAIN, b=[[1, 2], [3, -1], [0.5, 0.25]])
torched(KIND, "solve(a, b)", lambda a, b: torch.linalg.solve(a, b), a=PLAIN, b=[1, 2, -0.5])
torched(KIND, "triangular_solve(a, b)", lambda a, b: torch.linalg.solve_triangular(a, b, upper=False), a=PLAIN, b=[[1, 2], [3, -1], [0.5, 0.25]])
torched(KIND, "triangular_solve(a, b, lower=False)", lambda a, b: torch.linalg.solve_triangular(a, b, upper=True), a=PLAIN, b=[[1.0], [3], [0.5]])
torched(KIND, "cholesky(a)", lambda a: torch.linalg.cholesky((a + a.T) / 2), a=DEFINITE)
torched(KIND, "cholesky(a, upper=1)", lambda a: torch.linalg.cholesky((a + a.T) / 2).T, a=DEFINITE)
torched(KIND, "slogdet(a)", lambda a: torch.linalg.slogdet(a).logabsdet, a=PLAIN)
torched(KIND, "logdet(a)", lambda a: torch.logdet(a), a=PLAIN)
torched(KIND, "qr(a)", lambda a: torch.linalg.qr(a).Q, a=PLAIN)
torched(KIND, "qr(a, output=R)", lambda a: torch.linalg.qr(a).R, a=TALL)
torched(KIND, "qr(a, output='R')", lambda a: torch.linalg.qr(a).R, a=WIDE)
torched(KIND, "eigvalsh(a)", lambda a: torch.linalg.eigvalsh((a + a.T) / 2), a=DEFINITE)
torched(KIND, "square(eigh(a, output='eigenvectors'))", lambda a: torch.linalg.eigh((a + a.T) / 2).eigenvectors ** 2, a=DEFINITE)
torched(KIND, "svdvals(a)", lambda a: torch.linalg.svdvals(a), a=TALL)
torched(KIND, "square(svd(a))", lambda a: torch.linalg.svd(a, full_matrices=False).U ** 2, a=TALL)
torched(KIND, "square(svd(a, output='Vh'))", lambda a: torch.linalg.svd(a, full_matrices=False).Vh ** 2, a=WIDE)
torched(KIND, "pinv(a)", lambda a: torch.linalg.pinv(a), a=TALL)
torched(KIND, "pinv(a)", lambda a: torch.linalg.pinv(a), a=WIDE)
torched(KIND, "lstsq(a, b)", lambda a, b: torch.linalg.lstsq(a, b).solution, a=TALL, b=[[1.0], [2], [-1], [0.5]])
torched(KIND, "expm(a)", lambda a: torch.matrix_exp(a), a=PLAIN)
torched(KIND, "expm(a)", lambda a: torch.matrix_exp(a), a=[[12, -5.5], [30, 2.25]], relative=1e-11)
torched(KIND, "matrix_power(a, 3)", lambda a: torch.linalg.matrix_power(a, 3), a=PLAIN)
torched(KIND, "matrix_power(a, -2)", lambda a: torch.linalg.matrix_power(a, -2), a=PLAIN)
torched(KIND, "trace(a)", lambda a: torch.trace(a), a=PLAIN)
torched(KIND, "diagonal(a, 1)", lambda a: torch.diagonal(a, 1), a=WIDE)
torched(KIND, "diag(x, -1)", lambda x: torch.diag(x, -1), x=[1, 2.5])
torched(KIND, "outer(x, y)", lambda x, y: torch.outer(x, y), x=[1, 2.5], y=[3, -1, 0.5])
torched(KIND, "inner(x, y)", lambda x, y: torch.inner(x, y), x=TALL, y=TALL[:3])
torched(KIND, "kron(x, y)", lambda x, y: torch.kron(x, y), x=TALL, y=PLAIN)
torched(KIND, "cross(x, y)", lambda x, y: torch.cross(x, y, dim=-1), x=[1, 2.5, -1], y=[3, -1, 0.5])
torched(KIND, "tensordot(x, y, 1)", lambda x, y: torch.tensordot(x, y, 1), x=TALL, y=WIDE)
torched(KIND, "multi_dot(x, y, z)", lambda x, y, z: torch.linalg.multi_dot([x, y, z]), x=TALL, y=WIDE, z=TALL)
torched(KIND, "tensorinv(reshape(a, shape=(4, 2, 2)), 1)", lambda a: torch.linalg.inv(a).reshape(2, 2, 4), a=[[2, -0.5, 0.3, 0.4], [0.1, 1.5, -0.7, -0.2], [0.6, 0.3, 1.8, 0.2], [-0.1, 0.4, 0.2, 1.6]])

known("sum(cholesky(a))", {"gradients.a": [[0.21338834764831843, 0.07322330470336313], [0.07322330470336313, 0.35355339059327373]]}, a=[[4, 2], [2, 3]])
known("slogdet(a)", {"value": -782.1857844374156, "gradients.a": [[1e170, 0], [0, 5e169]]}, a=[[1e-170, 0], [0, 2e-170]])
known("sum(eigvalsh(a))", {"value": 4, "gradients.a": [[1, 0], [0, 1]]}, a=[[2, 0], [0, 2]])
known("sum(svdvals(a))", {"value": 4, "gradients.a": [[1, 0], [0, 1]]}, a=[[2, 0], [0, 2]])
add("warnings", "the limit is not 0", "hessians", {"expression": "L=sum(log(eigvalsh(a)))", "inputs": {"a": [[2, 0], [0, 2]]}}, {}, 0, 0, 200, "coincide")
known("sum(log(eigvalsh(a)))", {"hessians.a.a": [[[[-0.25, 0], [0, 0]], [[0, -0.0625], [-0.0625, 0]]], [[[0, -0.0625], [-0.0625, 0]], [[0, 0], [0, -0.0625]]]]}, "hessians", "-inv(a) x inv(a), symmetrized", absolute=1e-15, a=[[2, 0], [0, 4]])
known("logdet(a)", {"value": "NaN"}, a=[[1, 2], [3, 4]])
known("sum(inv(a))", {"value": "NaN"}, source="a singular matrix: NaN, with a warning", a=[[1, 2], [2, 4]])
known("sum(pinv(a))", {"value": 0.36}, a=[[1, 2], [2, 4]])
known("sum(cov(x))", {"value": 7}, x=[[1, 2, 3], [4, 8, 6]])
add("float32", "the definition", "evaluations", {"expression": "y=inv(a)", "inputs": {"a": {"dtype": "float32", "shape": [2, 2], "data": [4, 2, 2, 3]}}}, {"outputs.y": [[0.375, -0.25], [-0.25, 0.5]]}, 2e-7, 0)
for says, expression in [("singular", "sum(inv(a))"), ("positive definite", "sum(cholesky(a-3))"), ("singular", "sum(solve(a, x))")]:
    add("warnings", "", "gradients", {"expression": f"L={expression}", "inputs": {"a": [[1, 2], [2, 4]], **({"x": [1, 2]} if "x)" in expression else {})}}, {"value": "NaN"}, 0, 0, 200, says)
add("warnings", "", "gradients", {"expression": "L=sum(eigh(a, output=1)*w)", "inputs": {"a": [[2, 0], [0, 2]], "w": [[1, 2], [3, 4]]}, "wrt": ["a"]}, {}, 0, 0, 200, "coincide")

KIND = "arrays"
torched(KIND, "std(x, axis=1, correction=1)", lambda x: x.std(1), x=[[1, 2, 4.5], [3, -1, 0]])
torched(KIND, "cov(x)", lambda x: torch.cov(x), x=[[1, 2, 4.5], [3, -1, 0]])
torched(KIND, "corrcoef(x)", lambda x: torch.corrcoef(x), x=[[1, 2, 4.5], [3, -1, 0]])
torched(KIND, "flip(x, axis=(0, 1))", lambda x: x.flip(0, 1), x=TALL)
torched(KIND, "roll(x, 1, 0)", lambda x: x.roll(1, 0), x=TALL)
torched(KIND, "roll(x, -3)", lambda x: x.roll(-3), x=TALL)
torched(KIND, "rot90(x)", lambda x: x.rot90(), x=TALL)
torched(KIND, "rot90(x, 3)", lambda x: x.rot90(3), x=TALL)
torched(KIND, "moveaxis(x, 0, 1)", lambda x: x.moveaxis(0, 1), x=TALL)
torched(KIND, "swapaxes(x, 0, 1)", lambda x: x.swapaxes(0, 1), x=TALL)
torched(KIND, "permute(x, 1, 0)", lambda x: x.permute(1, 0), x=TALL)
torched(KIND, "stack(x, y, axis=1)", lambda x, y: torch.stack([x, y], 1), x=[1, 2.5], y=[3, -1.0])
torched(KIND, "concatenate(x, y, axis=-1)", lambda x, y: torch.cat([x, y], -1), x=TALL, y=TALL)
torched(KIND, "repeat(x, 2, 1)", lambda x: x.repeat_interleave(2, 1), x=TALL)
torched(KIND, "block_diag(x, y)", lambda x, y: torch.block_diag(x, y), x=TALL, y=PLAIN)
torched(KIND, "diff(x, 0)", lambda x: x.diff(dim=0), x=TALL)
torched(KIND, "trapezoid(y, x)", lambda y, x: torch.trapezoid(y, x), y=[1, 2.5, 3], x=[0, 0.5, 2.0])
torched(KIND, "trapezoid(y, dx=0.25)", lambda y: torch.trapezoid(y, dx=0.25), y=[1, 2.5, 3])
torched(KIND, "cdist(x, y)", lambda x, y: torch.cdist(x, y), x=TALL, y=[[0.5, 1], [2, -1.0]])
torched(KIND, "vander(x)", lambda x: torch.stack([x ** 2, x, x ** 0], -1), x=[1, 2.5, -3])
torched(KIND, "addmm(x, y, z, beta=0.5, alpha=2)", lambda x, y, z: torch.addmm(x, y, z, beta=0.5, alpha=2), x=[[1.0, 2], [3, 4]], y=WIDE, z=TALL)
torched(KIND, "glu(x)", lambda x: torch.nn.functional.glu(x), x=WIDE)
torched(KIND, "logaddexp2(x, y)", lambda x, y: torch.logaddexp2(x, y), x=[1, 2000.0], y=[3, 2001.0])
torched(KIND, "lerp(x, y, w)", lambda x, y, w: torch.lerp(x, y, w), x=[1, 2.0], y=[3, -1.0], w=[0.25, 0.5])
torched(KIND, "bilinear(x, y, w)", lambda x, y, w: torch.nn.functional.bilinear(x, y, w), x=[[1, 2.0]], y=[[3, -1, 0.5]], w=[[[1, 2, 3], [4, 5, 6.0]], [[-1, 0.5, 2], [1, 1, 0]]])
torched(KIND, "nanmax(x)", lambda x: x.amax(), x=[1, 2.0, -3])
torched(KIND, "normalize(x)", lambda x: torch.nn.functional.normalize(x), x=TALL)
torched(KIND, "pixel_shuffle(x, 2)", lambda x: torch.pixel_shuffle(x, 2), x=[[[[1.0]], [[2]], [[3]], [[4]]]])
torched(KIND, "conv1d(x, w, padding=1, stride=2)", lambda x, w: torch.nn.functional.conv1d(x, w, padding=1, stride=2), x=[[[1, 2.5, -1, 0.5, 3]]], w=[[[0.5, -1, 2]]])
torched(KIND, "conv2d(x, w, b, padding=(0, 1))", lambda x, w, b: torch.nn.functional.conv2d(x, w, b, padding=(0, 1)), x=[[[[1, 2.5], [-1, 0.5]]]], w=[[[[0.5, -1], [2, 1]]]], b=[0.25])
torched(KIND, "layer_norm(x)", lambda x: torch.nn.functional.layer_norm(x, (4,)), x=WIDE)
torched(KIND, "batch_norm(x, m, v, w, b)", lambda x, m, v, w, b: (x - m) / torch.sqrt(v + 1e-5) * w + b, x=TALL, m=[0.5, 1], v=[2, 3.0], w=[1.5, 1], b=[0, 0.5])
torched(KIND, "piecewise(x < 0, -x, x < 1, x^2, 2*x)", lambda x: torch.where(x < 0, -x, torch.where(x < 1, x ** 2, 2 * x)), x=[-2, 0.5, 3])
torched(KIND, "polyval(p, x)", lambda p, x: p[0] * x ** 2 + p[1] * x + p[2], p=[2, -1, 0.5], x=[1.5, -2])
for a, v in [([1, 2, 3], [0, 1, 0.5]), ([1, 2.5, -1, 4], [1, 3]), ([1, 2], [3, -1, 4, 2])]:
    for mode in ["full", "same", "valid"]:
        add(KIND, "NumPy", "evaluations", {"expression": f"y=convolve(a, v, mode='{mode}')", "inputs": {"a": a, "v": v}}, {"outputs.y": numpy.convolve(a, v, mode).tolist()}, 1e-14, 1e-14)
        add(KIND, "NumPy", "evaluations", {"expression": f"y=correlate(a, v, mode='{mode}')", "inputs": {"a": a, "v": v}}, {"outputs.y": numpy.correlate(a, v, mode).tolist()}, 1e-14, 1e-14)
POINTS = [-1, 0, 0.25, 1, 1.5, 2, 7]
add(KIND, "NumPy", "evaluations", {"expression": "y=interp(x, p, f)", "inputs": {"x": POINTS, "p": [0, 1, 2], "f": [0.5, 2, 1]}}, {"outputs.y": numpy.interp(POINTS, [0, 1, 2], [0.5, 2, 1]).tolist()}, 1e-14, 1e-14)
known("count_nonzero(x)", {"outputs.L": 2}, "evaluations", x=[0, 1, 2])
known("where(any(x > 1), 5, 6) + where(all(x > 1), 1.0, 2)", {"outputs.L": 7}, "evaluations", x=[0, 1, 2])
for expression, expected in [("linspace(0.0, 1.0, 5) + 0*x", [0, 0.25, 0.5, 0.75, 1]), ("zeros(2) + x", [3, 3]), ("ones(shape=(2,)) + x", [4, 4]), ("eye(2) * x", [[3, 0], [0, 3]]),
                             ("full(2.5, shape=(2,)) * x", [7.5, 7.5]), ("zeros_like(x) + 1", 1), ("sinpi(x)", 0), ("cospi(x + 0.5)", 0), ("entr(x - 3)", 0), ("vander(x + zeros(2), 3)", [[9, 3, 1], [9, 3, 1]])]:
    known(expression, {"outputs.L": expected}, "evaluations", x=3.0)
known("entr(x)", {"value": 0, "gradients.x": "Infinity"}, x=0.0)
known("sinpi(x)", {"value": 1, "gradients.x": 0}, x=0.5, absolute=1e-15)

F = torch.nn.functional
IMAGE = [[[[1, 2.5, -1, 0.5], [3, -0.25, 2, 1]], [[0.75, 1.5, -2, 1], [0.25, -1, 0.5, 4]]]]


def whole(*values):
    return {"dtype": "int64", "shape": [len(values)], "data": list(values)}


KIND = "layers and aliases"
torched(KIND, "group_norm(x, 2, w, b)", lambda x, w, b: F.group_norm(x, 2, w, b), x=[[[1, 2.5], [-1, 0.5], [3, 2], [0, 1]]], w=[1.5, 1, 0.5, 2], b=[0, 0.5, 1, -1])
torched(KIND, "instance_norm(x, w, b)", lambda x, w, b: F.instance_norm(x, weight=w, bias=b), x=IMAGE, w=[1.5, 1], b=[0, 0.5])
torched(KIND, "rms_norm(x, w, eps=0.01)", lambda x, w: x / torch.sqrt((x * x).mean(-1, keepdim=True) + 0.01) * w, x=WIDE, w=[1, 2, 0.5, 1.5])
torched(KIND, "layer_norm(x, w, b)", lambda x, w, b: F.layer_norm(x, (4,), w, b), x=WIDE, w=[1, 2, 0.5, 1.5], b=[0, 0.5, 1, -1])
torched(KIND, "avg_pool(x, kernel_shape=(2, 2))", lambda x: F.avg_pool2d(x, 2, 1), x=IMAGE)
torched(KIND, "scaled_dot_product_attention(q, k, v)", lambda q, k, v: F.softmax(q @ k.transpose(-1, -2) / 2 ** 0.5, -1) @ v, q=[[[[1, 0.5], [2, -1]]]], k=[[[[0.5, 1], [1, -1], [0, 2]]]], v=[[[[1, 2.0], [3, 4], [-1, 0]]]])
torched(KIND, "softmax2d(x)", lambda x: F.softmax(x, -3), x=IMAGE)
torched(KIND, "bmm(x, y)", lambda x, y: torch.bmm(x, y), x=[TALL], y=[WIDE])
torched(KIND, "T(x)", lambda x: x.T, x=TALL)
torched(KIND, "tr(x)", lambda x: torch.trace(x), x=PLAIN)
torched(KIND, "horner(p, x)", lambda p, x: p[0] * x + p[1], p=[2, -1.0], x=[1.5, -2])
torched(KIND, "expand_dims(x, 1)", lambda x: x[:, None], x=TALL)
torched(KIND, "broadcast_to(x, shape=(3, 2))", lambda x: x.expand(3, 2), x=[1, 2.5])
torched(KIND, "circshift(x, 1)", lambda x: x.roll(1), x=[1, 2.5, 3])
torched(KIND, "ifelse(x > 1, x, 2*x)", lambda x: torch.where(x > 1, x, 2 * x), x=[0.5, 2])
torched(KIND, "select(x > 1, x, 2*x)", lambda x: torch.where(x > 1, x, 2 * x), x=[0.5, 2])
torched(KIND, "nanmin(x)", lambda x: x.amin(), x=[1, 2.0, -3])
torched(KIND, "full_like(x, 2) * x", lambda x: 2 * x, x=TALL)
torched(KIND, "ones_like(x) * x", lambda x: 1 * x, x=TALL)
torched(KIND, "take(x, 2)", lambda x: x.reshape(-1)[2], x=TALL)
torched(KIND, "where(isfinite(x), x, 0)", lambda x: 1 * x, x=[1, 2.0])
known("nanmax(x)", {"value": 3, "gradients.x": [0, 0, 1]}, x=[1, "NaN", 3])
known("nanmin(x)", {"value": 1, "gradients.x": [1, 0, 0]}, x=[1, "NaN", 3])
known("rect(x)", {"outputs.L": [1, 0.5, 0]}, "evaluations", x=[0.25, 0.5, 2])
known("arange(3) + x", {"outputs.L": [0.5, 1.5, 2.5]}, "evaluations", x=0.5)
known("arange(1, 7, 2) + x", {"outputs.L": [1.5, 3.5, 5.5]}, "evaluations", x=0.5)
known("sum(interpolate(x, scales=(1, 1, 2, 2), mode='linear'))", {"value": 55}, x=IMAGE)
for expression, function in [("cross_entropy(x, t)", F.cross_entropy), ("nll_loss(log_softmax(x), t, reduction='sum')", lambda x, t: F.cross_entropy(x, t, reduction="sum"))]:
    x, t = torch.tensor([[0.5, -1, 2], [1, 0.25, -0.5]]).requires_grad_(True), torch.tensor([2, 0])
    (grad,) = torch.autograd.grad(function(x, t), x)
    add(KIND, "PyTorch", "gradients", {"expression": f"L={expression}", "inputs": {"x": wire(x), "t": whole(2, 0)}}, {"value": wire(function(x, t)), "gradients.x": wire(grad)}, 1e-13, 1e-14)
for expression, expected in [("embedding(i, x)", [[0.25, 1], [1.25, -0.5]]), ("index_select(x, 0, i)", [[0.25, 1], [1.25, -0.5]]), ("take(x, i, 0)", [[0.25, 1], [1.25, -0.5]]), ("take(x, i)", [-0.5, 1.25])]:
    add(KIND, "PyTorch, NumPy", "evaluations", {"expression": f"y={expression}", "inputs": {"x": TALL, "i": whole(1, 0)}}, {"outputs.y": expected}, 0, 0)

KIND = "special functions"
ERFCINV = lambda x: mpmath.findroot(lambda y: mpmath.log(mpmath.erfc(y)) - mpmath.log(x), 10 if x < 1e-20 else 1)
NDTR = lambda x: mpmath.erfc(-x / mpmath.sqrt(2)) / 2
SPECIAL = {
    "erfinv(x)": (mpmath.erfinv, [0.9, -0.25, 1e-9, 0.999999]), "erfcinv(x)": (ERFCINV, [0.25, 1e-3, 1e-60, 1.5]),
    "erfcx(x)": (lambda x: mpmath.exp(x * x) * mpmath.erfc(x), [-1.5, 0.25, 0.75, 4, 30]), "gamma(x)": (mpmath.gamma, [0.25, 3.5, -1.5, 20.5, 150.25]),
    "i0(x)": (lambda x: mpmath.besseli(0, x), [-2.5, 0.5, 30, 600]), "i1(x)": (lambda x: mpmath.besseli(1, x), [-2.5, 0.5, 30, 600]),
    "ndtri(x)": (lambda p: -mpmath.sqrt(2) * ERFCINV(2 * p), [0.25, 1e-10, 0.75]), "log_ndtr(x)": (lambda x: mpmath.log(NDTR(x)), [-30, -1.5, -0.5, 2, 8]),
    "zeta(3, x)": (lambda x: mpmath.zeta(3, x), [0.5, 4]), "zeta(2, x)": (lambda x: mpmath.zeta(2, x), [1.5]), "polygamma(2, x)": (lambda x: mpmath.polygamma(2, x), [1.5]),
    "beta(x, 2.5)": (lambda x: mpmath.beta(x, 2.5), [0.5, 3, 100]), "logaddexp2(x, 3)": (lambda x: mpmath.log(2 ** x + 8, 2), [1, 3]),
    "entr(x)": (lambda x: -x * mpmath.log(x), [0.3, 5]), "sinpi(x)": (lambda x: mpmath.sin(mpmath.pi * x), [0.25, -3.75, 1e6 + 0.25]), "cospi(x)": (lambda x: mpmath.cos(mpmath.pi * x), [0.25, -3.75, 0.4]),
}
for expression, (function, points) in SPECIAL.items():
    for x in points:
        slope = mpmath.diff(function, mpmath.mpf(x), h=mpmath.mpf("1e-15") * mpmath.mpf(abs(x)))
        loose = 2e-13 if expression.startswith(("beta", "gamma")) and x >= 100 else 1.5e-14
        add(KIND, "mpmath, 40 digits", "gradients", {"expression": f"L={expression}", "inputs": {"x": x}}, {"value": float(function(mpmath.mpf(x))), "gradients.x": float(slope)}, loose, 0)
known("log_ndtr(x)", {"value": -454.3212439563432, "gradients.x": 30.033259667433677}, x=-30)
known("erfinv(x)", {"value": 1.1630871536766743, "gradients.x": 3.4280428114518408}, x=0.9)
known("i1(x)", {"hessians.x.x": 0}, "hessians", x=0.0)
known("i0(x)", {"hessians.x.x": 0.5}, "hessians", x=0.0)
known("zeta(3)+x", {"outputs.L": 1.2020569031595942}, "evaluations", x=0)
refused("zeta(2.5, x)", "whole number from 2 to 21", x=1)

refused("fft(x)", "write dft(x)", x=[1, 2])
refused("eig(x)", "eigvalsh", x=[[1, 2], [2, 1]])
refused("meshgrid(x)", "unsqueeze", x=[1, 2])
refused("svd(x, output='Q')", "U, S, Vh", x=[[1, 2], [2, 1]])
refused("svd(x, output=7)", "U, S, Vh", x=[[1, 2], [2, 1]])
refused("inv(x)", "square matrices are expected", x=[[1, 2]])
refused("sum(expm(expand(x, shape=(3000, 3000))))", "at most 2048 rows", x=1)
refused("quantile(x, 1.5)", "from 0 to 1", x=[1, 2])

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "functions.jsonl"), "w", encoding="utf-8") as out:
    for made in CASES:
        out.write(json.dumps(made) + "\n")
