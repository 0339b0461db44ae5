"""Makes special-functions.csv (function, argument, value) with mpmath at 60 digits: python3 reference.py > special-functions.csv"""
import random
from mpmath import mp, mpf, erf, erfc, loggamma, digamma, polygamma, log1p, expm1, exp, gamma, log

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
