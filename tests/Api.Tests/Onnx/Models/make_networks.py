#!/usr/bin/python3
"""Exports narrow forms of well-known networks for inference, in old operator sets, and records PyTorch's results.

Needs torch 1.13, the last that exports opset 9. The tests need only the files that this writes: networks/NAME-OPSET.onnx, and
networks/NAME.json with the inputs, the value and the gradients of all parameters as base64 tensors.
"""
import json
import pathlib

import torch
from torch import nn
from torch.nn import functional as F

from make_models import tensor

FOLDER = pathlib.Path(__file__).parent / "networks"
ALL, SOME = range(9, 14), (9, 11, 13)


def conv(inputs, outputs, size=1, stride=1, groups=1, act=nn.ReLU):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, size, stride, size // 2, groups=groups, bias=False), nn.BatchNorm2d(outputs), act() if act else nn.Identity())


class Residual(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.body = nn.Sequential(conv(inputs, outputs, 3, stride), conv(outputs, outputs, 3, act=None))
        self.short = conv(inputs, outputs, 1, stride, act=None) if stride > 1 else nn.Identity()

    def forward(self, x):
        return F.relu(self.body(x) + self.short(x))


def resnet():
    return nn.Sequential(
        conv(3, 4, 7, 2), nn.MaxPool2d(3, 2, 1), Residual(4, 4, 1), Residual(4, 6, 2), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(6, 3))


class Dense(nn.Module):
    def __init__(self, inputs):
        super().__init__()
        self.body = nn.Sequential(nn.BatchNorm2d(inputs), nn.ReLU(), nn.Conv2d(inputs, 8, 1, bias=False), conv(8, 2, 3, act=None))

    def forward(self, x):
        return torch.cat([x, self.body(x)], 1)


def densenet():
    return nn.Sequential(
        conv(3, 4, 3, 2), Dense(4), Dense(6), conv(8, 4), nn.AvgPool2d(2, 2), Dense(4), nn.BatchNorm2d(6), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
        nn.Linear(6, 3))


class Inverted(nn.Module):
    """MobileNetV2's block."""

    def __init__(self, width, act=nn.ReLU6):
        super().__init__()
        self.body = nn.Sequential(conv(width, 8, act=act), conv(8, 8, 3, groups=8, act=act), conv(8, width, act=None))

    def forward(self, x):
        return x + self.body(x)


def mobilenet():
    return nn.Sequential(conv(3, 4, 3, 2, act=nn.ReLU6), Inverted(4), Inverted(4, nn.Hardswish), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.2), nn.Linear(4, 3))


class Shuffle(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(conv(2, 2), conv(2, 2, 3, groups=2, act=None), conv(2, 2))

    def forward(self, x):
        left, right = x.chunk(2, dim=1)
        x = torch.cat([left, self.body(right)], 1)
        n, c, h, w = x.shape
        return x.view(n, 2, c // 2, h, w).transpose(1, 2).contiguous().view(n, c, h, w)


def shufflenet():
    return nn.Sequential(conv(3, 4, 3, 2), Shuffle(), Shuffle(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 3))


class Excitation(nn.Module):
    """EfficientNet's block: squeezed and excited channels."""

    def __init__(self):
        super().__init__()
        self.down, self.up = nn.Conv2d(4, 2, 1), nn.Conv2d(2, 4, 1)

    def forward(self, x):
        return x * torch.sigmoid(self.up(F.silu(self.down(x.mean((2, 3), keepdim=True)))))


def efficientnet():
    return nn.Sequential(conv(3, 4, 3, 2, act=nn.SiLU), Excitation(), conv(4, 4, 3, act=nn.SiLU), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 3))


class Unet(nn.Module):
    def __init__(self):
        super().__init__()
        self.down, self.low, self.up, self.out = conv(3, 4, 3), conv(4, 6, 3), nn.ConvTranspose2d(6, 4, 2, 2), nn.Conv2d(14, 2, 1)

    def forward(self, x):
        high = self.down(x)
        low = self.low(F.max_pool2d(high, 2))
        near = F.interpolate(low, scale_factor=2, mode="nearest")
        return self.out(torch.cat([high, self.up(low), near], 1)).mean((2, 3))


class Weighed(nn.Module):
    """The mean square of a network's outputs."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, x):
        return (self.network(x) ** 2).mean()


def record(name, network, opsets):
    # Statistics of a batch, and parameters of which no two are equal: the exporter would make one initializer of them.
    model, x = Weighed(network), torch.randn(2, 3, 12, 12)
    model(torch.randn(8, 3, 12, 12))
    with torch.no_grad():
        for parameter in model.parameters():
            parameter += 0.1 * torch.randn_like(parameter)
    model.eval()
    for opset in opsets:
        torch.onnx.export(
            model, (x,), str(FOLDER / f"{name}-{opset}.onnx"), input_names=["x"], output_names=["loss"], opset_version=opset,
            training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False)
    value = model(x)
    value.backward()
    case = {"inputs": {"x": tensor(x)}, "value": value.item(), "gradients": {key: tensor(p.grad) for key, p in model.named_parameters()}}
    (FOLDER / f"{name}.json").write_text(json.dumps(case) + "\n")


FOLDER.mkdir(exist_ok=True)
torch.manual_seed(0)
record("resnet", resnet(), ALL)
record("densenet", densenet(), ALL)
for one, made in (("mobilenet", mobilenet()), ("shufflenet", shufflenet()), ("efficientnet", efficientnet()), ("unet", Unet())):
    record(one, made, SOME)
