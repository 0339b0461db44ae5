"""Writes the cases that PyTorch answers: one JSON object a line, in the wire form of the service.

Run with an interpreter that has PyTorch (1.13): python3 make_cases.py. The output is the same each time.
"""
import json
import math
import pathlib

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
HERE = pathlib.Path(__file__).parent
generator = torch.Generator().manual_seed(20240917)


def rand(*shape, low=-2.0, high=2.0):
    x = torch.rand(shape, generator=generator) * (high - low) + low
    return (x * 1000).round() / 1000


def number(x):
    if isinstance(x, bool):
        return x
    if isinstance(x, int):
        return x
    if math.isnan(x):
        return "NaN"
    if math.isinf(x):
        return "Infinity" if x > 0 else "-Infinity"
    return float(x)


def wire(x):
    if isinstance(x, torch.Tensor):
        x = x.detach().tolist()
    return [wire(e) for e in x] if isinstance(x, list) else number(x)


def value(x):
    """An input's value; int64 and empty tensors state their type and shape."""
    if x.dtype.is_floating_point and x.numel():
        return wire(x)
    names = {torch.int64: "int64", torch.bool: "bool"}
    flat = {"shape": list(x.shape), "data": wire(x.reshape(-1))}
    if x.dtype in names:
        flat["dtype"] = names[x.dtype]
    return flat


def graph(inputs, nodes, outputs):
    return {"inputs": [declaration(n, x) for n, x in inputs.items()], "nodes": nodes, "outputs": outputs}


def declaration(name, x):
    if x.dtype.is_floating_point:
        return {"name": name}
    return {"name": name, "dtype": "int64" if x.dtype == torch.int64 else "bool"}


def node(name, op, *inputs, **attributes):
    made = {"op": op, "inputs": list(inputs)}
    made["outputs" if isinstance(name, list) else "name"] = name
    if attributes:
        made["attributes"] = attributes
    return made


def case(name, inputs, nodes, result, output="y", fixed=(), rtol=1e-9, atol=1e-12):
    """Value and gradients of one output; where it has no gradient the value alone."""
    leaves = {n: x.clone().requires_grad_(x.dtype.is_floating_point and n not in fixed) for n, x in inputs.items()}
    y = result(**leaves)
    outputs = nodes[-1].get("outputs", [output])
    request = {"graph": graph(inputs, nodes, outputs), "inputs": {n: value(x) for n, x in inputs.items()}}
    floats = {n: x for n, x in leaves.items() if x.requires_grad}
    if not (y.dtype.is_floating_point and y.requires_grad):
        route, body = "/evaluations", {"outputs": {output: value(y)}}
    else:
        route, body = "/gradients", {"output": output, "value": value(y)}
        seed = torch.ones_like(y)
        if y.numel() != 1:
            seed = rand(*y.shape)
            request["seed"] = value(seed)
        if fixed:
            request["wrt"] = list(floats)
        if len(outputs) > 1:
            request["output"] = output
        grads = torch.autograd.grad(y, list(floats.values()), seed, allow_unused=True)
        body["gradients"] = {n: value(torch.zeros_like(x) if g is None else g) for (n, x), g in zip(floats.items(), grads)}
    return {"name": name, "route": route, "request": request, "expect": {"status": 200, "body": body}, "rtol": rtol, "atol": atol}


def hessian(name, inputs, nodes, result):
    def scalar(*values):
        return result(**dict(zip(inputs, values)))

    blocks = torch.autograd.functional.hessian(scalar, tuple(inputs.values()))
    body = {"hessians": {a: {b: value(blocks[i][j]) for j, b in enumerate(inputs)} for i, a in enumerate(inputs)}}
    request = {"graph": graph(inputs, nodes, ["y"]), "inputs": {n: value(x) for n, x in inputs.items()}}
    return {"name": name, "route": "/hessians", "request": request, "expect": {"status": 200, "body": body}, "rtol": 1e-8, "atol": 1e-10}


def unary():
    inf, nan = math.inf, math.nan
    everywhere = [0.0, 1e-8, -1e-8, 0.5, -0.5, 3.0, -3.0, 20.0, -20.0, 1e-300]
    positive = [1e-300, 1e-8, 0.3, 1.0, 7.5, 1e10]
    between = [0.0, 1e-9, 0.3, -0.7, 0.999999]
    ends = [nan, inf, -inf]
    table = [
        ("Abs", torch.abs, everywhere + [inf, -inf]), ("Neg", torch.neg, everywhere + ends), ("Sign", torch.sign, everywhere + [inf, -inf]),
        ("Sqrt", torch.sqrt, positive + [inf]), ("Rsqrt", torch.rsqrt, positive[1:] + [inf]), ("Reciprocal", torch.reciprocal, [0.3, -2.0, 1e10, inf, nan]),
        ("Square", torch.square, everywhere + ends), ("Exp", torch.exp, everywhere + [700.0, -700.0] + ends), ("Expm1", torch.expm1, everywhere + [-700.0, nan, -inf]),
        ("Log", torch.log, positive + [0.0, inf]), ("Log1p", torch.log1p, positive + [-0.5, -1e-10, inf]),
        ("Sin", torch.sin, everywhere), ("Cos", torch.cos, everywhere), ("Tan", torch.tan, everywhere),
        ("Asin", torch.asin, between), ("Acos", torch.acos, between), ("Atan", torch.atan, everywhere + ends),
        ("Sinh", torch.sinh, everywhere), ("Cosh", torch.cosh, everywhere), ("Tanh", torch.tanh, everywhere + ends),
        ("Asinh", torch.asinh, everywhere), ("Acosh", torch.acosh, [1.0001, 1.5, 30.0]), ("Atanh", torch.atanh, between),
        ("Erf", torch.erf, everywhere + ends), ("Erfc", torch.erfc, [0.0, 0.5, -0.5, 3.0, -3.0, 8.0, 20.0, -20.0]),
        ("Lgamma", torch.lgamma, [0.01, 0.5, 1.5, 3.0, 20.0, 1e4, -0.5, -2.5]), ("Digamma", torch.digamma, [0.01, 0.5, 1.5, 3.0, 20.0, 1e4, -0.5, -2.5]),
        ("Floor", torch.floor, [-1.5, 0.5, 2.0, 2.5]), ("Ceil", torch.ceil, [-1.5, 0.5, 2.0, 2.5]), ("Round", torch.round, [-1.5, -0.5, 0.5, 1.5, 2.5, 2.51]),
        ("Sigmoid", torch.sigmoid, everywhere + [800.0, -700.0] + ends), ("Softplus", F.softplus, [0.0, 0.5, -0.5, 3.0, -3.0, 19.0, -30.0, -700.0]),
        ("Relu", torch.relu, everywhere + [inf, -inf]), ("Elu", F.elu, everywhere + [-800.0]), ("Celu", F.celu, everywhere), 
        ("LeakyRelu", F.leaky_relu, everywhere), ("Softsign", F.softsign, everywhere), ("Swish", F.silu, everywhere + [700.0, -700.0]),
        ("Mish", F.mish, everywhere[:7]), ("Gelu", F.gelu, everywhere + [-30.0]), ("HardSwish", F.hardswish, [-4.0, -3.0, -1.0, 0.0, 2.0, 3.0, 5.0]),
    ]
    for op, function, points in table:
        yield case(f"unary/{op}/points", {"x": torch.tensor(points)}, [node("y", op, "x")], lambda x, f=function: f(x))
    yield case("unary/Polygamma/1", {"x": rand(5, low=0.3, high=9)}, [node("y", "Polygamma", "x", n=1)], lambda x: torch.polygamma(1, x))
    yield case("unary/Polygamma/2", {"x": rand(5, low=0.3, high=9)}, [node("y", "Polygamma", "x", n=2)], lambda x: torch.polygamma(2, x), rtol=1e-8)
    selu = dict(alpha=1.6732632423543772, gamma=1.0507009873554805)
    yield case("unary/Selu", {"x": torch.tensor(everywhere)}, [node("y", "Selu", "x", **selu)], lambda x: F.selu(x))
    # PyTorch 1.13 holds the 1/6 as a float32 here.
    yield case("unary/HardSigmoid", {"x": torch.tensor([-4.0, -3.0, -1.0, 0.0, 2.0, 3.0, 5.0])}, [node("y", "HardSigmoid", "x", alpha=1 / 6, beta=0.5)], lambda x: F.hardsigmoid(x), rtol=1e-7)
    yield case("unary/Gelu/tanh", {"x": rand(6, low=-5, high=5)}, [node("y", "Gelu", "x", approximate="tanh")], lambda x: F.gelu(x, approximate="tanh"))
    yield case("unary/Shrink/hard", {"x": rand(8)}, [node("y", "Shrink", "x", lambd=0.5, bias=0.0)], lambda x: F.hardshrink(x))
    yield case("unary/Shrink/soft", {"x": rand(8)}, [node("y", "Shrink", "x", lambd=0.5, bias=0.5)], lambda x: F.softshrink(x))
    yield case("unary/ThresholdedRelu", {"x": rand(8)}, [node("y", "ThresholdedRelu", "x", alpha=0.4)], lambda x: F.threshold(x, 0.4, 0.0))
    yield case("unary/PRelu", {"x": rand(2, 3, 2), "s": rand(3)}, [node("u", "Unsqueeze", "s", axes=[1]), node("y", "PRelu", "x", "u")], lambda x, s: F.prelu(x, s))
    for test in ("isnan", "isinf"):
        op = {"isnan": "IsNaN", "isinf": "IsInf"}[test]
        yield case(f"unary/{op}", {"x": torch.tensor([1.0, nan, inf, -inf])}, [node("y", op, "x")], lambda x, t=test: getattr(torch, t)(x.detach()))


def binary():
    table = [("Add", torch.add), ("Sub", torch.sub), ("Mul", torch.mul), ("Div", torch.div), ("Max", torch.maximum), ("Min", torch.minimum), ("Atan2", torch.atan2)]
    shapes = [((2, 3), (2, 3)), ((2, 3), (3,)), ((2, 1, 2), (3, 1)), ((), (4,)), ((0, 2), (1, 2))]
    for op, function in table:
        for a, b in shapes:
            yield case(f"binary/{op}/{list(a)}{list(b)}", {"a": rand(*a), "b": rand(*b)}, [node("y", op, "a", "b")], lambda a, b, f=function: f(a, b))
    for op, function in (("Max", torch.maximum), ("Min", torch.minimum)):
        yield case(f"binary/{op}/ties", {"a": torch.tensor([1.0, 2.0, 3.0]), "b": torch.tensor([1.0, 3.0, 3.0])}, [node("y", op, "a", "b")], lambda a, b, f=function: f(a, b))
    yield case("binary/Pow/base and exponent", {"a": rand(2, 3, low=0.2), "b": rand(2, 3)}, [node("y", "Pow", "a", "b")], lambda a, b: torch.pow(a, b))
    yield case("binary/Pow/at zero", {"a": torch.tensor([0.0, 0.0, 0.0, 2.0]), "b": torch.tensor([0.0, 1.0, 2.0, 0.0])}, [node("y", "Pow", "a", "b")], lambda a, b: torch.pow(a, b))
    for p in (0, 1, 2, 3, 0.5, -1, -2.5):
        yield case(f"binary/Pow/{p}", {"a": rand(4, low=0.1)}, [node("y", "Pow", "a", p)], lambda a, p=p: torch.pow(a, p))
    yield case("binary/Pow/negative base", {"a": torch.tensor([-2.0, -0.5])}, [node("y", "Pow", "a", 3)], lambda a: torch.pow(a, 3))
    yield case("binary/Pow/number to", {"b": rand(4)}, [node("y", "Pow", 2.5, "b")], lambda b: torch.pow(2.5, b))
    yield case("binary/Mod", {"a": torch.tensor([5.3, -5.3, 7.7, -0.4]), "b": torch.tensor([2.0, 2.0, -3.0, 1.5])}, [node("y", "Mod", "a", "b", fmod=1)], lambda a, b: torch.fmod(a, b))
    x = torch.tensor([-2.0, -1.0, 0.3, 1.0, 1.5])
    yield case("binary/Clip", {"x": x}, [node("y", "Clip", "x", -1, 1)], lambda x: torch.clamp(x, -1, 1))
    yield case("binary/Clip/lower", {"x": x}, [node("y", "Clip", "x", 0.3)], lambda x: torch.clamp(x, min=0.3))
    yield case("binary/Sum", {"a": rand(2, 3), "b": rand(3), "c": rand(2, 1)}, [node("y", "Sum", "a", "b", "c")], lambda a, b, c: a + b + c)
    yield case("binary/Mean", {"a": rand(2, 3), "b": rand(3)}, [node("y", "Mean", "a", "b")], lambda a, b: (a + b) / 2)
    c = torch.tensor([[True], [False]])
    yield case("binary/Where", {"c": c, "a": rand(1, 3), "b": rand(2, 3)}, [node("y", "Where", "c", "a", "b")], lambda c, a, b: torch.where(c, a, b))
    for op, function in (("Equal", torch.eq), ("Greater", torch.gt), ("GreaterOrEqual", torch.ge), ("Less", torch.lt), ("LessOrEqual", torch.le)):
        yield case(f"binary/{op}", {"a": torch.tensor([1.0, 2.0, math.nan]), "b": torch.tensor([1.0, 3.0, math.nan])}, [node("y", op, "a", "b")], lambda a, b, f=function: f(a, b))
    for op, function in (("And", torch.logical_and), ("Or", torch.logical_or), ("Xor", torch.logical_xor)):
        yield case(f"binary/{op}", {"a": torch.tensor([True, True, False, False]), "b": torch.tensor([True, False, True, False])}, [node("y", op, "a", "b")], lambda a, b, f=function: f(a, b))


def reductions():
    table = [
        ("ReduceSum", torch.sum), ("ReduceMean", torch.mean), ("ReduceMax", torch.amax), ("ReduceMin", torch.amin), ("ReduceLogSumExp", torch.logsumexp),
        ("ReduceL1", lambda x, d, keepdim: torch.linalg.vector_norm(x, 1, d, keepdim)), ("ReduceL2", lambda x, d, keepdim: torch.linalg.vector_norm(x, 2, d, keepdim)),
        ("ReduceSumSquare", lambda x, d, keepdim: (x * x).sum(d, keepdim)), ("ReduceLogSum", lambda x, d, keepdim: x.sum(d, keepdim).log()),
    ]
    for op, function in table:
        for shape, axes, keep in (((2, 3), [0, 1], 0), ((2, 3), [1], 1), ((2, 3, 2), [-1, 0], 0), ((4,), [0], 0), ((1, 3), [0], 0)):
            x = rand(*shape, low=0.2 if op == "ReduceLogSum" else -2.0)
            yield case(f"reductions/{op}/{list(shape)}{axes}{keep}", {"x": x}, [node("y", op, "x", axes=axes, keepdims=keep)], lambda x, f=function, a=axes, k=keep: f(x, a, keepdim=bool(k)))
    ties = torch.tensor([[1.0, 3.0, 3.0], [2.0, 2.0, 2.0]])
    yield case("reductions/ReduceMax/ties", {"x": ties}, [node("y", "ReduceMax", "x", axes=[1], keepdims=0)], lambda x: torch.amax(x, 1))
    yield case("reductions/ReduceMin/ties", {"x": ties}, [node("y", "ReduceMin", "x", axes=[1], keepdims=0)], lambda x: torch.amin(x, 1))
    yield case("reductions/ReduceL2/zero", {"x": torch.zeros(2, 3)}, [node("y", "ReduceL2", "x", axes=[1], keepdims=0)], lambda x: torch.linalg.vector_norm(x, 2, 1))
    yield case("reductions/ReduceLogSumExp/large", {"x": torch.tensor([[1000.0, 1001.0], [-1000.0, -1001.0]])}, [node("y", "ReduceLogSumExp", "x", axes=[1], keepdims=0)], lambda x: torch.logsumexp(x, 1))
    for name, x in (("plain", rand(2, 4)), ("zero", torch.tensor([[2.0, 0.0, -3.0], [1.0, 2.0, 3.0]])), ("zeros", torch.tensor([[0.0, 0.0, -3.0], [1.0, 0.0, 3.0]]))):
        yield case(f"reductions/ReduceProd/{name}", {"x": x}, [node("y", "ReduceProd", "x", axes=[1], keepdims=0)], lambda x: torch.prod(x, 1))
    yield case("reductions/ReduceSum/empty", {"x": torch.zeros(0, 3)}, [node("y", "ReduceSum", "x", axes=[0], keepdims=0)], lambda x: x.sum(0))
    yield case("reductions/CumSum", {"x": rand(2, 4)}, [node("y", "CumSum", "x", 1)], lambda x: x.cumsum(1))
    yield case("reductions/CumSum/reverse", {"x": rand(4)}, [node("y", "CumSum", "x", 0, reverse=1)], lambda x: x.flip(0).cumsum(0).flip(0))
    yield case("reductions/ArgMax", {"x": rand(2, 4)}, [node("y", "ArgMax", "x", axis=1, keepdims=0)], lambda x: x.argmax(1))
    yield case("reductions/ArgMin", {"x": rand(2, 4)}, [node("y", "ArgMin", "x", axis=0, keepdims=1)], lambda x: x.argmin(0, keepdim=True))
    for largest in (0, 1):
        for output, place in (("v", 0), ("i", 1)):
            yield case(f"reductions/TopK/{largest}{output}", {"x": rand(2, 5)}, [node(["v", "i"], "TopK", "x", 3, largest=largest)], lambda x, n=largest, p=place: x.topk(3, largest=bool(n))[p], output)


def normalizations():
    for op, function in (("Softmax", F.softmax), ("LogSoftmax", F.log_softmax)):
        for axis in (0, 1, -1):
            yield case(f"normalizations/{op}/{axis}", {"x": rand(2, 3, 2)}, [node("y", op, "x", axis=axis)], lambda x, f=function, a=axis: f(x, a))
        yield case(f"normalizations/{op}/large", {"x": torch.tensor([1000.0, 0.0, -1000.0])}, [node("y", op, "x")], lambda x, f=function: f(x, 0))
    yield case("normalizations/LayerNormalization", {"x": rand(3, 5), "s": rand(5), "b": rand(5)}, [node("y", "LayerNormalization", "x", "s", "b", epsilon=0.001)], lambda x, s, b: F.layer_norm(x, (5,), s, b, 0.001))
    yield case("normalizations/LayerNormalization/axes", {"x": rand(2, 3, 2), "s": rand(3, 2)}, [node("y", "LayerNormalization", "x", "s", axis=1)], lambda x, s: F.layer_norm(x, (3, 2), s, None, 1e-5))
    yield case("normalizations/RMSNormalization", {"x": rand(3, 5), "s": rand(5)}, [node("y", "RMSNormalization", "x", "s")], lambda x, s: x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-5) * s)
    t = torch.tensor([1, 3, 0])
    for reduction in ("mean", "sum", "none"):
        for ignore in (None, 3):
            attributes = {"reduction": reduction} | ({} if ignore is None else {"ignore_index": ignore})
            options = {"reduction": reduction} | ({} if ignore is None else {"ignore_index": ignore})
            yield case(f"normalizations/SoftmaxCrossEntropyLoss/{reduction}{ignore}", {"x": rand(3, 4), "t": t, "w": rand(4, low=0.1)}, [node("y", "SoftmaxCrossEntropyLoss", "x", "t", "w", **attributes)], lambda x, t, w, o=options: F.cross_entropy(x, t, w, **o), fixed=("w",))
            yield case(f"normalizations/NegativeLogLikelihoodLoss/{reduction}{ignore}", {"x": rand(3, 4), "t": t}, [node("y", "NegativeLogLikelihoodLoss", "x", "t", **attributes)], lambda x, t, o=options: F.nll_loss(x, t, **o))
    yield case("normalizations/SoftmaxCrossEntropyLoss/pixels", {"x": rand(2, 3, 2), "t": torch.tensor([[0, 2], [1, 1]])}, [node("y", "SoftmaxCrossEntropyLoss", "x", "t")], lambda x, t: F.cross_entropy(x, t))


def products():
    for a, b in (((2, 3), (3, 4)), ((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)), ((2, 1, 2, 3), (3, 3, 2)), ((2, 2, 3), (3, 2)), ((2, 0), (0, 3))):
        yield case(f"products/MatMul/{list(a)}{list(b)}", {"a": rand(*a), "b": rand(*b)}, [node("y", "MatMul", "a", "b")], lambda a, b: a @ b)
    yield case("products/Gemm", {"a": rand(3, 2), "b": rand(4, 3), "c": rand(4)}, [node("y", "Gemm", "a", "b", "c", transA=1, transB=1, alpha=0.5, beta=2.0)], lambda a, b, c: 0.5 * a.T @ b.T + 2 * c)
    equations = [
        ("ij,jk->ik", (2, 3), (3, 2)), ("ij,jk", (2, 3), (3, 2)), ("ii->i", (3, 3)), ("ii", (3, 3)), ("ij->", (2, 3)), ("iji->j", (2, 3, 2)), ("i,j->ij", (2,), (3,)),
        ("bhqd,bhkd->bhqk", (1, 2, 2, 3), (1, 2, 3, 3)), ("...ij,...jk->...ik", (2, 1, 2, 2), (3, 2, 2)), ("ij,jk,kl->il", (2, 3), (3, 2), (2, 2)), ("i,ij,j->", (2,), (2, 3), (3,)),
        ("...i->i...", (2, 3)), ("ij,k->i", (2, 3), (2,)), ("bi,oij,bj->bo", (2, 2), (3, 2, 2), (2, 2)),
    ]
    for equation, *shapes in equations:
        inputs = {f"x{i}": rand(*shape) for i, shape in enumerate(shapes)}
        yield case(f"products/Einsum/{equation}", inputs, [node("y", "Einsum", *inputs, equation=equation)], lambda e=equation, **x: torch.einsum(e, *x.values()))


def shapes():
    x, cube = rand(2, 3), rand(2, 3, 2)
    table = [
        ("Reshape", x, dict(shape=[3, -1]), lambda x: x.reshape(3, -1)), ("Flatten", cube, dict(axis=2), lambda x: x.reshape(6, 2)),
        ("Transpose", cube, dict(perm=[1, 2, 0]), lambda x: x.permute(1, 2, 0)), ("Transpose", x, {}, lambda x: x.T),
        ("Squeeze", rand(1, 3, 1), dict(axes=[0]), lambda x: x.squeeze(0)), ("Unsqueeze", x, dict(axes=[1]), lambda x: x.unsqueeze(1)),
        ("Expand", rand(2, 1), dict(shape=[3, 2, 4]), lambda x: x.expand(3, 2, 4)), ("Tile", x, dict(repeats=[2, 3]), lambda x: x.tile(2, 3)),
        ("Trilu", rand(3, 4), dict(k=1), lambda x: x.triu(1)), ("Trilu", rand(3, 4), dict(k=-1, upper=0), lambda x: x.tril(-1)),
        ("Slice", cube, dict(starts=[1, 0], ends=[3, 2], axes=[1, 2], steps=[1, 1]), lambda x: x[:, 1:3, 0:2]),
        ("Slice", rand(9), dict(starts=[1], ends=[8], steps=[3]), lambda x: x[1:8:3]), ("Slice", rand(5), dict(starts=[-1], ends=[-9], steps=[-1]), lambda x: x.flip(0)),
        ("Slice", rand(6), dict(starts=[4], ends=[0], steps=[-2]), lambda x: x[[4, 2]]),
        ("Pad", x, dict(pads=[1, 0, 0, 2], value=1.5), lambda x: F.pad(x, (0, 2, 1, 0), value=1.5)), ("Pad", rand(4, 3), dict(pads=[-1, 1, -1, -2]), lambda x: F.pad(x, (1, -2, -1, -1))),
        ("Pad", rand(1, 4), dict(pads=[0, 2, 0, 3], mode="reflect"), lambda x: F.pad(x, (2, 3), mode="reflect")), ("Pad", rand(1, 4), dict(pads=[0, 2, 0, 3], mode="edge"), lambda x: F.pad(x, (2, 3), mode="replicate")),
        ("Pad", rand(1, 4), dict(pads=[0, 2, 0, 3], mode="wrap"), lambda x: F.pad(x[None], (2, 3), mode="circular")[0]),
    ]
    for i, (op, data, attributes, function) in enumerate(table):
        yield case(f"shapes/{op}/{i}", {"x": data}, [node("y", op, "x", **attributes)], lambda x, f=function: f(x))
    yield case("shapes/Concat", {"a": rand(2, 1), "b": rand(2, 3)}, [node("y", "Concat", "a", "b", axis=-1)], lambda a, b: torch.cat((a, b), -1))
    yield case("shapes/Split", {"x": rand(5)}, [node(["a", "b"], "Split", "x", split=[2, 3])], lambda x: x.split((2, 3))[1], "b")


def indices():
    i = torch.tensor([[2, 0, 2]])
    yield case("indices/Gather", {"x": rand(3, 2), "i": i}, [node("y", "Gather", "x", "i")], lambda x, i: x[i])
    yield case("indices/Gather/axis", {"x": rand(2, 3), "i": i}, [node("y", "Gather", "x", "i", axis=1)], lambda x, i: x[:, i])
    yield case("indices/GatherElements", {"x": rand(2, 3), "i": torch.tensor([[2, 2], [0, 1]])}, [node("y", "GatherElements", "x", "i", axis=1)], lambda x, i: x.gather(1, i))
    yield case("indices/GatherND", {"x": rand(2, 3, 2), "i": torch.tensor([[0, 1], [1, 2], [0, 1]])}, [node("y", "GatherND", "x", "i")], lambda x, i: x[i[:, 0], i[:, 1]])
    place, u = torch.tensor([[2, 0, 0], [1, 1, 2]]), rand(2, 3)
    yield case("indices/ScatterElements/none", {"x": rand(2, 3), "i": torch.tensor([[2, 0], [1, 0]]), "u": rand(2, 2)}, [node("y", "ScatterElements", "x", "i", "u", axis=1)], lambda x, i, u: x.scatter(1, i, u))
    yield case("indices/ScatterElements/add", {"x": rand(2, 3), "i": place, "u": u}, [node("y", "ScatterElements", "x", "i", "u", axis=1, reduction="add")], lambda x, i, u: x.scatter_add(1, i, u))
    for ours, theirs in (("mul", "prod"), ("max", "amax"), ("min", "amin")):
        yield case(f"indices/ScatterElements/{ours}", {"x": rand(2, 3), "i": place, "u": u}, [node("y", "ScatterElements", "x", "i", "u", axis=1, reduction=ours)], lambda x, i, u, t=theirs: x.scatter_reduce(1, i, u, t))
    ties = {"x": torch.tensor([2.0, 1.0, 0.0]), "i": torch.tensor([0, 0, 1, 2, 2]), "u": torch.tensor([2.0, 2.0, 1.0, 3.0, 3.0])}
    for ours, theirs in (("max", "amax"), ("min", "amin")):
        yield case(f"indices/ScatterElements/{ours}/ties", ties, [node("y", "ScatterElements", "x", "i", "u", reduction=ours)], lambda x, i, u, t=theirs: x.scatter_reduce(0, i, u, t))
    zeros = {"x": torch.tensor([0.0, 2.0, 3.0]), "i": torch.tensor([0, 0, 1, 2, 2]), "u": torch.tensor([2.0, 3.0, 0.0, 0.0, 0.0])}
    yield case("indices/ScatterElements/mul/zeros", zeros, [node("y", "ScatterElements", "x", "i", "u", reduction="mul")], lambda x, i, u: x.scatter_reduce(0, i, u, "prod"))
    yield case("indices/ScatterND/add", {"x": rand(3, 2), "i": torch.tensor([[2], [0], [2]]), "u": rand(3, 2)}, [node("y", "ScatterND", "x", "i", "u", reduction="add")], lambda x, i, u: x.index_put((i[:, 0],), u, accumulate=True))
    yield case("indices/OneHot", {"i": torch.tensor([1, 0, 2]), "v": rand(2)}, [node("y", "OneHot", "i", 3, "v")], lambda i, v: v[F.one_hot(i, 3)])


def convolutions():
    """Convolutions and poolings; where ONNX and PyTorch differ in what they can say, PyTorch's form is the narrower."""
    table = [
        ("Conv", (2, 3, 7), (4, 3, 3), dict(strides=[2], pads=[1, 1]), lambda x, w, b: F.conv1d(x, w, b, stride=2, padding=1)),
        ("Conv", (2, 4, 6, 5), (6, 2, 3, 2), dict(pads=[1, 0, 1, 0], group=2, dilations=[2, 1]), lambda x, w, b: F.conv2d(x, w, b, padding=(1, 0), groups=2, dilation=(2, 1))),
        ("Conv", (1, 3, 6, 6), (3, 1, 3, 3), dict(strides=[2, 1], group=3), lambda x, w, b: F.conv2d(x, w, b, stride=(2, 1), groups=3)),
        ("Conv", (1, 2, 4, 4, 3), (2, 2, 2, 3, 2), dict(pads=[1, 1, 0, 1, 1, 0]), lambda x, w, b: F.conv3d(x, w, b, padding=(1, 1, 0))),
        ("Conv", (2, 2, 5, 5), (3, 2, 3, 3), dict(auto_pad="SAME_UPPER"), lambda x, w, b: F.conv2d(x, w, b, padding="same")),
        ("Conv", (3, 2, 9, 9), (5, 2, 2, 2), {}, lambda x, w, b: F.conv2d(x, w, b)),
        ("ConvTranspose", (2, 3, 5), (3, 2, 3), dict(strides=[2], pads=[1, 1], output_padding=[1]), lambda x, w, b: F.conv_transpose1d(x, w, b, stride=2, padding=1, output_padding=1)),
        ("ConvTranspose", (1, 4, 3, 4), (4, 2, 2, 3), dict(group=2, dilations=[2, 1], strides=[1, 2]), lambda x, w, b: F.conv_transpose2d(x, w, b, groups=2, dilation=(2, 1), stride=(1, 2))),
        ("ConvTranspose", (1, 2, 4, 4), (2, 3, 3, 3), dict(pads=[1, 1, 1, 1]), lambda x, w, b: F.conv_transpose2d(x, w, b, padding=1)),
        ("ConvTranspose", (1, 2, 2, 3, 2), (2, 1, 2, 2, 2), dict(strides=[2, 1, 2]), lambda x, w, b: F.conv_transpose3d(x, w, b, stride=(2, 1, 2))),
    ]
    for i, (op, x, w, attributes, function) in enumerate(table):
        channels = w[0] if op == "Conv" else w[1] * attributes.get("group", 1)
        yield case(f"convolutions/{op}/{i}", {"x": rand(*x), "w": rand(*w), "b": rand(channels)}, [node("y", op, "x", "w", "b", **attributes)], function)
    pools = [
        ("MaxPool", (2, 2, 7), dict(kernel_shape=[3], strides=[2], pads=[1, 1]), lambda x: F.max_pool1d(x, 3, 2, 1)),
        ("MaxPool", (1, 2, 6, 7), dict(kernel_shape=[2, 3], strides=[2, 2], ceil_mode=1), lambda x: F.max_pool2d(x, (2, 3), 2, ceil_mode=True)),
        ("MaxPool", (1, 2, 7, 6), dict(kernel_shape=[3, 2], dilations=[2, 3]), lambda x: F.max_pool2d(x, (3, 2), 1, dilation=(2, 3))),
        ("MaxPool", (1, 1, 4, 4, 4), dict(kernel_shape=[2, 2, 2], strides=[2, 2, 2]), lambda x: F.max_pool3d(x, 2)),
        ("AveragePool", (2, 2, 7), dict(kernel_shape=[3], strides=[2], pads=[1, 1]), lambda x: F.avg_pool1d(x, 3, 2, 1, count_include_pad=False)),
        ("AveragePool", (1, 2, 6, 7), dict(kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1], ceil_mode=1, count_include_pad=1), lambda x: F.avg_pool2d(x, 3, 2, 1, ceil_mode=True)),
        ("AveragePool", (1, 2, 6, 7), dict(kernel_shape=[2, 3], strides=[2, 3], ceil_mode=1), lambda x: F.avg_pool2d(x, (2, 3), ceil_mode=True, count_include_pad=False)),
        ("LpPool", (1, 2, 6, 5), dict(kernel_shape=[2, 2], p=3), lambda x: F.lp_pool2d(x.abs(), 3, 2, 1)),
        ("GlobalAveragePool", (2, 3, 3, 2), {}, lambda x: F.adaptive_avg_pool2d(x, 1)), ("GlobalMaxPool", (2, 3, 3, 2), {}, lambda x: F.adaptive_max_pool2d(x, 1)),
        ("LRN", (2, 5, 3), dict(size=3, alpha=0.3, beta=0.6, bias=1.2), lambda x: F.local_response_norm(x, 3, 0.3, 0.6, 1.2)),
        ("LRN", (2, 5, 3), dict(size=5), lambda x: F.local_response_norm(x, 5, 1e-4, 0.75, 1.0)),
    ]
    for i, (op, x, attributes, function) in enumerate(pools):
        yield case(f"convolutions/{op}/{i}", {"x": rand(*x)}, [node("y", op, "x", **attributes)], function)
    equal = torch.tensor([[[1.0, 3.0, 3.0, 2.0], [3.0, 0.0, 3.0, 3.0], [2.0, 2.0, 2.0, 2.0], [2.0, 2.0, 5.0, 5.0]]])[None]
    yield case("convolutions/MaxPool/ties", {"x": equal}, [node("y", "MaxPool", "x", kernel_shape=[2, 3])], lambda x: F.max_pool2d(x, (2, 3), 1))
    yield case("convolutions/GlobalMaxPool/ties", {"x": equal}, [node("y", "GlobalMaxPool", "x")], lambda x: F.adaptive_max_pool2d(x, 1))
    small = {"x": rand(1, 1, 4), "w": rand(2, 1, 2)}
    nodes = [node("c", "Conv", "x", "w", strides=[2]), node("e", "Exp", "c"), node("y", "ReduceSum", "e", keepdims=0)]
    yield hessian("convolutions/hessian", small, nodes, lambda x, w: F.conv1d(x, w, stride=2).exp().sum())


def models():
    """A perceptron with cross entropy, a transformer block, an LSTM cell, and Hessians."""
    mlp = {"x": rand(4, 3), "w1": rand(3, 5), "b1": rand(5), "w2": rand(5, 3), "b2": rand(3), "t": torch.tensor([0, 2, 1, 2])}
    nodes = [node("h", "Gemm", "x", "w1", "b1"), node("a", "Gelu", "h"), node("z", "Gemm", "a", "w2", "b2"), node("y", "SoftmaxCrossEntropyLoss", "z", "t")]
    yield case("models/perceptron", mlp, nodes, lambda x, w1, b1, w2, b2, t: F.cross_entropy(F.gelu(x @ w1 + b1) @ w2 + b2, t))

    d, h, n = 4, 2, 3
    block = {"x": rand(n, d), "qkv": rand(d, 3 * d), "out": rand(d, d), "g1": rand(d), "c1": rand(d), "g2": rand(d), "c2": rand(d), "up": rand(d, 6), "down": rand(6, d)}
    nodes = [
        node("l1", "LayerNormalization", "x", "g1", "c1"), node("p", "MatMul", "l1", "qkv"), node("r", "Reshape", "p", shape=[n, 3, h, d // h]),
        node("s", "Transpose", "r", perm=[1, 2, 0, 3]), node(["q3", "k3", "v3"], "Split", "s", num_outputs=3),
        node("q", "Squeeze", "q3", axes=[0]), node("k", "Squeeze", "k3", axes=[0]), node("v", "Squeeze", "v3", axes=[0]),
        node("w", "Einsum", "q", "k", equation="hqd,hkd->hqk"), node("ws", "Div", "w", math.sqrt(d / h)),
        node("m", "Trilu", "ws", upper=0), node("one", "Mul", "ws", 0), node("ones", "Add", "one", 1), node("mask", "Trilu", "ones", upper=0),
        node("kept", "Greater", "mask", 0.5), node("masked", "Where", "kept", "m", -1e30), node("att", "Softmax", "masked"),
        node("mix", "MatMul", "att", "v"), node("back", "Transpose", "mix", perm=[1, 0, 2]), node("flat", "Reshape", "back", shape=[n, d]),
        node("o", "MatMul", "flat", "out"), node("x1", "Add", "x", "o"), node("l2", "LayerNormalization", "x1", "g2", "c2"),
        node("u", "MatMul", "l2", "up"), node("ua", "Gelu", "u", approximate="tanh"), node("dn", "MatMul", "ua", "down"), node("y", "Add", "x1", "dn"),
    ]

    def transformer(x, qkv, out, g1, c1, g2, c2, up, down):
        q, k, v = (F.layer_norm(x, (d,), g1, c1) @ qkv).reshape(n, 3, h, d // h).permute(1, 2, 0, 3)
        w = q @ k.transpose(1, 2) / math.sqrt(d / h)
        w = w.masked_fill(torch.ones(n, n).triu(1).bool(), -1e30).softmax(-1)
        x = x + (w @ v).permute(1, 0, 2).reshape(n, d) @ out
        return x + F.gelu(F.layer_norm(x, (d,), g2, c2) @ up, approximate="tanh") @ down

    yield case("models/transformer block", block, nodes, transformer)

    lstm = {"x": rand(2, 3), "h": rand(2, 4), "c": rand(2, 4), "wi": rand(16, 3), "wh": rand(16, 4), "bi": rand(16), "bh": rand(16)}
    nodes = [
        node("a", "Gemm", "x", "wi", "bi", transB=1), node("b", "Gemm", "h", "wh", "bh", transB=1), node("z", "Add", "a", "b"),
        node(["i", "f", "g", "o"], "Split", "z", axis=1, num_outputs=4), node("si", "Sigmoid", "i"), node("sf", "Sigmoid", "f"), node("tg", "Tanh", "g"), node("so", "Sigmoid", "o"),
        node("p", "Mul", "sf", "c"), node("q", "Mul", "si", "tg"), node("c1", "Add", "p", "q"), node("tc", "Tanh", "c1"), node("y", "Mul", "so", "tc"),
    ]
    yield case("models/LSTM cell", lstm, nodes, lambda x, h, c, wi, wh, bi, bh: torch.lstm_cell(x, (h, c), wi, wh, bi, bh)[0])

    small = {"x": rand(3), "w": rand(2, 3)}
    nodes = [node("z", "MatMul", "w", "x"), node("a", "Softplus", "z"), node("y", "ReduceLogSumExp", "a", keepdims=0)]
    yield hessian("models/hessian", small, nodes, lambda x, w: torch.logsumexp(F.softplus(w @ x), 0))
    factors = {"x": torch.tensor([2.0, 0.0, -1.5, 0.5])}
    yield hessian("models/hessian of a product with a zero", factors, [node("y", "ReduceProd", "x", keepdims=0)], lambda x: x[0] * x[1] * x[2] * x[3])

def reordered(w, *order):
    """Gates of an ONNX parameter [gates·hidden, …] in the order that PyTorch has them."""
    parts = w.chunk(len(order))
    return torch.cat([parts[i] for i in order])



def recurrent(layer, order, x, w, r, b, states):
    """Runs a layer of PyTorch with parameters in ONNX's layout, and gives [Y, Y_h(, Y_c)]."""
    parameters = []
    for d in range(w.shape[0]):
        parameters += [reordered(value, *order) for value in (w[d], r[d], *b[d].chunk(2))]
    y, *last = layer(x, states, parameters, True, 1, 0.0, False, w.shape[0] == 2, False)
    return [y.reshape(*x.shape[:2], w.shape[0], -1).transpose(1, 2), *last]


def recurrent_cases():
    steps, batch, size, hidden = 4, 2, 3, 2
    for op, layer, order in (("RNN", torch._VF.rnn_tanh, (0,)), ("GRU", torch._VF.gru, (1, 0, 2)), ("LSTM", torch._VF.lstm, (0, 2, 3, 1))):
        for direction, count in (("forward", 1), ("bidirectional", 2)):
            gates = len(order)
            inputs = {
                "x": rand(steps, batch, size), "w": rand(count, gates * hidden, size, low=-1, high=1), "r": rand(count, gates * hidden, hidden, low=-1, high=1),
                "b": rand(count, 2 * gates * hidden, low=-0.5, high=0.5), "h": rand(count, batch, hidden, low=-1, high=1),
            }
            attributes = {"direction": direction, "hidden_size": hidden} | ({"linear_before_reset": 1} if op == "GRU" else {})
            operands, outputs = ["x", "w", "r", "b", "", "h"], ["y", "last"]
            if op == "LSTM":
                inputs["c"] = rand(count, batch, hidden, low=-1, high=1)
                operands, outputs = operands + ["c"], outputs + ["cell"]

            def run(x, w, r, b, h, c=None, layer=layer, order=order):
                return recurrent(layer, order, x, w, r, b, h if c is None else (h, c))

            for place, output in enumerate(outputs):
                yield case(f"layers/{op}/{direction}/{output}", inputs, [node(outputs, op, *operands, **attributes)], lambda f=run, p=place, **v: f(**v)[p], output)


            def alone(x, w, r, b, h, n, c=None, run=run):
                """Each sequence by itself, as long as it is; behind its end come zeros."""
                made = []
                for i, k in enumerate(n.tolist()):
                    y, *last = run(x[:k, i : i + 1], w, r, b, h[:, i : i + 1], *(() if c is None else (c[:, i : i + 1],)))
                    made.append([torch.cat((y, torch.zeros(steps - k, *y.shape[1:]))), *last])
                return [torch.cat(parts, 2 if p == 0 else 1) for p, parts in enumerate(zip(*made))]

            operands[4] = "n"
            inputs["n"] = torch.tensor([3, 2])
            for place, output in enumerate(outputs):
                yield case(f"layers/{op}/{direction}/lengths/{output}", inputs, [node(outputs, op, *operands, **attributes)], lambda f=alone, p=place, **v: f(**v)[p], output)

    x, h = rand(steps, batch, size), rand(1, batch, hidden, low=-1, high=1)

    def gru(x, w, r, b, h):
        """The reset before the product, which no layer of PyTorch has."""
        (wz, wr, wh), (rz, rr, rh), (bz, br, bh, cz, cr, ch) = w[0].chunk(3), r[0].chunk(3), b[0].chunk(6)
        h, made = h[0], []
        for t in x:
            z, reset = torch.sigmoid(t @ wz.T + h @ rz.T + bz + cz), torch.sigmoid(t @ wr.T + h @ rr.T + br + cr)
            h = (1 - z) * torch.tanh(t @ wh.T + (reset * h) @ rh.T + bh + ch) + z * h
            made.append(h)
        return torch.stack(made)[:, None]

    parameters = {"w": rand(1, 6, size, low=-1, high=1), "r": rand(1, 6, hidden, low=-1, high=1), "b": rand(1, 12, low=-0.5, high=0.5)}
    yield case("layers/GRU/reset first", {"x": x, **parameters, "h": h}, [node("y", "GRU", "x", "w", "r", "b", "", "h")], gru)

    def lstm(x, w, r, b, h, p):
        (pi, po, pf), c, h, made = p[0].chunk(3), torch.zeros(batch, hidden), h[0], []
        for t in x:
            i, o, f, g = (t @ w[0].T + h @ r[0].T + b[0].chunk(2)[0] + b[0].chunk(2)[1]).chunk(4, 1)
            c = torch.sigmoid(f + pf * c) * c + torch.sigmoid(i + pi * c) * F.softsign(g)
            h = torch.sigmoid(o + po * c) * F.leaky_relu(c, 0.2)
            made.append(h)
        return torch.stack(made)[:, None]

    parameters = {"w": rand(1, 8, size, low=-1, high=1), "r": rand(1, 8, hidden, low=-1, high=1), "b": rand(1, 16, low=-0.5, high=0.5)}
    named = dict(activations=["Sigmoid", "Softsign", "LeakyRelu"], activation_alpha=[0.2])
    yield case("layers/LSTM/peepholes", {"x": x, **parameters, "h": h, "p": rand(1, 6)}, [node("y", "LSTM", "x", "w", "r", "b", "", "h", "", "p", **named)], lstm)


def attention_cases():
    q, k, v = rand(2, 2, 3, 4), rand(2, 2, 3, 4), rand(2, 2, 3, 2)

    def attend(q, k, v, mask=None, scale=None):
        w = q @ k.transpose(-1, -2) * (1 / math.sqrt(q.shape[-1]) if scale is None else scale)
        return (w if mask is None else w + mask).softmax(-1) @ v

    def causal(q, k):
        return torch.full((q.shape[-2], k.shape[-2]), -math.inf).triu(1 + k.shape[-2] - q.shape[-2])

    heads = {"q": q, "k": k, "v": v}
    yield case("layers/Attention", heads, [node("y", "Attention", "q", "k", "v")], attend)
    yield case("layers/Attention/scale", heads, [node("y", "Attention", "q", "k", "v", scale=0.3)], lambda q, k, v: attend(q, k, v, scale=0.3))
    yield case("layers/Attention/causal", heads, [node("y", "Attention", "q", "k", "v", is_causal=1)], lambda q, k, v: attend(q, k, v, causal(q, k)))
    yield case("layers/Attention/mask", heads | {"m": rand(3, 3)}, [node("y", "Attention", "q", "k", "v", "m")], lambda q, k, v, m: attend(q, k, v, m))
    past = {"q": q, "k": k, "v": v, "pk": rand(2, 2, 1, 4), "pv": rand(2, 2, 1, 2)}
    yield case("layers/Attention/past", past, [node("y", "Attention", "q", "k", "v", "", "pk", "pv", is_causal=1)],
               lambda q, k, v, pk, pv: attend(q, torch.cat((pk, k), 2), torch.cat((pv, v), 2), causal(q, torch.cat((pk, k), 2))))
    shared = {"q": rand(2, 3, 8), "k": rand(2, 4, 4), "v": rand(2, 4, 6)}
    split = lambda x, n: x.unflatten(2, (n, -1)).transpose(1, 2)
    yield case("layers/Attention/shared", shared, [node("y", "Attention", "q", "k", "v", q_num_heads=4, kv_num_heads=2)],
               lambda q, k, v: attend(split(q, 4), split(k, 2).repeat_interleave(2, 1), split(v, 2).repeat_interleave(2, 1)).transpose(1, 2).flatten(2))
    module = torch.nn.MultiheadAttention(4, 2, bias=False, batch_first=True)
    block = {"x": rand(2, 3, 4), "w": rand(12, 4), "o": rand(4, 4)}
    nodes = [node("wt", "Transpose", "w"), node("p", "MatMul", "x", "wt"), node(["q", "k", "v"], "Split", "p", axis=2, num_outputs=3),
             node("a", "Attention", "q", "k", "v", q_num_heads=2, kv_num_heads=2), node("ot", "Transpose", "o"), node("y", "MatMul", "a", "ot")]
    yield case("layers/Attention/module", block, nodes, lambda x, w, o: torch.nn.utils.stateless.functional_call(module, {"in_proj_weight": w, "out_proj.weight": o}, (x, x, x))[0])


    turned = {"x": rand(2, 3, 2, 4), "c": rand(2, 2, 2), "s": rand(2, 2, 2)}

    def rotate(x, c, s, pairs):
        return torch.view_as_real(torch.view_as_complex(pairs) * torch.complex(c, s)[:, None])

    yield case("layers/RotaryEmbedding/interleaved", turned, [node("y", "RotaryEmbedding", "x", "c", "s", interleaved=1)], lambda x, c, s: rotate(x, c, s, x.unflatten(3, (2, 2))).flatten(3))
    yield case("layers/RotaryEmbedding", turned, [node("y", "RotaryEmbedding", "x", "c", "s")],
               lambda x, c, s: rotate(x, c, s, x.unflatten(3, (2, 2)).transpose(3, 4).contiguous()).transpose(3, 4).flatten(3))


def resize_cases():
    image, line = rand(1, 2, 3, 4), rand(1, 2, 5)
    for align, coordinates in ((False, "half_pixel"), (True, "align_corners")):
        for ours, theirs in (("linear", "bilinear"), ("cubic", "bicubic")):
            for size in ((5, 7), (2, 3)):
                yield case(f"layers/Resize/{ours}/{coordinates}/{size}", {"x": image}, [node("y", "Resize", "x", mode=ours, coordinate_transformation_mode=coordinates, axes=[2, 3], sizes=list(size))],
                           lambda x, t=theirs, s=size, a=align: F.interpolate(x, s, mode=t, align_corners=a))
        yield case(f"layers/Resize/line/{coordinates}", {"x": line}, [node("y", "Resize", "x", mode="linear", coordinate_transformation_mode=coordinates, sizes=[1, 2, 8])],
                   lambda x, a=align: F.interpolate(x, 8, mode="linear", align_corners=a))
    for size in ((6, 8), (5, 7), (2, 3)):
        yield case(f"layers/Resize/nearest/{size}", {"x": image}, [node("y", "Resize", "x", coordinate_transformation_mode="asymmetric", nearest_mode="floor", sizes=[1, 2, *size])], lambda x, s=size: F.interpolate(x, s))
    for ours, theirs in (("linear", "bilinear"), ("cubic", "bicubic")):
        a = -0.5 if ours == "cubic" else -0.75
        yield case(f"layers/Resize/antialias/{ours}", {"x": rand(1, 1, 9, 8)}, [node("y", "Resize", "x", mode=ours, antialias=1, exclude_outside=1, cubic_coeff_a=a, sizes=[1, 1, 4, 5])],
                   lambda x, t=theirs: F.interpolate(x, (4, 5), mode=t, antialias=True, align_corners=False))


def sampling_cases():
    grid = rand(1, 3, 2, 2, low=-1.3, high=1.3)
    for padding in ("zeros", "border", "reflection"):
        for align in (0, 1):
            for mode in ("bilinear", "nearest", "bicubic"):
                yield case(f"layers/GridSample/{mode}/{padding}/{align}", {"x": rand(1, 2, 3, 4), "g": grid}, [node("y", "GridSample", "x", "g", mode=mode, padding_mode=padding, align_corners=align)],
                           lambda x, g, m=mode, p=padding, a=align: F.grid_sample(x, g, m, p, bool(a)))
    yield case("layers/GridSample/volume", {"x": rand(1, 1, 2, 3, 2), "g": rand(1, 1, 2, 2, 3, low=-1.2, high=1.2)}, [node("y", "GridSample", "x", "g")], lambda x, g: F.grid_sample(x, g, align_corners=False))

    def roi_align(x, r, n, size=(2, 3), samples=2):
        """Means of bilinear samples, each kept inside the image."""
        made = []
        for (x1, y1, x2, y2), image in zip(r - 0.5, x[n]):
            rows = y1 + (torch.arange(size[0] * samples) + 0.5) * (y2 - y1) / (size[0] * samples)
            columns = x1 + (torch.arange(size[1] * samples) + 0.5) * (x2 - x1) / (size[1] * samples)
            grid = torch.stack(torch.broadcast_tensors((2 * columns + 1) / x.shape[3] - 1, ((2 * rows + 1) / x.shape[2] - 1)[:, None]), -1)
            made.append(F.avg_pool2d(F.grid_sample(image[None], grid[None], padding_mode="border", align_corners=False), samples))
        return torch.cat(made)

    regions = {"x": rand(2, 2, 5, 6), "r": torch.tensor([[0.3, 0.2, 4.1, 4.6], [1.2, -0.3, 5.9, 3.4], [2.1, 1.7, 3.6, 2.2]]), "n": torch.tensor([1, 0, 1])}
    yield case("layers/RoiAlign", regions, [node("y", "RoiAlign", "x", "r", "n", output_height=2, output_width=3, sampling_ratio=2)], roi_align)
    for align in (0, 1):
        yield case(f"layers/AffineGrid/{align}", {"t": rand(2, 2, 3)}, [node("y", "AffineGrid", "t", size=[2, 1, 3, 2], align_corners=align)], lambda t, a=align: F.affine_grid(t, (2, 1, 3, 2), bool(a)))
    yield case("layers/AffineGrid/volume", {"t": rand(1, 3, 4)}, [node("y", "AffineGrid", "t", size=[1, 1, 2, 3, 2])], lambda t: F.affine_grid(t, (1, 1, 2, 3, 2), False))


def layers():
    """Layers of models: normalisations, recurrent layers, attention, resizing, sampling, optimizers."""
    x = {"x": rand(3, 4, 2), "s": rand(4), "b": rand(4)}
    means = {"m": rand(4), "v": rand(4, low=0.3)}
    yield case("layers/BatchNormalization", x | means, [node("y", "BatchNormalization", "x", "s", "b", "m", "v", epsilon=0.01)], lambda x, s, b, m, v: (x - m[:, None]) / (v[:, None] + 0.01).sqrt() * s[:, None] + b[:, None])
    yield case("layers/BatchNormalization/inference", x | means, [node("y", "BatchNormalization", "x", "s", "b", "m", "v")], lambda x, s, b, m, v: F.batch_norm(x, m, v, s, b), fixed=("m", "v"))
    trained = [node(["y", "rm", "rv"], "BatchNormalization", "x", "s", "b", "m", "v", training_mode=1, momentum=0.8)]
    yield case("layers/BatchNormalization/training", x | means, trained, lambda x, s, b, m, v: F.batch_norm(x, m.clone(), v.clone(), s, b, True, 0.2), fixed=("m", "v"))

    def running(x, m):
        kept = m.clone()
        F.batch_norm(x.detach(), kept, torch.ones(4), training=True, momentum=0.2)
        return kept

    yield case("layers/BatchNormalization/running mean", x | means, trained, lambda x, s, b, m, v: running(x, m.detach()), "rm")
    yield case("layers/InstanceNormalization", {"x": rand(2, 3, 2, 2), "s": rand(3), "b": rand(3)}, [node("y", "InstanceNormalization", "x", "s", "b", epsilon=0.001)], lambda x, s, b: F.instance_norm(x, weight=s, bias=b, eps=0.001))
    yield case("layers/GroupNormalization", {"x": rand(2, 6, 2), "s": rand(6), "b": rand(6)}, [node("y", "GroupNormalization", "x", "s", "b", num_groups=3)], lambda x, s, b: F.group_norm(x, 3, s, b))
    for p in (1, 2):
        yield case(f"layers/LpNormalization/{p}", {"x": rand(2, 3, 2)}, [node("y", "LpNormalization", "x", p=p, axis=1)], lambda x, p=p: F.normalize(x, p, 1))
    yield case("layers/MeanVarianceNormalization", {"x": rand(2, 3, 2, 2)}, [node("y", "MeanVarianceNormalization", "x")],
               lambda x: (x - x.mean((0, 2, 3), keepdim=True)) / (x.std((0, 2, 3), unbiased=False, keepdim=True) + 1e-9))
    yield case("layers/DepthToSpace", {"x": rand(1, 8, 2, 3)}, [node("y", "DepthToSpace", "x", blocksize=2, mode="CRD")], lambda x: F.pixel_shuffle(x, 2))
    for n in (1, 2, 3, 4, 6):
        yield case(f"layers/Det/{n}", {"x": rand(2, n, n)}, [node("y", "Det", "x")], lambda x: torch.linalg.det(x))
    yield case("layers/DFT", {"x": rand(2, 5, 2)}, [node("y", "DFT", "x")], lambda x: torch.view_as_real(torch.fft.fft(torch.view_as_complex(x))))
    yield case("layers/DFT/inverse", {"x": rand(2, 4, 2)}, [node("y", "DFT", "x", inverse=1)], lambda x: torch.view_as_real(torch.fft.ifft(torch.view_as_complex(x))))
    yield case("layers/DFT/one side", {"x": rand(2, 7, 1)}, [node("y", "DFT", "x", onesided=1)], lambda x: torch.view_as_real(torch.fft.rfft(x[..., 0])))
    yield case("layers/STFT", {"x": rand(2, 9), "w": rand(4)}, [node("y", "STFT", "x", 2, "w")], lambda x, w: torch.view_as_real(torch.fft.rfft(x.unfold(1, 4, 2) * w)))
    yield from selection_cases()
    yield from recurrent_cases()
    yield from attention_cases()
    yield from resize_cases()
    yield from sampling_cases()
    yield from optimizer_cases()


def selection_cases():
    x, whole, truth = rand(3, 4), torch.tensor([[3, 0, 0], [2, 0, -1]]), torch.tensor([True, False, True])
    yield case("layers/EyeLike", {"x": rand(3, 4)}, [node("y", "EyeLike", "x", k=1)], lambda x: torch.eye(3, 5)[:, :4].roll(1, 1) * torch.ones(3, 4).triu(1))
    yield case("layers/Hardmax", {"x": x}, [node("y", "Hardmax", "x")], lambda x: F.one_hot(x.argmax(1), 4).double())
    yield case("layers/NonZero", {"x": whole}, [node("y", "NonZero", "x")], lambda x: torch.nonzero(x).T)
    yield case("layers/Compress", {"x": x, "c": truth}, [node("y", "Compress", "x", "c", axis=0)], lambda x, c: x[c])
    yield case("layers/Compress/elements", {"x": x, "c": truth}, [node("y", "Compress", "x", "c")], lambda x, c: x.flatten()[:3][c])
    values = torch.tensor([5, 1, 5, 3, 1, 1])
    for output, place in (("y", 0), ("inverse", 1), ("counts", 2)):
        yield case(f"layers/Unique/{output}", {"x": values}, [node(["y", "first", "inverse", "counts"], "Unique", "x")], lambda x, p=place: torch.unique(x, return_inverse=True, return_counts=True)[p], output)
        rows = torch.tensor([[2, 1], [0, 3], [2, 1]])
        yield case(f"layers/Unique/rows/{output}", {"x": rows}, [node(["y", "first", "inverse", "counts"], "Unique", "x", axis=0)], lambda x, p=place: torch.unique(x, return_inverse=True, return_counts=True, dim=0)[p], output)
    lengths = torch.tensor([2, 4, 1])
    reverse = lambda x, n: torch.stack([torch.cat((x[:k, i].flip(0), x[k:, i])) for i, k in enumerate(n)], 1)
    yield case("layers/ReverseSequence", {"x": rand(4, 3), "n": lengths}, [node("y", "ReverseSequence", "x", "n")], reverse)
    yield case("layers/SpaceToDepth", {"x": rand(1, 1, 4, 6)}, [node("y", "SpaceToDepth", "x", blocksize=2)], lambda x: F.pixel_unshuffle(x, 2))
    blocks = lambda x: F.pixel_shuffle(x.reshape(1, 2, 2, 2, 2, 3).permute(0, 3, 1, 2, 4, 5).reshape(1, 8, 2, 3), 2)
    yield case("layers/DepthToSpace/blocks first", {"x": rand(1, 8, 2, 3)}, [node("y", "DepthToSpace", "x", blocksize=2)], blocks)
    yield case("layers/CenterCropPad", {"x": rand(5, 2)}, [node("y", "CenterCropPad", "x", shape=[2, 5])], lambda x: F.pad(x[1:3], (1, 2)))
    for op, make in (("HannWindow", torch.hann_window), ("BlackmanWindow", torch.blackman_window)):
        for periodic in (0, 1):
            yield case(f"layers/{op}/{periodic}", {}, [node("y", op, 7, periodic=periodic)], lambda m=make, p=periodic: m(7, bool(p)), atol=1e-15)
    yield case("layers/HammingWindow", {}, [node("y", "HammingWindow", 7)], lambda: torch.hamming_window(7, True, 25 / 46, 21 / 46))


def optimizer_cases():
    x, g, n = rand(4), rand(4), 3

    def stepped(make, x, gradients):
        """What n steps of an optimizer of PyTorch make of x."""
        x = x.detach().clone().requires_grad_()
        optimizer = make([x])
        for gradient in gradients:
            x.grad = gradient.detach().clone()
            optimizer.step()
        return x.detach()

    def nodes(op, states, **attributes):
        made, current = [], ["x"] + ["zero"] * states
        for t in range(n):
            behind = [f"{name}{t}" for name in ("x", "v", "h")[: states + 1]] if t < n - 1 else ["y"] + [f"{name}{t}" for name in ("v", "h")[:states]]
            made.append(node(behind, op, 0.1, t + (1 if op == "Adam" else 0), current[0], f"g{t}", *current[1:], **attributes))
            current = behind
        return made

    inputs = {"x": x, "zero": torch.zeros(4)} | {f"g{t}": g * (t + 1) for t in range(n)}
    table = [
        ("Adam", 2, dict(alpha=0.9, beta=0.99, epsilon=0.0), lambda p: torch.optim.Adam(p, 0.1, (0.9, 0.99), 0.0)),
        ("Adagrad", 1, dict(decay_factor=0.2, epsilon=1e-3), lambda p: torch.optim.Adagrad(p, 0.1, 0.2, eps=1e-3)),
        ("Momentum", 1, dict(alpha=0.8, beta=1.0, mode="standard", norm_coefficient=0.05), lambda p: torch.optim.SGD(p, 0.1, 0.8, weight_decay=0.05)),
        ("Momentum", 1, dict(alpha=0.8, beta=1.0, mode="nesterov", norm_coefficient=0.0), lambda p: torch.optim.SGD(p, 0.1, 0.8, nesterov=True)),
    ]
    for op, states, attributes, make in table:
        graph_nodes = nodes(op, states, **attributes) + [node("z", "Identity", "y")]
        yield case(f"layers/{op}/{attributes.get('mode', '')}", inputs, graph_nodes, lambda x, zero, m=make, **gs: stepped(m, x, gs.values()), "z")


for family in (unary, binary, reductions, normalizations, products, shapes, indices, models, convolutions, layers):
    with open(HERE / f"{family.__name__}.jsonl", "w", encoding="utf-8") as file:
        for line in family():
            file.write(json.dumps(line, separators=(",", ":"), allow_nan=False) + "\n")
