"""
A PyTorch model and its loss become an ONNX file, and the service computes the gradients (Debian: python3-torch):
python3 examples/torch/export.py http://localhost:8080
"""

import io
import json
import sys
import urllib.request

import torch
from torch import nn

url = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8080"


def send(path, body, content_type="application/json"):
    request = urllib.request.Request(url + path, body, {"Content-Type": content_type})
    with urllib.request.urlopen(request) as response:
        return json.load(response)


class Loss(nn.Module):
    """The loss belongs into the model: a gradient needs an output of one element."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, x, labels):
        return nn.functional.cross_entropy(self.model(x), labels)


torch.manual_seed(0)
network = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.Linear(4 * 6 * 6, 10))
model = Loss(network).train()
x, labels = torch.randn(5, 1, 8, 8), torch.tensor([3, 1, 4, 1, 5])

file = io.BytesIO()
torch.onnx.export(
    model,
    (x, labels),
    file,
    input_names=["x", "labels"],  # otherwise the exporter invents names such as onnx::Gemm_0
    output_names=["loss"],
    dynamic_axes={"x": {0: "batch"}, "labels": {0: "batch"}},  # any number of examples, not only five
    training=torch.onnx.TrainingMode.TRAINING,  # otherwise norms are merged into convolutions, and dropout is left out
    do_constant_folding=False,  # otherwise weights may be transposed and renamed
    opset_version=15,
)

send("/graphs?alias=exported", file.getvalue(), "application/onnx")
question = {"graphId": "exported", "inputs": {"x": x.tolist(), "labels": labels.tolist()}, "wrt": ["*"]}
answer = send("/gradients", json.dumps(question).encode())

loss = model(x, labels)
loss.backward()
print(f"loss {answer['value']:.6f}, PyTorch {loss.item():.6f}")
for name, parameter in model.named_parameters():
    torch.testing.assert_close(torch.tensor(answer["gradients"][name]), parameter.grad, rtol=1e-4, atol=1e-5)
    print(f"{name}: {tuple(parameter.shape)}, as PyTorch's")
