"""
A graph computed by the service as an operation of PyTorch, its gradients included (Debian: python3-torch):
python3 examples/torch/autograd.py http://localhost:8080
"""

import base64
import json
import sys
import urllib.request

import numpy
import torch

url = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8080"


def encode(tensor):
    values = tensor.detach().contiguous().numpy()
    return {"shape": list(values.shape), "dtype": str(values.dtype), "base64": base64.b64encode(values.tobytes()).decode()}


def decode(value):
    values = numpy.frombuffer(base64.b64decode(value["base64"]), value["dtype"])
    return torch.from_numpy(values.reshape(value["shape"]).copy())


class Remote(torch.autograd.Function):
    """A scalar expression of named tensors: the value and all gradients come with one POST /gradients."""

    @staticmethod
    def forward(ctx, expression, names, *tensors):
        body = {"expression": expression, "inputs": dict(zip(names, map(encode, tensors))), "encoding": "base64"}
        request = urllib.request.Request(f"{url}/gradients", json.dumps(body).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as response:
            answer = json.load(response)
        ctx.save_for_backward(*(decode(answer["gradients"][name]) for name in names))
        return decode(answer["value"])

    @staticmethod
    def backward(ctx, upstream):
        return (None, None, *(upstream * gradient for gradient in ctx.saved_tensors))


torch.manual_seed(0)
x, y = torch.randn(64, 3, dtype=torch.float64), torch.randn(64, dtype=torch.float64)
w = torch.zeros(3, dtype=torch.float64, requires_grad=True)
b = torch.zeros((), dtype=torch.float64, requires_grad=True)


def remote_loss():
    return Remote.apply("r = tanh(x @ w + b) - y; L = mean(r^2)", ("x", "w", "b", "y"), x, w, b, y)


def local_loss():
    return ((torch.tanh(x @ w + b) - y) ** 2).mean()


for ours, theirs in zip(torch.autograd.grad(remote_loss(), (w, b)), torch.autograd.grad(local_loss(), (w, b))):
    torch.testing.assert_close(ours, theirs)

optimizer = torch.optim.SGD([w, b], lr=0.5)
first = remote_loss().item()
for _ in range(20):
    optimizer.zero_grad()
    loss = remote_loss()
    loss.backward()
    optimizer.step()
assert loss.item() < first
print(f"loss {first:.6f} before, {loss.item():.6f} after 20 steps")
