#!/usr/bin/python3
"""Writes cases.jsonl: requests whose right answers are known by analysis or with 40 digits (mpmath), by kind, each with its source."""
import json
import math
import os
import re

import mpmath

CASES = []


def case(kind, source, route, body, expect=None, status=200, says=None, relative=1e-14):
    CASES.append({"kind": kind, "source": source, "route": route, "body": body, "expect": expect or {}, "status": status, "says": says, "relative": relative})


def f32(*values):
    return {"dtype": "float32", "shape": [len(values)], "data": list(values)}


def scalar32(value):
    return {"dtype": "float32", "shape": [], "data": [value]}


def labels(values, op="SoftmaxCrossEntropyLoss", **attributes):
    node = {"name": "L", "op": op, "inputs": ["s", "t"]}
    if attributes:
        node["attributes"] = attributes
    return {"graph": {"inputs": [{"name": "s"}, {"name": "t", "dtype": "int64"}], "nodes": [node], "outputs": ["L"]},
            "inputs": {"s": [[0.5, -1, 2, 0]] * len(values), "t": {"dtype": "int64", "shape": [len(values)], "data": values}}, "wrt": ["s"]}


KIND = "whole numbers"
SOURCE = "orjson#124, rq#162, tdlib#85"


def whole(expression, data, expect, dtype="int64"):
    case(KIND, SOURCE, "evaluations", {"expression": expression, "inputs": {"x": {"dtype": dtype, "shape": [len(data)], "data": data}}}, says=written(expect))


def number(text):
    """A number that is sent as it is written here."""
    return f"#{text}#"


def written(expect):
    return '"y":' + json.dumps(expect, separators=(",", ":"))


BIG = 9007199254740993
whole("y=x+9007199254740995.0", [0], [9007199254740995])
whole("y=x+9.007199254740995e15", [1], [9007199254740996])
whole("y=x+9007199254740993", [0], [BIG])
whole("y=x-9007199254740993", [0], [-BIG])
whole("y=x+(-9223372036854775808)", [0], [-9223372036854775808])
whole("y=x+0", [number("9007199254740993.0"), number("1.0")], [BIG, 1])
whole("y=x+0", [number("1.0"), number("9.007199254740993e15"), number("2e0")], [1, BIG, 2])
whole("y=x+0", [number("-9007199254740993.00")], [-BIG])
case(KIND, SOURCE, "evaluations", {"graph": {"inputs": [{"name": "x", "dtype": "int64"}], "nodes": [{"name": "y", "op": "Add", "inputs": ["x", BIG]}], "outputs": ["y"]},
                                   "inputs": {"x": {"dtype": "int64", "shape": [], "data": [0]}}}, says=written(BIG))
case(KIND, SOURCE, "evaluations", {"graph": {"inputs": [{"name": "x", "dtype": "int64"}], "nodes": [{"name": "y", "op": "Add", "inputs": ["x", number("9007199254740993.0")]}],
                                             "outputs": ["y"]}, "inputs": {"x": {"dtype": "int64", "shape": [], "data": [0]}}}, says=written(BIG))
case(KIND, SOURCE, "evaluations", {"graph": {"inputs": [{"name": "x", "dtype": "int64"}], "nodes": [{"name": "y", "op": "Add", "inputs": ["x", "c"]}],
                                             "constants": [{"name": "c", "value": {"dtype": "int64", "shape": [2], "data": [number("9007199254740993.0"), 0]}}], "outputs": ["y"]},
                                   "inputs": {"x": {"dtype": "int64", "shape": [], "data": [0]}}}, says=written([BIG, 0]))

KIND = "notation"
SOURCE = "NumPy and Python; numbers by hand"


def notation(expression, inputs, value, gradient, wrt="x", relative=1e-14):
    case(KIND, SOURCE, "gradients", {"expression": expression, "inputs": inputs, "wrt": [wrt]}, {"value": float(value), f"gradients.{wrt}": gradient}, relative=relative)


ROWS = [[1, 2, 3], [4, 5, 6]]
notation("L=x[0]*x[2]", {"x": [2, 3, 5]}, 10, [5, 0, 2])
notation("L=x[-1]^2", {"x": [2, 3, 5]}, 25, [0, 0, 10])
notation("L=x[1,2]*x[0,0]", {"x": ROWS}, 6, [[6, 0, 0], [0, 0, 1]])
notation("L=sum(x[0:2, ::-1][:, 0])", {"x": ROWS}, 9, [[0, 0, 1], [0, 0, 1]])
notation("L=sum(x[..., None] * [1, 10])", {"x": [1, 2]}, 33, [11, 11])
notation("L=sum(x[:, [2, 0]] * [1, 10])", {"x": ROWS}, 59, [[10, 0, 1], [10, 0, 1]])
notation("L=sum((x.T @ x)[0, 1:])", {"x": ROWS}, 49, [[5, 1, 1], [11, 4, 4]])
notation("L=sum(x.mT[0])", {"x": ROWS}, 5, [[1, 0, 0], [1, 0, 0]])
notation("L=sum([1, 2, 3] * x)", {"x": f32(1, 1, 1)}, 6, [1, 2, 3])
notation("L=sum([x, x²] * [1, 10])", {"x": 3}, 93, 61)
notation("L=x % 3 + y // 2", {"x": -7, "y": 5}, 4, 1)
notation("L=mod(x, y)", {"x": -7, "y": 3}, 2, 3, wrt="y")
notation("L=fmod(x, y)", {"x": -7, "y": 3}, -1, 2, wrt="y")
notation("L=e^x", {"x": 2}, mpmath.e ** 2, float(mpmath.e ** 2))
notation("L=e^x", {"x": 2, "e": 3}, 9, 9 * math.log(3))
notation("L=log(x, 10)", {"x": 100}, 2, 1 / (100 * math.log(10)))
notation("L=x² if x > 0 else -x", {"x": -3}, 3, -1)
notation("L=sum(x if x > 0 and x < 2 else 0)", {"x": [-1, 1, 3]}, 1, [0, 1, 0])
notation("L=(x > 0) * x + |x| · √4", {"x": -2}, 4, -2)
notation("L=sum((x ≤ 1) * x − x × 2)", {"x": [1, 3]}, -7, [-1, -2])

KIND = "labels"
SOURCE = "pytorch#32049, #12670, #39769; ONNX: labels lie in [0, C)"
case(KIND, SOURCE, "gradients", labels([-2]), status=422, says="label -2 at position [0] is no class: it must lie in [0, 3]")
case(KIND, SOURCE, "gradients", labels([0, 4]), status=422, says="label 4 at position [1] is no class: it must lie in [0, 3]")
case(KIND, SOURCE, "gradients", labels([-1], "NegativeLogLikelihoodLoss"), status=422, says="label -1 at position [0]")
case(KIND, SOURCE, "gradients", labels([-1, 2], ignore_index=-100), status=422, says="label -1 at position [0]")
case(KIND, SOURCE, "gradients", labels([255, 2], ignore_index=255), {"value": 0.34234958238982216})
case(KIND, SOURCE, "gradients", labels([-1, 2], ignore_index=-1), {"value": 0.34234958238982216})

KIND = "hidden rows of attention"
SOURCE = "onnx#8068, #8054; pytorch#103749"


def attention(mask, dtype="bool", **attributes):
    node = {"name": "y", "op": "Attention", "inputs": ["q", "k", "v", "m"]}
    if attributes:
        node["attributes"] = attributes
    return {"graph": {"inputs": [{"name": "q"}, {"name": "k"}, {"name": "v"}, {"name": "m", "dtype": dtype}], "nodes": [node], "outputs": ["y"]},
            "inputs": {"q": [[[[2, 0], [1, 1]]]], "k": [[[[1, 0], [0, 1], [1, -1]]]], "v": [[[[1], [4], [2]]]], "m": mask},
            "wrt": ["q", "k", "v"], "seed": [[[[1], [0]]]]}


ROW = {"value": [[[[1.5], [0]]]], "gradients.v": [[[[0.5], [0], [0.5]]]], "gradients.q": [[[[0, -0.17677669529663687], [0, 0]]]],
       "gradients.k": [[[[-0.35355339059327373, 0], [0, 0], [0.35355339059327373, 0]]]]}
case(KIND, SOURCE, "gradients", attention([[True, False, True], [False, False, False]]), ROW)
case(KIND, SOURCE, "gradients", attention([[0, "-Infinity", 0], ["-Infinity"] * 3], "float64"), ROW)
case(KIND, SOURCE, "gradients", attention([[True, False, True], [False, False, False]], softcap=1e9), ROW, relative=1e-6)
case(KIND, SOURCE, "gradients", attention([[True, False, False], [False, False, True]], is_causal=1),
     {"value": [[[[1], [0]]]], "gradients.v": [[[[1], [0], [0]]]], "gradients.q": [[[[0, 0], [0, 0]]]]})

KIND = "log-sum-exp"
SOURCE = "stan-dev/math#1679"
case(KIND, SOURCE, "gradients", {"expression": "L=logsumexp(x)", "inputs": {"x": f32(1e7, 1e7)}}, {"gradients.x": [0.5, 0.5]})
case(KIND, SOURCE, "gradients", {"expression": "L=logsumexp(x)", "inputs": {"x": f32(-3e5, -3e5, -3e5)}}, {"gradients.x": [1 / 3] * 3}, relative=1e-6)
case(KIND, SOURCE, "gradients", {"expression": "L=logsumexp(x)", "inputs": {"x": [1e15, 1e15]}}, {"gradients.x": [0.5, 0.5]})
case(KIND, SOURCE, "jacobian-vector-products", {"expression": "L=logsumexp(x)", "inputs": {"x": [1e15, 1e15]}, "tangents": {"x": [1, 1]}}, {"tangents.L": 1})
case(KIND, SOURCE, "hessians", {"expression": "L=logsumexp(x)", "inputs": {"x": f32(1e7, 1e7)}}, {"hessians.x.x": [[0.25, -0.25], [-0.25, 0.25]]})
case(KIND, SOURCE, "gradients", {"expression": "L=logsumexp(x)", "inputs": {"x": [[-2e12, -2e12], [-2e12, -2e12]]}}, {"gradients.x": [[0.25, 0.25], [0.25, 0.25]]})
case(KIND, SOURCE, "gradients", {"expression": "L=sum(logsumexp(x, axis=0))", "inputs": {"x": [[3e14, 0], [3e14, 0]]}}, {"gradients.x": [[0.5, 0.5], [0.5, 0.5]]})

KIND = "tails"
SOURCE = "caffe#1455, micrograd#74, jax#40384, pytorch#113708"
for x, slope in [(12, 1.510053817597626e-10), (18, 9.2780913209742732e-16), (21, 2.2998089057174239e-18), (-12, 1.510053817597626e-10), (3, 0.009866037165440191)]:
    case(KIND, SOURCE, "gradients", {"expression": "L=tanh(x)", "inputs": {"x": x}}, {"gradients.x": slope}, relative=2e-15)
for x, slope in [(8, 4.501406e-07), (10, 8.244614e-09)]:
    case(KIND, SOURCE, "gradients", {"expression": "L=tanh(x)", "inputs": {"x": scalar32(x)}}, {"gradients.x": slope}, relative=3e-7)
case(KIND, SOURCE, "hessians", {"expression": "L=tanh(x)", "inputs": {"x": 12}}, {"hessians.x.x": -3.0201076349672257e-10}, relative=4e-15)
for x, slope in [(2e12, 2.4999999999975e-25), (5e15, 3.9999999999999984e-32), (1e20, 1e-40), (-2e12, 2.4999999999975e-25), (0.25, 0.64), (-0.5, 0.4444444444444444)]:
    case(KIND, SOURCE, "gradients", {"expression": "L=softsign(x)", "inputs": {"x": x}}, {"gradients.x": slope}, relative=2e-15)
case(KIND, SOURCE, "gradients", {"expression": "L=softsign(x)", "inputs": {"x": scalar32(3e6)}}, {"gradients.x": 1.1111104e-13}, relative=3e-7)
case(KIND, SOURCE, "gradients", {"expression": "L=gelu(x,approximate='tanh')", "inputs": {"x": -7}}, {"value": -2.315442262072549e-15, "gradients.x": -2.7651173507066019e-14}, relative=1e-13)

KIND = "branches not taken"
SOURCE = "pytorch#156212, #36923, #52248; jax#347; tensorflow#2540"
for expression, inputs, expected in [
        ("L=where(abs(x)>=1, 2/x, 3*x)", {"x": 0}, {"gradients.x": 3}),
        ("L=where(x>1, log(x-1), 2*x)", {"x": 1}, {"gradients.x": 2}),
        ("L=where(x<10, exp(x), x)", {"x": 800}, {"gradients.x": 1}),
        ("s=sum(x^2); L=where(s>1, sqrt(s), s)", {"x": [0, 0]}, {"gradients.x": [0, 0]}),
        ("L=clip(log(x),-5,5)", {"x": 0}, {"gradients.x": 0}),
        ("L=relu(sqrt(x)-1)", {"x": 0}, {"gradients.x": 0}),
        ("L=max(log(x),-5)", {"x": 0}, {"gradients.x": 0}),
        ("L=min(1/x, 7)", {"x": 0}, {"gradients.x": 0}),
        ("L=where(x>0, sqrt(log(x+1)), where(x<0, log(-x), 5*x))", {"x": 0}, {"gradients.x": 5}),
        ("t=log(x); L=where(x>0, t, x)+where(x>1, t^2, x)", {"x": 0}, {"gradients.x": 2})]:
    case(KIND, SOURCE, "gradients", {"expression": expression, "inputs": inputs}, expected)
    tangents = {name: 1 if not isinstance(value, list) else [1] * len(value) for name, value in inputs.items()}
    gradient = expected["gradients.x"]
    case(KIND, SOURCE, "jacobian-vector-products", {"expression": expression, "inputs": inputs, "tangents": tangents},
         {"tangents.L": sum(gradient) if isinstance(gradient, list) else gradient})
case(KIND, SOURCE, "gradients", {"expression": "L=sum(where(m>0, -log(p), 0))", "inputs": {"p": [0, 0.5], "m": [0, 1]}, "wrt": ["p"]}, {"gradients.p": [0, -2]})
case(KIND, SOURCE, "gradients", {"expression": "L=sum(where(c>0, log(p), 0))", "inputs": {"p": [0, 0.5], "c": [[0, 1], [0, 1]]}, "wrt": ["p"]}, {"gradients.p": [0, 4]})
case(KIND, SOURCE, "jacobians", {"expression": "y=where(abs(x)>=1, 2/x, 3*x)", "inputs": {"x": [0, 2]}}, {"jacobians.y.x": [[3, 0], [0, -0.5]]})
case(KIND, SOURCE, "hessians", {"expression": "L=where(x>1, log(x-1), x^3)", "inputs": {"x": 1}}, {"hessians.x.x": 6})
case(KIND, SOURCE, "gradients", {"expression": "L=sum(m*log(x))", "inputs": {"x": [0.0], "m": [0.0]}, "wrt": ["x"]}, {"gradients.x": ["NaN"]})

KIND = "range"
SOURCE = "tensorflow#124774, pytorch#193006"
case(KIND, SOURCE, "gradients", {"expression": "L=atan2(y,x)", "inputs": {"y": 3e180, "x": 4e180}}, {"gradients.y": 1.6e-181, "gradients.x": -1.2e-181}, relative=1e-15)
case(KIND, SOURCE, "gradients", {"expression": "L=atan2(y,x)", "inputs": {"y": 3e-180, "x": 4e-180}}, {"gradients.y": 1.6e179, "gradients.x": -1.2e179}, relative=1e-15)
case(KIND, SOURCE, "gradients", {"expression": "L=atan2(y,x)", "inputs": {"y": scalar32(3e22), "x": scalar32(4e22)}}, {"gradients.y": 1.6e-23, "gradients.x": -1.2e-23}, relative=3e-7)
for x in (1e155, 1e300, -1e200):
    case(KIND, SOURCE, "gradients", {"expression": "L=asinh(x)", "inputs": {"x": x}}, {"gradients.x": 1 / abs(x)}, relative=1e-15)
case(KIND, SOURCE, "gradients", {"expression": "L=acosh(x)", "inputs": {"x": 1e200}}, {"gradients.x": 1e-200}, relative=1e-15)
case(KIND, SOURCE, "gradients", {"expression": "L=asinh(x)", "inputs": {"x": 9e9}}, {"gradients.x": 1.1111111111111111e-10}, relative=1e-15)

KIND = "NaN"
SOURCE = "PyTorch 1.13"
case(KIND, SOURCE, "gradients", {"expression": "L=max(x,y)", "inputs": {"x": "NaN", "y": 1}}, {"gradients.x": 1, "gradients.y": 1})
case(KIND, SOURCE, "gradients", {"expression": "L=clip(x,-1,1)", "inputs": {"x": "NaN"}}, {"value": "NaN", "gradients.x": 0})

KIND = "functions"
SOURCE = "mpmath, 40 digits; derivatives by mpmath.diff"
mpmath.mp.dps = 40
ONE = {
    "log2": (lambda x: mpmath.log(x, 2), [0.3, 8, 1e-300]), "log10": (mpmath.log10, [0.3, 1000, 1e200]), "exp2": (lambda x: mpmath.mpf(2) ** x, [-3.5, 0.25, 1000]),
    "cbrt": (lambda x: mpmath.sign(x) * mpmath.cbrt(abs(x)), [-8, 0.001, 27]), "logsigmoid": (lambda x: -mpmath.log1p(mpmath.exp(-x)), [-750, -2, 0.5, 40]),
    "logit": (lambda x: mpmath.log(x / (1 - x)), [1e-20, 0.3, 0.9]), "ndtr": (mpmath.ncdf, [-3, 0.2, 2]), "sinc": (mpmath.sincpi, [0.001, 0.3, 0.31, 0.32, 2.5, -4.25]),
    "trunc": (lambda x: mpmath.mpf(int(x)), [-2.7, 3.9]), "sec": (mpmath.sec, [0.4]), "csc": (mpmath.csc, [0.4]), "cot": (mpmath.cot, [0.4]),
    "sech": (mpmath.sech, [0.4]), "csch": (mpmath.csch, [0.4]), "coth": (mpmath.coth, [0.4]), "tanhshrink": (lambda x: x - mpmath.tanh(x), [0.7, -2]),
    "log1mexp": (lambda x: mpmath.log(1 - mpmath.exp(-x)), [1e-10, 0.5, 3, 50]), "deg2rad": (mpmath.radians, [90]), "rad2deg": (mpmath.degrees, [1.5]),
    "relu6": (lambda x: min(max(x, 0), 6), [-1, 2, 7]), "hardtanh": (lambda x: min(max(x, -1), 1), [-2, 0.5, 3]),
    "softshrink": (lambda x: x - 0.5 if x > 0.5 else x + 0.5 if x < -0.5 else 0, [-2, 0.3, 3]), "hardshrink": (lambda x: x if abs(x) > 0.5 else 0, [-2, 0.3, 3]),
    "expit": (mpmath.sigmoid if hasattr(mpmath, "sigmoid") else lambda x: 1 / (1 + mpmath.exp(-x)), [-30, 0.5]), "gammaln": (mpmath.loggamma, [0.5, 7.25]),
}
for name, (function, points) in ONE.items():
    for x in points:
        slope = mpmath.diff(function, mpmath.mpf(x), h=mpmath.mpf("1e-12") * max(abs(x), mpmath.mpf("1e-300")))
        case(KIND, SOURCE, "gradients", {"expression": f"L={name}(x)", "inputs": {"x": x}}, {"value": float(function(mpmath.mpf(x))), "gradients.x": float(slope)}, relative=4e-15)
TWO = {
    "hypot": (mpmath.hypot, [(3, -4), (1e-3, 2e3)]), "logaddexp": (lambda x, y: mpmath.log(mpmath.exp(x) + mpmath.exp(y)), [(1, 3), (0, -40), (1000, 1000), (2, 2)]),
    "xlogy": (lambda x, y: x * mpmath.log(y), [(2, 0.5), (0.3, 7)]), "xlog1py": (lambda x, y: x * mpmath.log1p(y), [(2, 1e-20), (0.3, 7)]),
    "remainder": (lambda x, y: x - y * mpmath.floor(x / y), [(-7.5, 3), (7.5, -3), (7.5, 3)]), "betaln": (lambda x, y: mpmath.log(mpmath.beta(x, y)), [(2.5, 3.5)]),
    "mse": (lambda x, y: (x - y) ** 2, [(1.5, 4)]), "mae": (lambda x, y: abs(x - y), [(1.5, 4)]),
    "huber": (lambda x, y: (x - y) ** 2 / 2 if abs(x - y) <= 1 else abs(x - y) - mpmath.mpf(1) / 2, [(1.5, 4), (1.5, 1.25)]),
    "bce": (lambda x, y: -(y * mpmath.log(x) + (1 - y) * mpmath.log(1 - x)), [(0.3, 0.25)]),
    "bce_with_logits": (lambda x, y: mpmath.log1p(mpmath.exp(x)) - y * x, [(40, 0.0), (40, 1.0), (-40, 0.0), (0.5, 0.25)]),
    "kl_div": (lambda x, y: y * (mpmath.log(y) - x), [(-1.5, 0.25)]), "hinge": (lambda x, y: max(1 - x * y, 0), [(0.3, -1), (2, 1)]),
}
for name, (function, points) in TWO.items():
    for x, y in points:
        at = (mpmath.mpf(x), mpmath.mpf(y))
        slopes = [mpmath.diff(function, at, order, h=mpmath.mpf("1e-15")) for order in ((1, 0), (0, 1))]
        case(KIND, SOURCE, "gradients", {"expression": f"L={name}(x,y)", "inputs": {"x": float(x), "y": float(y)}},
             {"value": float(function(*at)), "gradients.x": float(slopes[0]), "gradients.y": float(slopes[1])}, relative=1e-14)
for body, expected in [
        ({"expression": "L=hypot(x,y)", "inputs": {"x": 5e200, "y": 1.2e201}}, {"value": 1.3e201, "gradients.x": 5 / 13, "gradients.y": 12 / 13}),
        ({"expression": "L=hypot(x,y)", "inputs": {"x": 5e-200, "y": 1.2e-199}}, {"value": 1.3e-199, "gradients.x": 5 / 13, "gradients.y": 12 / 13}),
        ({"expression": "L=hypot(x,y)", "inputs": {"x": 0, "y": 0}}, {"value": 0, "gradients.x": 0, "gradients.y": 0}),
        ({"expression": "L=xlogy(x,y)", "inputs": {"x": 0, "y": 0}}, {"value": 0, "gradients.y": 0}),
        ({"expression": "L=sinc(x)", "inputs": {"x": 0}}, {"value": 1, "gradients.x": 0}),
        ({"expression": "L=cbrt(x)", "inputs": {"x": 0}}, {"value": 0, "gradients.x": "Infinity"}),
        ({"expression": "L=var(x)", "inputs": {"x": [1, 2, 4, 9]}}, {"value": 9.5, "gradients.x": [-1.5, -1, 0, 2.5]}),
        ({"expression": "L=var(x, correction=1)", "inputs": {"x": [1, 2, 4, 9]}}, {"value": 38 / 3, "gradients.x": [-2, -4 / 3, 0, 10 / 3]}),
        ({"expression": "L=sum(var(x, axis=0))", "inputs": {"x": [[1, 2], [3, 6]]}}, {"value": 5, "gradients.x": [[-1, -2], [1, 2]]}),
        ({"expression": "L=std(x)", "inputs": {"x": [3, 3, 3]}}, {"value": 0, "gradients.x": [0, 0, 0]}),
        ({"expression": "L=std(x, correction=1)", "inputs": {"x": f32(1, 3)}}, {"value": 1.4142135}),
        ({"expression": "L=cosine_similarity(x,y)", "inputs": {"x": [0, 0], "y": [1, 2]}}, {"value": 0, "gradients.x": [0, 0], "gradients.y": [0, 0]}),
        ({"expression": "L=cosine_similarity(x,y)", "inputs": {"x": [3, 4], "y": [4, 3]}}, {"value": 0.96}),
        ({"expression": "L=sum(outer(x,y))", "inputs": {"x": [1, 2], "y": [3, 4]}}, {"value": 21, "gradients.x": [7, 7], "gradients.y": [3, 3]}),
        ({"expression": "L=trace(x)", "inputs": {"x": [[1, "NaN"], [5, 4]]}}, {"value": 5, "gradients.x": [[1, 0], [0, 1]]}),
        ({"expression": "L=sum(tril(x))", "inputs": {"x": [[1, 2], [3, 4]]}}, {"value": 8, "gradients.x": [[1, 0], [1, 1]]}),
        ({"expression": "L=huber(x,y,delta=0.5)", "inputs": {"x": 3, "y": 1}}, {"value": 0.875, "gradients.x": 0.5}),
        ({"expression": "L=nansum(x)", "inputs": {"x": [1, "NaN", 3]}}, {"value": 4, "gradients.x": [1, 0, 1]}),
        ({"expression": "L=fmax(x,y)", "inputs": {"x": "NaN", "y": 2}}, {"value": 2, "gradients.x": 0, "gradients.y": 1}),
        ({"expression": "d=x^2; L=huber(d,y)+d", "inputs": {"x": 0.5, "y": 0}}, {"value": 0.28125, "gradients.x": 1.25})]:
    case(KIND, "analysis; conventions of NumPy and PyTorch", "gradients", body, expected, relative=4e-15)
case(KIND, "analysis", "hessians", {"expression": "L=sinc(x)", "inputs": {"x": 0}}, {"hessians.x.x": -3.289868133696453}, relative=1e-14)
case(KIND, "pytorch#4320", "hessians", {"expression": "L=hypot(x,y)", "inputs": {"x": 3, "y": 3}},
     {"hessians.x.x": 0.11785113019775792, "hessians.x.y": -0.11785113019775792}, relative=1e-14)
KIND = "axes by position"
case(KIND, "NumPy, PyTorch", "evaluations", {"expression": "y=mean(x,0)", "inputs": {"x": [[2, 6], [4, 8]]}}, {"outputs.y": [3, 7]})
case(KIND, "NumPy, PyTorch", "gradients", {"expression": "L=sum(square(sum(x,1)))", "inputs": {"x": [[1, 2], [3, 4]]}}, {"value": 58, "gradients.x": [[6, 6], [14, 14]]})
case(KIND, "NumPy, PyTorch", "evaluations", {"expression": "y=std(x,0)", "inputs": {"x": [[1, 2], [3, 6]]}}, {"outputs.y": [1, 2]})
case(KIND, "NumPy, PyTorch", "evaluations", {"expression": "y=sum(x,2.5)", "inputs": {"x": 1}}, {"outputs.y": 3.5})
case(KIND, "NumPy and PyTorch disagree on matrices", "gradients", {"expression": "L=norm(x,2)", "inputs": {"x": [3, 4]}}, status=422, says="norm(x, axis=1)")
case(KIND, "", "gradients", {"expression": "L=sgimoid(x)", "inputs": {"x": 1}}, status=422, says="did you mean 'sigmoid'?")

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "cases.jsonl"), "w", encoding="utf-8") as out:
    for made in CASES:
        out.write(re.sub('"#([^"#]*)#"', r"\1", json.dumps(made)) + "\n")
