"""
SciPy minimizes a function whose value and gradient come from the service (Debian: python3-scipy):
python3 examples/scipy/minimize.py http://localhost:8080
"""

import json
import sys
import urllib.request

import numpy
from scipy.optimize import minimize

url = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8080"

# A logistic regression with a penalty: softplus(z) - y·z is the cross entropy of a label y and the logit z.
expression = "z = x @ w + b; L = mean(softplus(z) - y*z) + 0.01*sum(w^2)"
random = numpy.random.default_rng(0)
x = random.normal(size=(200, 3))
y = (x @ [2, -1, 0.5] + 0.3 + random.normal(size=200) > 0).astype(float)


def loss(parameters):
    """The value and the gradient, as minimize(jac=True) expects them."""
    inputs = {"x": x.tolist(), "y": y.tolist(), "w": parameters[:3].tolist(), "b": parameters[3]}
    body = json.dumps({"expression": expression, "inputs": inputs, "wrt": ["w", "b"]}).encode()
    request = urllib.request.Request(f"{url}/gradients", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as response:
        answer = json.load(response)
    return answer["value"], numpy.append(answer["gradients"]["w"], answer["gradients"]["b"])


result = minimize(loss, numpy.zeros(4), jac=True, method="BFGS")
assert result.success, result.message
print(f"w = {result.x[:3].round(3)}, b = {result.x[3]:.3f}, loss = {result.fun:.6f} after {result.nit} iterations and {result.nfev} requests")
