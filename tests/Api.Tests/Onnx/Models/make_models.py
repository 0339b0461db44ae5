#!/usr/bin/python3
"""Exports small models, each with its loss inside, and records PyTorch's results: the value, and the gradient of every parameter.

Needs torch (written with 1.13). The tests need only the files that this writes: NAME.onnx, and NAME.json with the inputs, the value and
the gradients as base64 tensors.
"""
import base64
import json
import pathlib

import numpy
import torch
from torch import nn
from torch.nn import functional as F

FOLDER = pathlib.Path(__file__).parent


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(12, 24), nn.Tanh(), nn.Linear(24, 24), nn.ReLU(), nn.Linear(24, 5))

    def forward(self, x, labels):
        return F.cross_entropy(self.layers(x), labels)


class Transformer(nn.Module):
    """A block with the normalisation first, and one head per token."""

    def __init__(self):
        super().__init__()
        self.attention = nn.MultiheadAttention(16, 4, batch_first=True)
        self.first, self.second = nn.LayerNorm(16), nn.LayerNorm(16)
        self.wide, self.narrow, self.head = nn.Linear(16, 32), nn.Linear(32, 16), nn.Linear(16, 7)

    def forward(self, x, labels):
        h = self.first(x)
        x = x + self.attention(h, h, h, need_weights=False)[0]
        x = x + self.narrow(F.gelu(self.wide(self.second(x))))
        return F.cross_entropy(self.head(x).flatten(0, 1), labels.flatten())


class Lstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm, self.head = nn.LSTM(6, 10, bidirectional=True), nn.Linear(20, 3)

    def forward(self, x, target):
        return ((self.head(self.lstm(x)[0]) - target) ** 2).mean()


class Cnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Conv2d(3, 8, 3, padding=1), nn.Conv2d(8, 12, 3, stride=2, groups=2)
        self.norm, self.last = nn.BatchNorm2d(8), nn.BatchNorm2d(12)
        self.head = nn.Linear(12, 4)

    def forward(self, x, labels):
        x = F.max_pool2d(F.relu(self.norm(self.first(x))), 2)
        x = F.avg_pool2d(F.relu(self.last(self.second(x))), 2)
        return F.cross_entropy(self.head(x.mean((2, 3))), labels)


def tensor(value):
    array = value.detach().numpy()
    data = numpy.ascontiguousarray(array).astype(array.dtype.newbyteorder("<")).tobytes()
    return {"shape": list(array.shape), "dtype": str(array.dtype), "base64": base64.b64encode(data).decode()}


def record(name, model, inputs):
    model.train()
    path = str(FOLDER / f"{name}.onnx")
    torch.onnx.export(
        model, tuple(inputs.values()), path, input_names=list(inputs), output_names=["loss"], opset_version=17,
        training=torch.onnx.TrainingMode.TRAINING, do_constant_folding=False)
    loss = model(*inputs.values())
    loss.backward()
    case = {
        "inputs": {key: tensor(value) for key, value in inputs.items()},
        "value": loss.item(),
        "gradients": {key: tensor(value.grad) for key, value in model.named_parameters()},
    }
    (FOLDER / f"{name}.json").write_text(json.dumps(case, indent=1) + "\n")


if __name__ == "__main__":
    torch.manual_seed(0)
    record("mlp", Mlp(), {"x": torch.randn(8, 12), "labels": torch.randint(5, (8,))})
    record("transformer", Transformer(), {"x": torch.randn(2, 6, 16), "labels": torch.randint(7, (2, 6))})
    record("lstm", Lstm(), {"x": torch.randn(5, 3, 6), "target": torch.randn(5, 3, 3)})
    record("cnn", Cnn(), {"x": torch.randn(4, 3, 12, 12), "labels": torch.randint(4, (4,))})
