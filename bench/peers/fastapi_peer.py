"""POST /gradients as one would write it with FastAPI and PyTorch: reads the same JSON graph, evaluates it, answers value and gradients.

Pydantic models are left out (they take longer than json), and so are the graph's id and the norm of the gradient, which ours answers too.
"""
import base64
import gc
import json
import sys

import torch
import torch.nn.functional as F
import uvicorn
from fastapi import FastAPI, Request, Response

TYPES = {"float32": torch.float32, "float64": torch.float64, "int64": torch.int64}
OPERATORS = {
    "Add": torch.add,
    "Mul": torch.mul,
    "Pow": torch.pow,
    "Sin": torch.sin,
    "Exp": torch.exp,
    "Tanh": torch.tanh,
    "Relu": torch.relu,
    "MatMul": torch.matmul,
    "SoftmaxCrossEntropyLoss": F.cross_entropy,
}

app = FastAPI()


def read(value, dtype):
    if isinstance(value, dict):
        data = torch.frombuffer(bytearray(base64.b64decode(value["base64"])), dtype=TYPES[value["dtype"]])
        return data.reshape(value["shape"])
    return torch.tensor(value, dtype=dtype)


def write(tensor, encoding):
    if encoding == "base64":
        data = base64.b64encode(tensor.numpy().tobytes()).decode()
        return {"shape": list(tensor.shape), "dtype": "float32", "base64": data}
    return tensor.tolist()


@app.post("/gradients")
async def gradients(request: Request):
    body = json.loads(await request.body())
    graph, dtype = body["graph"], TYPES[body.get("dtype", "float64")]
    types = {entry["name"]: TYPES[entry["dtype"]] if "dtype" in entry else dtype for entry in graph["inputs"]}
    values = {name: read(value, types[name]) for name, value in body["inputs"].items()}
    wrt = body.get("wrt") or [name for name, value in values.items() if value.is_floating_point()]
    for name in wrt:
        values[name].requires_grad_()
    for node in graph["nodes"]:
        operands = [values[entry] if isinstance(entry, str) else entry for entry in node["inputs"]]
        values[node["name"]] = OPERATORS[node["op"]](*operands)
    output = graph["outputs"][0]
    value = values[output]
    found = torch.autograd.grad(value, [values[name] for name in wrt])
    encoding = body.get("encoding")
    answer = {
        "output": output,
        "value": write(value.detach(), encoding),
        "gradients": {name: write(gradient, encoding) for name, gradient in zip(wrt, found)},
    }
    return Response(json.dumps(answer), media_type="application/json")


@app.on_event("startup")
def prepare():
    torch.set_num_threads(1)
    gc.freeze()


if __name__ == "__main__":
    uvicorn.run(
        "fastapi_peer:app", host="127.0.0.1", port=int(sys.argv[1]), workers=2, loop="uvloop", http="httptools", access_log=False, log_level="warning"
    )
