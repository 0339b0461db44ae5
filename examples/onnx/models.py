"""
A model goes in, its gradient and a step of its training come out as models (Debian: python3-onnx):
python3 examples/onnx/models.py http://localhost:8080
"""

import json
import sys
import urllib.request

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

url = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8080"


def send(path, data=None, **headers):
    request = urllib.request.Request(url + path, data, {name.replace("_", "-"): value for name, value in headers.items()})
    with urllib.request.urlopen(request) as response:
        return response.read()


def layer():
    """L = mean of (tanh(x·w + b) − t)², with w and b as initializers."""
    random = numpy.random.RandomState(0)
    parameters = [numpy_helper.from_array(random.randn(*shape), name) for name, shape in (("w", (3, 2)), ("b", (2,)))]
    values = [helper.make_tensor_value_info(name, TensorProto.DOUBLE, shape) for name, shape in (("x", (4, 3)), ("t", (4, 2)), ("L", ()))]
    nodes = [
        helper.make_node("Gemm", ["x", "w", "b"], ["z"]),
        helper.make_node("Tanh", ["z"], ["y"]),
        helper.make_node("Sub", ["y", "t"], ["e"]),
        helper.make_node("Mul", ["e", "e"], ["s"]),
        helper.make_node("ReduceMean", ["s"], ["L"], keepdims=0),
    ]
    graph = helper.make_graph(nodes, "layer", values[:2], values[2:], parameters)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])


registered = json.loads(send("/graphs?alias=onnx-layer", layer().SerializeToString(), Content_Type="application/onnx"))
print("registered as", registered["id"])

random = numpy.random.RandomState(1)
inputs = {"x": random.randn(4, 3).tolist(), "t": random.randn(4, 2).tolist()}
question = {"graphId": "onnx-layer", "inputs": inputs, "wrt": ["*"]}
answer = json.loads(send("/gradients", json.dumps(question).encode(), Content_Type="application/json"))
print("loss", answer["value"], "gradients of", sorted(answer["gradients"]))

for path in ("", "/gradient-graph?wrt=w&wrt=b", "/gradient-graph?wrt=w&form=operator", "/training-step?wrt=w&wrt=b&optimizer=adam"):
    model = onnx.load_from_string(send(f"/graphs/onnx-layer{path}", Accept="application/onnx"))
    onnx.checker.check_model(model)
    print(f"{path or '/'}: {len(model.graph.node)} nodes, outputs {[value.name for value in model.graph.output]}")
