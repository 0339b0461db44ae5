"""A registered graph through UM-Bridge's Python client (pip install umbridge): python3 examples/umbridge/client.py http://localhost:8080"""

import json
import sys
import urllib.request

import umbridge

url = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8080"

# The Rosenbrock function of a vector of two; the client knows it by its alias from here on.
graph = {
    "inputs": [{"name": "x", "shape": [2]}],
    "nodes": [
        {"op": "Split", "inputs": ["x"], "attributes": {"axis": 0, "num_outputs": 2}, "outputs": ["x0", "x1"]},
        {"name": "s", "op": "Square", "inputs": ["x0"]},
        {"name": "d", "op": "Sub", "inputs": ["x1", "s"]},
        {"name": "d2", "op": "Square", "inputs": ["d"]},
        {"name": "far", "op": "Mul", "inputs": [100, "d2"]},
        {"name": "e", "op": "Sub", "inputs": [1, "x0"]},
        {"name": "e2", "op": "Square", "inputs": ["e"]},
        {"name": "f", "op": "Add", "inputs": ["far", "e2"]},
    ],
    "outputs": ["f"],
}
body = json.dumps({"graph": graph, "alias": "rosenbrock"}).encode()
urllib.request.urlopen(urllib.request.Request(f"{url}/graphs", body, {"Content-Type": "application/json"}))

model = umbridge.HTTPModel(url, "rosenbrock")
point = [[0.5, 2.0]]
print("sizes", model.get_input_sizes(), model.get_output_sizes())
print("value", model(point))
print("gradient", model.gradient(0, 0, point, [1.0]))
print("Jacobian along (1, 0)", model.apply_jacobian(0, 0, point, [1.0, 0.0]))
print("Hessian along (1, 0)", model.apply_hessian(0, 0, 0, point, [1.0], [1.0, 0.0]))
