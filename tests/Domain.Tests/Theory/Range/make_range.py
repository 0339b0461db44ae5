#!/usr/bin/python3
"""
Writes range.jsonl: for every elementwise operator of one or two floats, points over the whole range of float64 with the value and the partial derivatives there,
computed by mpmath to 50 digits and more, and rounded. The numbers are little-endian float64 in base64. Derivatives are formulas, not differences.
"""
import base64
import json
import math
import os
import random
import struct

import mpmath
from mpmath import mpf

mpmath.mp.dps = 50
COUNT = 200
PI, E = mpmath.pi, mpmath.e


class NoReference(Exception):
    """The function is not defined there, or has no derivative."""


def need(condition):
    if not condition:
        raise NoReference


def rounded(value):
    if mpmath.isnan(value) or isinstance(value, mpmath.mpc):
        raise NoReference
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def wide(function):
    """Angles far out: as many digits as their integer part has, and some more."""
    def at(*x):
        with mpmath.workdps(400):
            return function(*x)
    return at


def sigmoid(x):
    return 1 / (1 + mpmath.exp(-x))


def limited(function, low, high, below=0, above=0):
    """Beyond these arguments the function is so near its limit that nothing else is rounded."""
    return lambda x: mpf(below) if x < low else mpf(above) if x > high else function(x)


def erfc(x):
    return limited(mpmath.erfc, -40, 40, 2, 0)(x)


def density(x):
    return limited(lambda t: mpmath.exp(-t * t), -40, 40)(x)


ROOT2, ROOTPI = mpmath.sqrt(2), mpmath.sqrt(PI)
SELU_ALPHA, SELU_GAMMA = mpf(1.67326319217681884765625), mpf(1.05070102214813232421875)
TENTH, FIFTH = mpf(0.01), mpf(0.2)


def exponential(alpha, gamma=mpf(1)):
    return (lambda x: gamma * x if x > 0 else gamma * alpha * mpmath.expm1(x), lambda x: gamma if x > 0 else gamma * alpha * mpmath.exp(x))


def away(poles, function):
    def at(x):
        need(x not in poles)
        return function(x)
    return at


def between(low, high, function):
    def at(x):
        need(low <= x <= high)
        return function(x)
    return at


def gamma_side(function):
    def at(x):
        need(x > -200 and (x > 0 or x != mpmath.floor(x)))
        return function(x)
    return at


def lgamma(x):
    with mpmath.workdps(80):
        if x > mpf(10) ** 20:
            return (x - mpf(0.5)) * mpmath.log(x) - x + mpmath.log(2 * PI) / 2
        return mpmath.loggamma(x) if x > 0 else mpmath.log(PI / abs(mpmath.sinpi(x) * x)) - mpmath.loggamma(-x)


def psi(n):
    def at(x):
        with mpmath.workdps(80):
            need(x > -200)
            if x > mpf(10) ** 20:
                return mpmath.log(x) if n == 0 else (-1) ** (n + 1) * mpmath.factorial(n - 1) / x**n
            return mpmath.psi(n, x)
    return at


def mish(x):
    return x * mpmath.tanh(mpmath.log1p(mpmath.exp(x))) if x < 100 else x


def mish_slope(x):
    if x > 100:
        return mpf(1)
    t, u = mpmath.tanh(mpmath.log1p(mpmath.exp(x))), mpmath.sech(mpmath.log1p(mpmath.exp(x)))
    return t + x * u * u * sigmoid(x)


def swish_slope(x):
    s = sigmoid(x)
    return s + x * s * sigmoid(-x)


def gelu(x):
    return x * erfc(-x / ROOT2) / 2


def gelu_slope(x):
    return erfc(-x / ROOT2) / 2 + x * density(x / ROOT2) / mpmath.sqrt(2 * PI)


def tanh_gelu(x):
    return x * sigmoid(2 * mpmath.sqrt(2 / PI) * (x + mpf(0.044715) * x**3))


def tanh_gelu_slope(x):
    u, du = 2 * mpmath.sqrt(2 / PI) * (x + mpf(0.044715) * x**3), 2 * mpmath.sqrt(2 / PI) * (1 + 3 * mpf(0.044715) * x**2)
    return sigmoid(u) + x * du * sigmoid(u) * sigmoid(-u)


def zero(_):
    return mpf(0)


def one(_):
    return mpf(1)


def sign(x):
    return mpf(mpmath.sign(x))


def half_even(x):
    return mpf(round(x)) if abs(x) < mpf(2) ** 60 else x


# Name, attributes, function, derivative, and an interval that gets points of its own.
UNARY = [
    ("Abs", {}, abs, sign, (-2, 2)), ("Neg", {}, lambda x: -x, lambda x: mpf(-1), (-2, 2)), ("Sign", {}, sign, zero, (-2, 2)), ("Identity", {}, lambda x: x, one, (-2, 2)),
    ("StopGradient", {}, lambda x: x, zero, (-2, 2)),
    ("Sqrt", {}, between(0, mpmath.inf, mpmath.sqrt), lambda x: 1 / (2 * mpmath.sqrt(x)), (0, 10)),
    ("Reciprocal", {}, away([0], lambda x: 1 / x), lambda x: -1 / x**2, (-2, 2)),
    ("Rsqrt", {}, away([0], between(0, mpmath.inf, lambda x: 1 / mpmath.sqrt(x))), lambda x: -1 / (2 * x * mpmath.sqrt(x)), (0, 10)),
    ("Square", {}, lambda x: x * x, lambda x: 2 * x, (-2, 2)), ("Exp", {}, mpmath.exp, mpmath.exp, (-745, 709)), ("Expm1", {}, mpmath.expm1, mpmath.exp, (-40, 709)),
    ("Log", {}, away([0], between(0, mpmath.inf, mpmath.log)), lambda x: 1 / x, (0.5, 2)),
    ("Log1p", {}, away([-1], between(-1, mpmath.inf, mpmath.log1p)), lambda x: 1 / (1 + x), (-1, 2)),
    ("Sin", {}, wide(mpmath.sin), wide(mpmath.cos), (-10, 10)), ("Cos", {}, wide(mpmath.cos), wide(lambda x: -mpmath.sin(x)), (-10, 10)),
    ("Tan", {}, wide(mpmath.tan), wide(lambda x: mpmath.sec(x) ** 2), (-10, 10)),
    ("Asin", {}, between(-1, 1, mpmath.asin), away([-1, 1], lambda x: 1 / mpmath.sqrt(1 - x * x)), (-1, 1)),
    ("Acos", {}, between(-1, 1, mpmath.acos), away([-1, 1], lambda x: -1 / mpmath.sqrt(1 - x * x)), (-1, 1)),
    ("Atan", {}, mpmath.atan, lambda x: 1 / (1 + x * x), (-4, 4)), ("Sinh", {}, mpmath.sinh, mpmath.cosh, (-20, 20)), ("Cosh", {}, mpmath.cosh, mpmath.sinh, (-20, 20)),
    ("Tanh", {}, limited(mpmath.tanh, -1000, 1000, -1, 1), limited(lambda x: mpmath.sech(x) ** 2, -1000, 1000), (-20, 20)),
    ("Asinh", {}, mpmath.asinh, lambda x: 1 / mpmath.sqrt(x * x + 1), (-4, 4)),
    ("Acosh", {}, between(1, mpmath.inf, mpmath.acosh), away([1], lambda x: 1 / mpmath.sqrt(x * x - 1)), (1, 4)),
    ("Atanh", {}, away([-1, 1], between(-1, 1, mpmath.atanh)), lambda x: 1 / (1 - x * x), (-1, 1)),
    ("Erf", {}, limited(mpmath.erf, -40, 40, -1, 1), lambda x: 2 / ROOTPI * density(x), (-6, 6)), ("Erfc", {}, erfc, lambda x: -2 / ROOTPI * density(x), (-6, 27)),
    ("Lgamma", {}, gamma_side(lgamma), psi(0), (-10, 20)), ("Digamma", {}, gamma_side(psi(0)), psi(1), (-10, 20)),
    ("Polygamma", {"n": 1}, gamma_side(psi(1)), psi(2), (-10, 20)), ("Polygamma", {"n": 3}, gamma_side(psi(3)), psi(4), (0, 20)),
    ("Floor", {}, mpmath.floor, zero, (-4, 4)), ("Ceil", {}, mpmath.ceil, zero, (-4, 4)), ("Round", {}, half_even, zero, (-4, 4)),
    ("Relu", {}, lambda x: max(x, mpf(0)), lambda x: mpf(x > 0), (-2, 2)), ("LeakyRelu", {}, lambda x: x if x > 0 else TENTH * x, lambda x: mpf(1) if x > 0 else TENTH, (-2, 2)),
    ("ThresholdedRelu", {}, lambda x: x if x > 1 else mpf(0), lambda x: mpf(x > 1), (-2, 2)),
    ("Elu", {}, *exponential(mpf(1)), (-40, 2)), ("Celu", {}, *exponential(mpf(1)), (-40, 2)), ("Selu", {}, *exponential(SELU_ALPHA, SELU_GAMMA), (-40, 2)),
    ("Sigmoid", {}, sigmoid, lambda x: sigmoid(x) * sigmoid(-x), (-40, 40)),
    ("Softplus", {}, lambda x: mpmath.log1p(mpmath.exp(x)) if x < 1000 else x, sigmoid, (-40, 40)),
    ("Softsign", {}, lambda x: x / (1 + abs(x)), lambda x: 1 / (1 + abs(x)) ** 2, (-4, 4)),
    ("Swish", {}, lambda x: x * sigmoid(x), swish_slope, (-40, 40)), ("Mish", {}, mish, mish_slope, (-40, 40)),
    ("Gelu", {}, gelu, gelu_slope, (-10, 10)), ("Gelu", {"approximate": "tanh"}, tanh_gelu, tanh_gelu_slope, (-10, 10)),
    ("HardSigmoid", {}, lambda x: min(max(FIFTH * x + mpf(0.5), 0), 1), away([-2.5, 2.5], lambda x: FIFTH if 0 < FIFTH * x + mpf(0.5) < 1 else mpf(0)), (-3, 3)),
    ("HardSwish", {}, lambda x: mpf(0) if x < -3 else x * (x + 3) / 6 if x <= 3 else x, away([-3, 3], lambda x: mpf(0) if x < -3 else (2 * x + 3) / 6 if x <= 3 else mpf(1)), (-4, 4)),
    ("Shrink", {}, lambda x: x if abs(x) > 0.5 else mpf(0), lambda x: mpf(abs(x) > 0.5), (-1, 1)),
]


def power(x, y):
    need(x > 0 or (x < 0 and y == mpmath.floor(y)) or (x == 0 and y > 0))
    need(y == 0 or x == 0 or abs(y * mpmath.log(abs(x))) < mpf(10) ** 6)
    return mpmath.power(x, y)


def power_slope(x, y):
    power(x, y)
    need(x != 0 or y >= 1)
    return y * mpmath.power(x, y - 1) if y != 0 else mpf(0)


def power_logarithm(x, y):
    need(x > 0)
    return power(x, y) * mpmath.log(x)


def remainder(x, y):
    need(y != 0)
    with mpmath.workdps(700):
        return x - y * mpmath.sign(x / y) * mpmath.floor(abs(x / y))


def quotient(x, y):
    need(y != 0)
    with mpmath.workdps(700):
        return -mpmath.sign(x / y) * mpmath.floor(abs(x / y))


def norm(x, y):
    need(x != 0 or y != 0)
    return mpmath.hypot(x, y)


def apart(function):
    def at(x, y):
        need(x != y)
        return function(x, y)
    return at


def angle(y, x):
    need(x != 0 or y != 0)
    return mpmath.atan2(y, x)


BINARY = [
    ("Add", {}, lambda x, y: x + y, lambda x, y: mpf(1), lambda x, y: mpf(1)), ("Sub", {}, lambda x, y: x - y, lambda x, y: mpf(1), lambda x, y: mpf(-1)),
    ("Mul", {}, lambda x, y: x * y, lambda x, y: y, lambda x, y: x),
    ("Div", {}, lambda x, y: x / y if y != 0 else need(False), lambda x, y: 1 / y, lambda x, y: -x / (y * y)),
    ("Pow", {}, power, power_slope, power_logarithm), ("Mod", {"fmod": 1}, remainder, lambda x, y: mpf(1), quotient),
    ("Atan2", {}, angle, lambda y, x: x / (x * x + y * y), lambda y, x: -y / (x * x + y * y)),
    ("Hypot", {}, norm, lambda x, y: x / norm(x, y), lambda x, y: y / norm(x, y)),
    ("Max", {}, apart(max), lambda x, y: mpf(x > y), lambda x, y: mpf(y > x)), ("Min", {}, apart(min), lambda x, y: mpf(x < y), lambda x, y: mpf(y < x)),
    ("PRelu", {}, lambda x, y: x if x > 0 else x * y, lambda x, y: mpf(1) if x > 0 else y, lambda x, y: mpf(0) if x > 0 else x),
]
SPECIAL = [0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 5e-324, -5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, -1.7976931348623157e308]


def far(random_numbers):
    return math.copysign(2.0 ** random_numbers.uniform(-1074, 1024), random_numbers.choice([-1, 1]))


def points(interval, random_numbers):
    yield from SPECIAL
    low, high = interval
    for i in range(100000):
        yield random_numbers.uniform(low, high) if i % 2 else far(random_numbers)


def pairs(random_numbers):
    for x in SPECIAL[:7]:
        for y in SPECIAL[:7]:
            yield x, y
    for i in range(100000):
        if i % 3 == 0:
            yield random_numbers.uniform(-4, 4), random_numbers.uniform(-4, 4)
        elif i % 3 == 1:
            yield far(random_numbers), far(random_numbers)
        else:
            x = far(random_numbers)
            yield x, x * random_numbers.uniform(-8, 8)


def packed(numbers):
    return base64.b64encode(struct.pack(f"<{len(numbers)}d", *numbers)).decode()


def recorded(name, attributes, functions, given):
    rows = []
    for at in given:
        exact = [mpf(v) for v in at]
        if not all(math.isfinite(v) for v in at):
            continue
        try:
            rows.append((*at, *(rounded(function(*exact)) for function in functions)))
        except (NoReference, ZeroDivisionError, ValueError, OverflowError):
            continue
        if len(rows) == COUNT:
            break
    assert len(rows) == COUNT, (name, len(rows))
    return {"op": name, "attributes": attributes, "columns": [packed(column) for column in zip(*rows)]}


if __name__ == "__main__":
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "range.jsonl"), "w", encoding="utf-8") as out:
        for name, attributes, function, slope, interval in UNARY:
            out.write(json.dumps(recorded(name, attributes, [function, slope], ((x,) for x in points(interval, random.Random(name))))) + "\n")
        for name, attributes, *functions in BINARY:
            out.write(json.dumps(recorded(name, attributes, functions, pairs(random.Random(name)))) + "\n")
