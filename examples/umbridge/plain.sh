#!/bin/sh
# The requests of UM-Bridge clients, with curl: examples/umbridge/plain.sh http://localhost:8080
set -eu
url=${1:-http://localhost:8080}
post() {
  printf '%s ' "$1"
  curl -sS --fail-with-body "$url$1" -H 'Content-Type:' -d "$2"
  echo
}

curl -sS --fail-with-body "$url/graphs" -H 'Content-Type: application/json' -o /dev/null -d '{
  "graph": {
    "inputs": [{"name": "a", "shape": [2]}, {"name": "b", "shape": [3]}],
    "nodes": [{"name": "p", "op": "ReduceProd", "inputs": ["a"], "attributes": {"keepdims": 0}},
              {"name": "y", "op": "Mul", "inputs": ["p", "b"]}],
    "outputs": ["y"] },
  "alias": "scaled" }'
post /ModelInfo '{"name": "scaled"}'
post /InputSizes '{"name": "scaled", "config": {}}'
post /OutputSizes '{"name": "scaled", "config": {}}'
post /Evaluate '{"name": "scaled", "input": [[2, 3], [1, 0, -1]], "config": {}}'
post /Gradient '{"name": "scaled", "outWrt": 0, "inWrt": 0, "input": [[2, 3], [1, 0, -1]], "sens": [1, 1, 2], "config": {}}'
post /ApplyJacobian '{"name": "scaled", "outWrt": 0, "inWrt": 1, "input": [[2, 3], [1, 0, -1]], "vec": [0, 1, 0], "config": {}}'
post /ApplyHessian '{"name": "scaled", "outWrt": 0, "inWrt1": 0, "inWrt2": 0, "input": [[2, 3], [1, 0, -1]], "sens": [1, 0, 0], "vec": [1, 0], "config": {}}'
