"""Makes special-functions.csv (function, argument, value) with mpmath at 60 digits: python3 reference.py > special-functions.csv"""
import random
from mpmath import mp, mpf, besseli, erf, erfc, erfinv, hyperu, pi, sqrt, loggamma, digamma, polygamma, log1p, expm1, exp, gamma, log

mp.dps = 60
random.seed(7)

def row(name, function, x):
    print(f"{name},{float(x)!r},{float(function(mpf(float(x))))!r}")

def spread(low, high, n):
    return [random.uniform(low, high) for _ in range(n)]

def tiny(n):
    return [random.choice([-1, 1]) * 10 ** random.uniform(-18, -1) for _ in range(n)]

sigmoid = lambda x: 1 / (1 + exp(-x))
softplus = lambda x: log(1 + exp(x))
lgamma = lambda x: log(abs(gamma(x)))
for x in tiny(40) + spread(-6, 6, 120):
    row("erf", erf, x)
for x in tiny(20) + spread(-6, 6, 100) + spread(6, 26, 60):
    row("erfc", erfc, x)
for x in tiny(80) + spread(-0.99, 3, 60) + spread(3, 1e6, 20):
    row("log1p", log1p, x)
for x in tiny(80) + spread(-3, 3, 80) + spread(-40, 700, 20):
    row("expm1", expm1, x)
for x in spread(-40, 40, 60):
    row("sigmoid", sigmoid, x)
    row("softplus", softplus, x)
for x in spread(0.001, 3, 120) + spread(3, 30, 60) + spread(30, 1e5, 20) + spread(-20, 0, 60) + [1 + t for t in tiny(30)] + [2 + t for t in tiny(30)]:
    row("lgamma", lgamma, x)
    row("digamma", digamma, x)
for n in (1, 2, 3, 4, 7, 20):
    for x in spread(0.01, 5, 25) + spread(5, 60, 15) + spread(-6, 0, 25) + [1e-5, 1e4, -1e-5]:
        row(f"polygamma{n}", lambda t: polygamma(n, t), x)
# Inverses by the definition at a point of 60 digits; repeated integrals of erfc by Tricomi's function (DLMF 7.18.10), which has no value for negative x: there by recurrence.
def scaled(n, x):
    if x > 0:
        return hyperu(mpf(n + 1) / 2, mpf(1) / 2, x * x) / (2 ** n * sqrt(pi))
    return 2 / sqrt(pi) if n == -1 else exp(x * x) * erfc(x) if n == 0 else (scaled(n - 2, x) - 2 * x * scaled(n - 1, x)) / (2 * n)
for x in tiny(30) + spread(-1, 1, 60) + [1 - 10.0 ** -k for k in range(1, 16)]:
    row("erfinv", erfinv, x)
def erfcinv(x):
    if x > 1e-3:
        return erfinv(1 - x)
    y = sqrt(-log(x))
    for _ in range(60):
        y += (erfc(y) - x) / (2 / sqrt(pi) * exp(-y * y) - y * (erfc(y) - x))
    return y
for x in [10 ** random.uniform(-300, -3) for _ in range(40)] + spread(0, 2, 60) + [2 - 10.0 ** -k for k in range(1, 15)]:
    row("erfcinv", erfcinv, x)
for n, name in ((0, "erfcx"), (1, "erfcx1"), (3, "erfcx3")):
    for x in tiny(10) + spread(-4, 0, 20) + spread(0, 3, 40) + spread(3, 30, 20) + [1e3, 1e6]:
        row(name, lambda t: scaled(n, t), x)
for x in spread(0.001, 3, 40) + spread(3, 30, 40) + spread(30, 171, 40) + spread(-30, 0, 60) + tiny(10):
    row("gamma", gamma, x)
for n in (0, 1, 5):
    for x in [abs(t) for t in tiny(10)] + spread(-10, 10, 40) + spread(10, 100, 20) + spread(100, 700, 20):
        row(f"besseli{n}", lambda t: besseli(n, t), x)
