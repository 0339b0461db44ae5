"""Fits the polynomials of SpecialFunctions with mpmath; prints C# arrays, constant term first."""
import sys
from mpmath import mp, mpf, chebyfit, erf, erfc, exp, loggamma, digamma, sqrt, findroot, nstr
mp.dps = 60

def fit(name, f, low, high, tolerance=mpf(2) ** -57):
    """f over [low, high] as a polynomial of t in [-1, 1]; the relative error stays below the tolerance."""
    low, high = mpf(low), mpf(high)
    g = lambda t: f((low + high) / 2 + t * (high - low) / 2 + mpf(10) ** -35)  # beside removable singularities
    for n in range(4, 40):
        c, error = chebyfit(g, [-1, 1], n, error=True)
        if error < tolerance * abs(g(mpf(0))):
            break
    print(f"{name}: degree {n - 1}, error {nstr(error, 3)}")
    print("    [" + ", ".join(repr(float(x)) for x in reversed(c)) + "]")

fit("ErfNearZero (x*x)", lambda u: erf(sqrt(u)) / sqrt(u) , 0, 0.25)
cx = lambda x: erfc(x) * exp(x * x)
for low, high in [(0.5, 1.25), (1.25, 2.5), (2.5, 5)]:
    fit(f"Erfcx[{low},{high}]", cx, low, high)
fit("x*Erfcx of 1/x^2, x in [5, 28]", lambda s: cx(1 / sqrt(s)) / sqrt(s), '0.00125', '0.04')
fit("LogGamma / ((x-1)(x-2)) on [1, 2]", lambda x: loggamma(x) / ((x - 1) * (x - 2)), 1, 2)
root = findroot(digamma, 1.4616321449683623)
hi = float(root)
print("root", repr(hi), repr(float(root - mpf(hi))))
fit("Digamma / (x-root) on [1, 2]", lambda x: digamma(x) / (x - root), 1, 2)
