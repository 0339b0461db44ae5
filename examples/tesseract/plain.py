"""The requests of Tesseract's SDK, with only Python's standard library: python3 examples/tesseract/plain.py http://localhost:8080"""

import base64
import json
import struct
import sys
import urllib.request

url = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8080"


def send(path, body, accept="*/*"):
    request = urllib.request.Request(url + path, json.dumps(body).encode(), {"Content-Type": "application/json", "Accept": accept})
    with urllib.request.urlopen(request) as response:
        return json.load(response)


def array(*values):
    buffer = base64.b64encode(struct.pack(f"<{len(values)}d", *values)).decode()
    return {"shape": [len(values)], "dtype": "float64", "data": {"buffer": buffer, "encoding": "base64"}}


graph = {
    "inputs": [{"name": "a", "shape": ["n"]}, {"name": "b", "shape": ["n"]}, {"name": "s", "shape": []}],
    "nodes": [{"name": "p", "op": "Mul", "inputs": ["a", "s"]}, {"name": "result", "op": "Add", "inputs": ["p", "b"]}],
    "outputs": ["result"],
}
send("/graphs", {"graph": graph, "alias": "vectoradd"})
model = "/tesseracts/vectoradd"
with urllib.request.urlopen(f"{url}{model}/openapi.json") as response:
    print("endpoints", *(path.lstrip("/") for path in json.load(response)["paths"]))

inputs = {"a": array(1, 2, 3), "b": array(4, 5, 6), "s": 2}
result = send(f"{model}/apply", {"inputs": inputs})["result"]
assert result["data"]["buffer"] == [6, 9, 12], result
encoded = send(f"{model}/apply", {"inputs": inputs}, "application/json+base64")["result"]
assert struct.unpack("<3d", base64.b64decode(encoded["data"]["buffer"])) == (6, 9, 12), encoded
back = send(
    f"{model}/vector_jacobian_product",
    {"inputs": inputs, "vjp_inputs": ["a", "s"], "vjp_outputs": ["result"], "cotangent_vector": {"result": array(1, 10, 100)}},
)
assert back["a"]["data"]["buffer"] == [2, 20, 200] and back["s"]["data"]["buffer"] == 321, back
print("result", result["data"]["buffer"], "back", {name: value["data"]["buffer"] for name, value in back.items()})
