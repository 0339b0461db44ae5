#!/usr/bin/python3
"""Writes cases.jsonl: requests whose right answers are known by analysis or with 40 digits (mpmath), by kind, each with its source."""
import base64
import json
import math
import os
import re

import mpmath
import onnx
import onnx.helper

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
case(KIND, SOURCE, "gradients", labels([-2]), status=422, says="label -2 at position [0] is not a class: it must be in [0, 3]")
case(KIND, SOURCE, "gradients", labels([0, 4]), status=422, says="label 4 at position [1] is not a class: it must be in [0, 3]")
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


def graph_of(op, inputs, attributes=None, after=()):
    """A graph of one operator, and of the unary operators after it."""
    nodes = [{"name": "n0", "op": op, "inputs": list(inputs)}]
    if attributes:
        nodes[0]["attributes"] = attributes
    for name, more in after:
        nodes.append({"name": f"n{len(nodes)}", "op": name, "inputs": [nodes[-1]["name"]] + more})
    nodes[-1]["name"] = "L"
    return {"inputs": [{"name": name} for name in inputs], "nodes": nodes, "outputs": ["L"]}


def onnx_of(op, inputs, attributes=None, single=False):
    """The same as an ONNX model of one operator, base64; inputs are names with shapes."""
    kind = onnx.TensorProto.FLOAT if single else onnx.TensorProto.DOUBLE
    node = onnx.helper.make_node(op, list(inputs), ["L"], **(attributes or {}))
    graph = onnx.helper.make_graph([node], "g", [onnx.helper.make_tensor_value_info(name, kind, shape) for name, shape in inputs.items()],
                                   [onnx.helper.make_tensor_value_info("L", kind, None)])
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=8)
    return base64.b64encode(model.SerializeToString()).decode()


KIND = "norms beyond the range of squares"
SOURCE = "pytorch#193006, numpy gh-8775, tensorflow#124774; analysis: Pythagorean triples"
S22 = {"dtype": "float32", "shape": [2], "data": [6e22, 8e22]}
ENDS = [(f32(6e22, 8e22), 1e23, [0.6, 0.8], 3e-7), (f32(5e-24, 1.2e-23), 1.3e-23, [5 / 13, 12 / 13], 3e-7), (f32(3e-44, 4e-44), None, None, 0),
        ([5e180, 1.2e181], 1.3e181, [5 / 13, 12 / 13], 1e-15), ([8e-180, 1.5e-179], 1.7e-179, [8 / 17, 15 / 17], 1e-15), ([3e-320, 4e-320], 5e-320, None, 2e-4),
        ([1e308, 1e308], 1.414213562373095e308, [0.7071067811865475] * 2, 1e-15), (f32(2e38, 2e38), 2.828427e38, [0.70710678] * 2, 3e-7),
        ([3, 4], 5, [0.6, 0.8], 1e-15), ([0, 0], 0, [0, 0], 0), (["Infinity", 1], "Infinity", None, 0)]
for x, value, slopes, relative in ENDS:
    if value is None:
        continue
    expect = {"value": value} if slopes is None else {"value": value, "gradients.x": slopes, "gradientNorm": 0 if value == 0 else 1}
    single = isinstance(x, dict)
    relative = max(relative, 1e-15)
    case(KIND, SOURCE, "gradients", {"expression": "L=norm(x)", "inputs": {"x": x}}, expect, relative=relative)
    case(KIND, SOURCE, "gradients", {"graph": graph_of("ReduceL2", ["x"], {"keepdims": 0}), "inputs": {"x": x}}, expect, relative=relative)
    case(KIND, SOURCE, "gradients", {"onnx": onnx_of("ReduceL2", {"x": [2]}, {"keepdims": 0}, single), "inputs": {"x": x}}, expect, relative=relative)
    if slopes:
        case(KIND, SOURCE, "jacobian-vector-products", {"expression": "L=norm(x)", "inputs": {"x": x}, "tangents": {"x": [1, 0]}}, {"tangents.L": slopes[0]}, relative=relative)
# The Hessian is (I - u uT)/norm.
case(KIND, SOURCE, "hessians", {"expression": "L=norm(x)", "inputs": {"x": [6e180, 8e180]}}, {"hessians.x.x": [[6.4e-182, -4.8e-182], [-4.8e-182, 3.6e-182]]}, relative=2e-15)
case(KIND, SOURCE, "hessians", {"expression": "L=norm(x)", "inputs": {"x": f32(6e-24, 8e-24)}}, {"hessians.x.x": [[6.4e22, -4.8e22], [-4.8e22, 3.6e22]]}, relative=4e-7)
case(KIND, SOURCE, "hessian-vector-products", {"expression": "L=norm(x)", "inputs": {"x": [6e-180, 8e-180]}, "tangents": {"x": [1, 0]}}, {"products.x": [6.4e178, -4.8e178]}, relative=2e-15)
case(KIND, SOURCE, "jacobians", {"expression": "y=norm(x,axis=1)", "inputs": {"x": [[3e200, 4e200], [5e-200, 1.2e-199]]}},
     {"jacobians.y.x": [[[0.6, 0.8], [0, 0]], [[0, 0], [5 / 13, 12 / 13]]]}, relative=1e-15)
case(KIND, SOURCE, "gradients", {"expression": "L=sum(norm(x,axis=0))", "inputs": {"x": {"dtype": "float32", "shape": [2, 2], "data": [3e20, 5e-30, 4e20, 1.2e-29]}}},
     {"gradients.x": [[0.6, 5 / 13], [0.8, 12 / 13]]}, relative=3e-7)
for x, scale, relative in [(f32(4e21, 3e21), 5e21, 4e-7), (f32(4e-26, 3e-26), 5e-26, 4e-7), ([4e200, 3e200], 5e200, 2e-15), ([4e-300, 3e-300], 5e-300, 2e-15)]:
    expect = {"value": [0.8, 0.6], "gradients.x": [0.36 / scale, -0.48 / scale]}
    attributes = {"p": 2, "axis": 0}
    body = {"inputs": {"x": x}, "seed": [1, 0]}
    case(KIND, SOURCE, "gradients", {"graph": graph_of("LpNormalization", ["x"], attributes), **body}, expect, relative=relative)
    case(KIND, SOURCE, "gradients", {"onnx": onnx_of("LpNormalization", {"x": [2]}, attributes, isinstance(x, dict)), **body}, expect, relative=relative)
for x, norm, relative in [({"dtype": "float32", "shape": [1, 1, 2], "data": [6e22, 8e22]}, 1e23, 3e-7), ({"dtype": "float32", "shape": [1, 1, 2], "data": [6e-30, 8e-30]}, 1e-29, 3e-7),
                          ([[[6e200, 8e200]]], 1e201, 1e-15), ([[[6e-200, 8e-200]]], 1e-199, 1e-15)]:
    for op, attributes in (("LpPool", {"p": 2, "kernel_shape": [2]}), ("GlobalLpPool", {"p": 2})):
        expect = {"value": [[[norm]]], "gradients.x": [[[0.6, 0.8]]]}
        case(KIND, SOURCE, "gradients", {"graph": graph_of(op, ["x"], attributes), "inputs": {"x": x}}, expect, relative=relative)
        case(KIND, SOURCE, "gradients", {"onnx": onnx_of(op, {"x": [1, 1, 2]}, attributes, isinstance(x, dict)), "inputs": {"x": x}}, expect, relative=relative)
case(KIND, SOURCE, "gradients", {"graph": graph_of("LpPool", ["x"], {"p": 2, "kernel_shape": [2, 2]}), "inputs": {"x": [[[[1e200, 1e200], [5e200, 3e200]]]]}},
     {"value": [[[[6e200]]]], "gradients.x": [[[[1 / 6, 1 / 6], [5 / 6, 1 / 2]]]]}, relative=1e-15)
for magnitude, dtype, relative in [(1e23, "float32", 3e-7), (1e-20, "float32", 3e-7), (1e201, "float64", 2e-15), (1e-199, "float64", 2e-15)]:
    x = {"dtype": dtype, "shape": [2], "data": [0.6 * magnitude, 0.8 * magnitude]}
    scale = {"dtype": dtype, "shape": [2], "data": [1, 1]}
    for op, value in (("RMSNormalization", [0.848528137423857, 1.131370849898476]), ("LayerNormalization", [-1, 1])):
        attributes = {"axis": 0, "epsilon": 0.0} if op == "RMSNormalization" else {"epsilon": 0.0}
        case(KIND, SOURCE, "evaluations", {"graph": graph_of(op, ["x", "s"], attributes), "inputs": {"x": x, "s": scale}}, {"outputs.L": value}, relative=max(relative, 1e-6 if dtype == "float32" else 0))
    case(KIND, SOURCE, "evaluations", {"onnx": onnx_of("LayerNormalization", {"x": [2], "s": [2]}, {"epsilon": 0.0}, dtype == "float32"), "inputs": {"x": x, "s": scale}}, {"outputs.L": [-1, 1]},
         relative=1e-6 if dtype == "float32" else 2e-15)
for op in ("RMSNormalization", "LayerNormalization"):
    case(KIND, SOURCE, "evaluations", {"graph": graph_of(op, ["x", "s"]), "inputs": {"x": S22, "s": f32(1, 1)}}, {"outputs.L": [0.84852814, 1.1313708] if op[0] == "R" else [-1, 1]}, relative=1e-6)
# y = x/rms: the derivative of y by x is (I - y yT/2)/rms.
case(KIND, SOURCE, "gradients", {"graph": graph_of("RMSNormalization", ["x", "s"]), "inputs": {"x": [6e200, 8e200], "s": [1, 1]}, "wrt": ["x"], "seed": [1, 0]},
     {"gradients.x": [0.64 / 7.0710678118654755e200, -0.48 / 7.0710678118654755e200]}, relative=4e-15)
for x, y, value in [(5e200, 1.2e201, 1.3e201), (5e-200, -1.2e-199, 1.3e-199), (-8e-320, 1.5e-319, 1.7e-319)]:
    case(KIND, SOURCE, "evaluations", {"graph": graph_of("Hypot", ["x", "y"]), "inputs": {"x": x, "y": y}}, {"outputs.L": value}, relative=1e-4 if value < 1e-300 else 1e-15)

KIND = "gradientNorm and clipNorm"
SOURCE = "pytorch#46849, #31367; analysis"
case(KIND, SOURCE, "gradients", {"expression": "L=5e-190*x+1.2e-189*y", "inputs": {"x": 1, "y": 1}}, {"gradientNorm": 1.3e-189}, relative=1e-15)
case(KIND, SOURCE, "gradients", {"expression": "L=8e170*x+1.5e171*y", "inputs": {"x": 1, "y": 1}}, {"gradientNorm": 1.7e171}, relative=1e-15)
case(KIND, SOURCE, "gradients", {"expression": "L=2e-190*x+3e-190*y+6e-190*z", "inputs": {"x": 1, "y": 1, "z": 1}}, {"gradientNorm": 7e-190}, relative=1e-15)
SUM = {"expression": "L=sum(x*c)", "wrt": ["x"]}
for c, clip, expect, relative in [
        (f32(5e21, 1.2e22), 13, {"gradients.x": [5, 12], "gradientNorm": 1.3e22}, 3e-7), (f32(5e-30, 1.2e-29), 13, {"gradients.x": [5e-30, 1.2e-29], "gradientNorm": 1.3e-29}, 3e-7),
        (f32(2e38, 3e38), 1, {"gradients.x": [2 / 13**0.5, 3 / 13**0.5], "gradientNorm": "Infinity"}, 3e-7), (f32(3, 4), 10, {"gradients.x": [3, 4], "gradientNorm": 5}, 3e-7),
        (f32(3e35, 4e35), 1e-6, {"gradients.x": [6e-7, 8e-7]}, 3e-7),
        ([5e200, 1.2e201], 13, {"gradients.x": [5, 12], "gradientNorm": 1.3e201}, 1e-15), ([1.2e308, 1.6e308], 5, {"gradients.x": [3, 4], "gradientNorm": "Infinity"}, 1e-15),
        ([3, "NaN"], 1, {"gradients.x": ["NaN", "NaN"], "gradientNorm": "NaN"}, 1e-15),
        ([8e-200, 1.5e-199], 1, {"gradients.x": [8e-200, 1.5e-199], "gradientNorm": 1.7e-199}, 1e-15)]:
    ones = f32(1, 1) if isinstance(c, dict) else [1, 1]
    case(KIND, SOURCE, "gradients", {**SUM, "inputs": {"x": ones, "c": c}, "clipNorm": clip}, expect, relative=relative)
case(KIND, SOURCE, "gradients", {**SUM, "inputs": {"x": [[1, 1], [1, 1], [1, 1]], "c": [[5e200, 1.2e201], [3, 4], [8e-200, 1.5e-199]]}, "batch": ["x", "c"], "clipNorm": 13},
     {"gradients.x": [[5, 12], [3, 4], [8e-200, 1.5e-199]], "gradientNorm": [1.3e201, 5, 1.7e-199]}, relative=1e-15)

KIND = "second derivatives through a norm that is zero"
SOURCE = "HIPS/autograd#393, jax#39792, pytorch#2421; analysis: f(|x|) has the Hessian f''(0) I there if f'(0) = 0"
I2, O2, NAN2 = [[1, 0], [0, 1]], [[0, 0], [0, 0]], [["NaN", "NaN"], ["NaN", "NaN"]]


def times(factor, matrix):
    return [[factor * entry for entry in row] for row in matrix]


XY = {"x": [1, -2], "y": [1, -2]}
for expression, hessian in [
        ("norm(x-y)^2", times(2, I2)), ("square(norm(x-y))", times(2, I2)), ("norm(x-y)*norm(x-y)", times(2, I2)), ("sqrt(4+norm(x-y)^2)", times(0.5, I2)), ("log(1+norm(x-y)^2)", times(2, I2)),
        ("cosh(norm(x-y))", I2), ("cos(3*norm(x-y))", times(-9, I2)), ("exp(norm(x-y)^2)", times(2, I2)), ("norm(x-y)*sinh(norm(x-y))", times(2, I2)), ("norm(x-y)^3", O2), ("norm(x-y)^4", O2),
        ("norm(x-y)", NAN2), ("sinh(norm(x-y))", NAN2), ("norm(x-y)^2+norm(x-y)", NAN2), ("hypot(norm(x-y),2)", times(0.5, I2)), ("norm(3*(x-y))^2", times(18, I2))]:
    case(KIND, SOURCE, "hessians", {"expression": "L=" + expression, "inputs": XY, "wrt": ["x"]}, {"hessians.x.x": hessian}, relative=1e-15)
    product = [h[0] * 3 + h[1] * 5 if hessian != NAN2 else "NaN" for h in hessian]
    case(KIND, SOURCE, "hessian-vector-products", {"expression": "L=" + expression, "inputs": XY, "wrt": ["x"], "tangents": {"x": [3, 5]}}, {"products.x": product}, relative=1e-15)
    single = {"x": f32(1, -2), "y": f32(1, -2)}
    case(KIND, SOURCE, "hessians", {"expression": "L=" + expression, "inputs": single, "wrt": ["x"]}, {"hessians.x.x": hessian}, relative=1e-6)
case(KIND, SOURCE, "hessians", {"expression": "L=norm(x-y)^2", "inputs": XY}, {"hessians.x.x": times(2, I2), "hessians.x.y": times(-2, I2), "hessians.y.y": times(2, I2)}, relative=1e-15)
case(KIND, SOURCE, "hessians", {"expression": "L=z*norm(x)^2", "inputs": {"x": [0, 0], "z": 3}}, {"hessians.x.x": times(6, I2), "hessians.x.z": [0, 0], "hessians.z.z": 0}, relative=1e-15)
ROWS = {"x": [[1, 2], [3, 4]], "y": [[1, 2], [0, 0]]}
BLOCKS = [[[[2, 0], [0, 0]], [[0, 2], [0, 0]]], [[[0, 0], [2, 0]], [[0, 0], [0, 2]]]]
case(KIND, SOURCE, "hessians", {"expression": "L=sum(norm(x-y,axis=1)^2)", "inputs": ROWS, "wrt": ["x"]}, {"hessians.x.x": BLOCKS}, relative=4e-15)
case(KIND, SOURCE, "hessians", {"expression": "L=sum(norm(x,axis=1)^2)", "inputs": {"x": O2}}, {"hessians.x.x": BLOCKS}, relative=4e-15)
case(KIND, SOURCE, "hessians", {"expression": "L=log(1+sum(norm(x,axis=1)^2))", "inputs": {"x": O2}}, {"hessians.x.x": BLOCKS}, relative=4e-15)
case(KIND, SOURCE, "hessians", {"expression": "L=sum((norm(x,axis=1,keepdims=True)*w)^2)", "inputs": {"x": O2, "w": [[1, 2, 2], [0, 3, 4]]}, "wrt": ["x"]},
     {"hessians.x.x": [[[[18, 0], [0, 0]], [[0, 18], [0, 0]]], [[[0, 0], [50, 0]], [[0, 0], [0, 50]]]]}, relative=4e-15)
case(KIND, SOURCE, "hessians", {"expression": "L=sum(norm(x,axis=1))^2", "inputs": {"x": [[0], [0]]}}, {"hessians.x.x": [[[["NaN"], [0]]], [[[0], ["NaN"]]]]})
case(KIND, SOURCE, "hessians", {"graph": graph_of("ReduceL2", ["x"], {"keepdims": 0}, [("Square", [])]), "inputs": {"x": [0, 0]}}, {"hessians.x.x": times(2, I2)}, relative=1e-15)
for op, attributes in (("LpPool", {"p": 2, "kernel_shape": [2]}), ("GlobalLpPool", {"p": 2})):
    case(KIND, SOURCE, "hessians", {"graph": graph_of(op, ["x"], attributes, [("Square", [])]), "inputs": {"x": [[[0, 0]]]}}, {"hessians.x.x": [[[[[[2, 0]]], [[[0, 2]]]]]]}, relative=1e-15)
    case(KIND, SOURCE, "hessian-vector-products", {"onnx": onnx_of(op, {"x": [1, 1, 2]}, attributes), "inputs": {"x": [[[0, 0]]]}, "tangents": {"x": [[[3, 5]]]}}, {"products.x": [[["NaN", "NaN"]]]})
case(KIND, SOURCE, "hessian-vector-products", {"graph": graph_of("LpNormalization", ["x"], {"p": 2, "axis": 0}, [("ReduceSum", [])]), "inputs": {"x": [0, 0]}, "tangents": {"x": [3, 5]}},
     {"products.x": ["NaN", "NaN"]})
case(KIND, SOURCE, "hessians", {"expression": "L=hypot(x,y)^2", "inputs": {"x": 0, "y": 0}}, {"hessians.x.x": 2, "hessians.x.y": 0, "hessians.y.y": 2}, relative=1e-15)
# A constant row has the variance 0 and a smooth normalisation: y = x/sqrt(x^2/2 + eps) has no second derivative at 0, sum(y^2) has 2/eps.
case(KIND, SOURCE, "hessians", {"graph": graph_of("RMSNormalization", ["x", "s"], {"epsilon": 0.25}, [("ReduceSumSquare", [])]), "inputs": {"x": [0, 0], "s": [1, 1]}, "wrt": ["x"]},
     {"hessians.x.x": times(8, I2)}, relative=1e-15)

KIND = "tails of softmax"
SOURCE = "jax#40344, #40386; mpmath, 40 digits: the VJP is p_i (g_i - sum p_j g_j), and g_i - p_i sum g_j of the logarithm"


mpmath.mp.dps = 400


def softmax_parts(x):
    powers = [mpmath.exp(mpmath.mpf(v)) for v in x]
    return [power / sum(powers) for power in powers]


def single(values, is_single):
    return f32(*values) if is_single else list(values)


for x, g, is_single in [([38, 0], [1, 0], False), ([38, 0], [0, 1], False), ([0, 45, -3], [2, 5, -1], False), ([700, 0], [3, 1], False), ([0.5, 0.25, -1], [1, -2, 0.5], False),
                        ([20, 0], [1, 0], True), ([25, 1, 0], [1, 3, -2], True), ([0.5, 0.25, -1], [1, -2, 0.5], True)]:
    p = softmax_parts(x)
    mean = sum(a * b for a, b in zip(p, g))
    relative = 2e-6 if is_single else 3e-15
    inputs = {"inputs": {"x": single(x, is_single)}}
    gradient = [float(a * (b - mean)) for a, b in zip(p, g)]
    logarithm = [mpmath.log(a) if a < 0.5 else -mpmath.log1p(sum(c for c in p if c != a) / a) for a in p]
    backward = [float(b - a * sum(g)) for a, b in zip(p, g)]
    forward = [float(b - mean) for b in g]
    case(KIND, SOURCE, "gradients", {"expression": "L=softmax(x)", **inputs, "seed": single(g, is_single)}, {"gradients.x": gradient}, relative=relative)
    case(KIND, SOURCE, "jacobian-vector-products", {"expression": "L=softmax(x)", **inputs, "tangents": {"x": single(g, is_single)}}, {"tangents.L": gradient}, relative=relative)
    case(KIND, SOURCE, "gradients", {"graph": graph_of("LogSoftmax", ["x"], {"axis": 0}), **inputs, "seed": single(g, is_single)},
         {"value": [float(a) for a in logarithm], "gradients.x": backward}, relative=relative)
    case(KIND, SOURCE, "jacobian-vector-products", {"onnx": onnx_of("LogSoftmax", {"x": [len(x)]}, {"axis": 0}, is_single), **inputs, "tangents": {"x": single(g, is_single)}},
         {"tangents.L": forward}, relative=relative)
    column = {"dtype": "float32" if is_single else "float64", "shape": [len(x), 2], "data": [v for v in x for _ in (0, 1)]}
    case(KIND, SOURCE, "evaluations", {"expression": "y=log_softmax(x,axis=0)", "inputs": {"x": column}}, {"outputs.y": [[float(a)] * 2 for a in logarithm]}, relative=relative)
    largest = max(x)
    case(KIND, SOURCE, "evaluations", {"expression": "y=logsumexp(x)", "inputs": {"x": single([v - largest for v in x], is_single)}},
         {"outputs.y": float(mpmath.log1p(sum(mpmath.exp(v - largest) for v in x if v != largest)))}, relative=relative)
case(KIND, SOURCE, "hessians", {"expression": "L=logsumexp(x)", "inputs": {"x": [38, 0]}},
     {"hessians.x.x": [[3.139132792048029e-17, -3.139132792048029e-17], [-3.139132792048029e-17, 3.139132792048029e-17]]}, relative=1e-14)
for scores, label in [([38, 0], 0), ([0, 50, 1], 1), ([38, 0], 1)]:
    p = softmax_parts(scores)
    others = sum(a for i, a in enumerate(p) if i != label)
    body = labels([label])
    body["inputs"]["s"] = [scores]
    gradient = [float(a - (i == label)) for i, a in enumerate(p)]
    case(KIND, SOURCE, "gradients", body, {"value": float(mpmath.log1p(others / p[label])), "gradients.s": [gradient]}, relative=3e-15)
    case(KIND, SOURCE, "evaluations", {"expression": "y=mean(log_softmax(x,axis=1))", "inputs": {"x": [scores] * 1024}},
         {"outputs.y": float(sum(mpmath.log(a) for a in p) / len(p))}, relative=1e-14)
mpmath.mp.dps = 40
KIND = "range"
for x in (1e180, 1e300, 1e17, 3e15):
    slope = mpmath.polygamma(1, mpmath.mpf(x)) if x < 1e16 else 1 / mpmath.mpf(x)
    case(KIND, "mpmath, 40 digits; the asymptotic series", "gradients", {"expression": "L=digamma(x)", "inputs": {"x": x}}, {"value": float(mpmath.log(x)), "gradients.x": float(slope)}, relative=1e-15)
case(KIND, "the asymptotic series", "hessians", {"expression": "L=digamma(x)", "inputs": {"x": 1e100}}, {"hessians.x.x": -1e-200}, relative=1e-15)

KIND = "gradient checks"
SOURCE = "pytorch PR#8663; Numerical Recipes, section 5.7; Ridders, 1982"
for expression, inputs in [
        ("L=x^3", {"x": scalar32(2)}), ("L=x^2", {"x": 3e9}), ("L=x^2", {"x": scalar32(3e9)}), ("L=exp(x)", {"x": scalar32(3)}), ("L=sum(tanh(x))", {"x": f32(0.3, -0.7, 5)}),
        ("L=log(x)", {"x": 1e-10}), ("L=log(x)", {"x": scalar32(1e-10)}), ("L=sqrt(x)", {"x": 1e-10}), ("L=1/x", {"x": 1e10}), ("L=1/x", {"x": 1e-10}), ("L=x*log(x)", {"x": 1e10}),
        ("L=cos(x)+x", {"x": 1e-10}), ("L=cos(x)+x", {"x": scalar32(1e-10)}), ("L=sum(x^3)", {"x": [1e10, 1e-10, 0, -2]}), ("L=sum(x^3)", {"x": f32(1e10, 1e-10, 0, -2)}),
        ("L=logsumexp(x)", {"x": f32(1e4, 9999, 3)}), ("L=norm(x)", {"x": f32(6e22, 8e22)}), ("L=atan2(y,x)", {"y": 3e180, "x": 4e180}), ("L=sin(1e10+x)", {"x": 0.5})]:
    case(KIND, SOURCE, "gradient-checks", {"expression": expression, "inputs": inputs}, says='"passed":true')
for method in ("forward", "central"):
    case(KIND, SOURCE, "gradient-checks", {"expression": "L=x^3", "inputs": {"x": 2}, "method": method}, says='"passed":true')
    case(KIND, SOURCE, "gradient-checks", {"expression": "L=x^3", "inputs": {"x": scalar32(2)}, "method": method, "epsilon": 0.001}, says='"passed":true')
case(KIND, SOURCE, "gradient-checks", {"expression": "L=x^2", "inputs": {"x": 3e9}, "epsilon": 1e-6}, {"undetermined": 1}, says='"passed":true')
for expression, x in [("L=stop_gradient(x)*x", 3), ("L=stop_gradient(x)*x", scalar32(3)), ("L=stop_gradient(x)*x^2", 1e10), ("L=stop_gradient(x)*x^2", scalar32(1e10)), ("L=relu(x)", 0),
                      ("L=stop_gradient(x)*log(x)", 1e-3), ("L=x+stop_gradient(x)/200", 1)]:
    case(KIND, SOURCE, "gradient-checks", {"expression": expression, "inputs": {"x": x}}, says='"passed":false')

KIND = "warnings"
SOURCE = "the node that was written, and the operation that failed there"
for route, body, says in [
        ("gradients", {"expression": "L=sum(x*c)", "inputs": {"x": f32(1, 1), "c": f32(2e38, 3e38)}, "wrt": ["x"], "clipNorm": 2},
         '"warnings":[{"node":"L","pass":"forward","reason":"sum of [2] is infinity"},{"node":"gradientNorm","pass":"backward","reason":"the norm of all gradients is beyond the range of float32"}]'),
        ("gradients", {"expression": "L=1.2e308*x+1.6e308*y", "inputs": {"x": 0.1, "y": 0.1}},
         '"warnings":[{"node":"gradientNorm","pass":"backward","reason":"the norm of all gradients is beyond the range of float64"}]'),
        ("evaluations", {"expression": "y=sum(x*c)", "inputs": {"x": f32(1, 2), "c": f32(1, 2e38)}}, '"warnings":[{"node":"y","pass":"forward","reason":"product of 2 and '),
        ("evaluations", {"expression": "s=logit(x); y=s+1", "inputs": {"x": 0}}, '"node":"s","pass":"forward","reason":"log of 0 in logit"'),
        ("evaluations", {"expression": "y=x+log(1-1)", "inputs": {"x": 2}}, '"node":"y","pass":"forward","reason":"log of 0"'),
        ("evaluations", {"expression": "y=x*(1e200*1e200)", "inputs": {"x": 2}}, '"node":"y","pass":"forward","reason":"product of 1E+200 and 1E+200 is infinity"'),
        ("hessians", {"expression": "n=norm(x-y); L=3*n", "inputs": XY, "wrt": ["x"]}, '"node":"n","pass":"backward","reason":"the norm is 0, where it has no second derivative in the derivative of n'),
        ("hessians", {"graph": graph_of("ReduceL2", ["x"], {"keepdims": 0}, [("Identity", [])]), "inputs": {"x": [0, 0]}}, '"node":"n0","pass":"backward","reason":"the norm is 0'),
        ("hessians", {"expression": "L=exp(norm(x))", "inputs": {"x": f32(0, 0)}}, '"node":"L","pass":"backward","reason":"the norm is 0'),
        ("evaluations", {"graph": graph_of("Log", ["layer.1"], None, [("Neg", [])]), "inputs": {"layer.1": 0}}, '"node":"n0","pass":"forward","reason":"log of 0"'),
        ("evaluations", {"expression": "a=where(x>0,x,-1/0); y=log(exp(a)-1)", "inputs": {"x": [1, 0, -1]}}, '"node":"y","pass":"forward","reason":"log of the negative number -1 at [1]"')]:
    case(KIND, SOURCE, route, body, says=says)
masked = attention([[0, "-Infinity", 0], [0, 0, 0]], "float64")
masked["inputs"]["v"] = [[[["NaN"], [4], [2]]]]
case(KIND, SOURCE, "gradients", masked, says='"warnings":[{"node":"v","pass":"forward","reason":"the input is NaN at [0,0,0,0]"}')

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "cases.jsonl"), "w", encoding="utf-8") as out:
    for made in CASES:
        out.write(re.sub('"#([^"#]*)#"', r"\1", json.dumps(made)) + "\n")
