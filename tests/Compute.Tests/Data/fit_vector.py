"""Fits the polynomials of Host/VectorMath with mpmath; prints the coefficients, highest power first: python3 fit_vector.py [exp|log|sin|tan|erf|erfc]"""
import sys
from mpmath import mp, mpf, matrix, lu_solve, cos, sin, exp, expm1, log, log1p, erf, erfc, sqrt, pi, nstr, chebyt
mp.dps = 50

def nodes(low, high, n):
    return [(low + high) / 2 + (high - low) / 2 * cos(pi * (2 * i + 1) / (2 * n)) for i in range(n)]

def fit(name, f, low, high, weight, degrees, steps=6):
    """A polynomial of f over [low, high] with the least greatest |weight·error| (Lawson's reweighted least squares in Chebyshev's basis)."""
    low, high = mpf(low), mpf(high)
    for degree in degrees:
        xs = nodes(low, high, 4 * (degree + 1))
        fs, ws = [f(x) for x in xs], [weight(x) for x in xs]
        ts = [(2 * x - low - high) / (high - low) for x in xs]
        rows = [[chebyt(k, t) for k in range(degree + 1)] for t in ts]
        lawson = [mpf(1)] * len(xs)
        for step in range(steps):
            A, b = matrix(degree + 1, degree + 1), matrix(degree + 1, 1)
            for row, fv, w, l in zip(rows, fs, ws, lawson):
                s = w * w * l
                for i in range(degree + 1):
                    b[i] += s * row[i] * fv
                    for j in range(degree + 1):
                        A[i, j] += s * row[i] * row[j]
            c = lu_solve(A, b)
            errors = [abs(w * (sum(c[k] * row[k] for k in range(degree + 1)) - fv)) for row, fv, w in zip(rows, fs, ws)]
            lawson = [l * (e + max(errors) / 1000) for l, e in zip(lawson, errors)]
            total = sum(lawson)
            lawson = [l / total for l in lawson]
        power = chebyshev_to_power(c, degree, low, high)
        print(f"{name}: degree {degree}, error 2^{nstr(log(max(errors), 2), 4)}")
        print("   ", ", ".join(repr(float(x)) for x in reversed(power)), flush=True)

def chebyshev_to_power(c, degree, low, high):
    a, b = 2 / (high - low), -(low + high) / (high - low)
    def times_t(p):
        out = [mpf(0)] * (len(p) + 1)
        for i, v in enumerate(p):
            out[i] += b * v
            out[i + 1] += a * v
        return out
    before, now = [mpf(1)], [b, a]
    total = [mpf(0)] * (degree + 1)
    def add(p, s):
        for i, v in enumerate(p):
            total[i] += s * v
    add(before, c[0])
    for k in range(1, degree + 1):
        add(now, c[k])
        nxt = [2 * v for v in times_t(now)]
        for i, v in enumerate(before):
            nxt[i] -= v
        before, now = now, nxt
    return total

h = log(2) / 2 * mpf('1.002')
which = sys.argv[1:]
def want(n): return not which or n in which
if want('exp'): fit("(exp(r)-1-r)/r^2", lambda r: (expm1(r) - r) / r**2 if abs(r) > 1e-30 else mpf(.5), -h, h, lambda r: abs(r) + mpf(10)**-6, [5, 10])
if want('log'):
    lo, hi = sqrt(mpf(.5)) - 1, sqrt(mpf(2)) - 1
    fit("log32: (log1p(f)-f+f^2/2)/f^3", lambda f: (log1p(f) - f + f * f / 2) / f**3, lo - mpf('1e-6'), hi + mpf('1e-6'), lambda f: abs(f**3 / log1p(f)) + mpf(10)**-6, [8])
    fit("log64: (2 atanh(s)-2s)/s^3 of z=s^2", lambda z: (log((1 + sqrt(z)) / (1 - sqrt(z))) / sqrt(z) - 2) / z, mpf(10)**-12, mpf('0.02945'), lambda z: z, [6])
if want('sin'):
    q = (pi / 2 * mpf('1.001'))**2
    fit("sin: (sin(x)/x-1)/x^2 of x^2, |x|<=pi/2", lambda u: (sin(sqrt(u)) / sqrt(u) - 1) / u, mpf(10)**-9, q, lambda u: u * sqrt(u) / sin(sqrt(u)), [3, 7])
if want('tan'):
    q = (pi / 4 * mpf('1.001'))**2
    fit("cos on pi/4: (cos(x)-1+x^2/2)/x^4", lambda u: (cos(sqrt(u)) - 1 + u / 2) / u**2, mpf(10)**-6, q, lambda u: u * u, [2, 5])
if want('erf'):
    fit("erf(x)/x of x^2, |x|<=1", lambda u: erf(sqrt(u)) / sqrt(u), mpf(10)**-20, 1, lambda u: 1, [6, 12])
    fit("erf32: -log(erfc)", lambda x: -log(erfc(x)), 1, mpf('4'), lambda x: erfc(x), [6])
    fit("erf64: -log(erfc)", lambda x: -log(erfc(x)), 1, mpf('6'), lambda x: erfc(x), [17])
if want('erfc'):
    def g(K):
        def scaled(t):
            x = K * (1 + t) / (1 - t)
            return (1 + 2 * x) * exp(x * x) * erfc(x)
        return scaled
    for K in (4,):
        top = lambda x: (mpf(x) - K) / (mpf(x) + K)
        fit(f"erfc32 K={K}", g(K), -1, top('10.1'), lambda t: 1, [11], 3)
        fit(f"erfc64 K={K}", g(K), -1, top('27.5'), lambda t: 1, [23], 2)
