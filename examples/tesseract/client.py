"""A registered graph as a Tesseract, through its SDK (pip install tesseract-core): python3 examples/tesseract/client.py http://localhost:8080"""

import json
import sys
import urllib.request

import numpy as np
from tesseract_core import Tesseract

url = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8080"

graph = {
    "inputs": [{"name": "a", "shape": ["n"]}, {"name": "b", "shape": ["n"]}, {"name": "s", "shape": []}],
    "nodes": [{"name": "p", "op": "Mul", "inputs": ["a", "s"]}, {"name": "result", "op": "Add", "inputs": ["p", "b"]}],
    "outputs": ["result"],
}
body = json.dumps({"graph": graph, "alias": "vectoradd"}).encode()
urllib.request.urlopen(urllib.request.Request(f"{url}/graphs", body, {"Content-Type": "application/json"}))

tesseract = Tesseract.from_url(f"{url}/tesseracts/vectoradd")
inputs = {"a": np.array([1.0, 2.0, 3.0]), "b": np.array([4.0, 5.0, 6.0]), "s": np.array(2.0)}
print("endpoints", tesseract.available_endpoints)
print("result", tesseract.apply(inputs)["result"])
print("Jacobian", tesseract.jacobian(inputs, jac_inputs=["a", "s"], jac_outputs=["result"]))
print("along s", tesseract.jacobian_vector_product(inputs, jvp_inputs=["s"], jvp_outputs=["result"], tangent_vector={"s": np.array(1.0)}))
print("back", tesseract.vector_jacobian_product(inputs, vjp_inputs=["a", "s"], vjp_outputs=["result"], cotangent_vector={"result": np.ones(3)}))
