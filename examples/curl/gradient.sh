#!/bin/sh
# A gradient, and the same for a registered graph through both protocols, with only curl: examples/curl/gradient.sh http://localhost:8080
set -eu
url=${1:-http://localhost:8080}

post() {
  curl -sS --fail-with-body "$url$1" -H 'Content-Type: application/json' -d "$2"
  echo
}

post /gradients '{"expression": "d = a*b; e = d + c; L = e^2", "inputs": {"a": 2, "b": -3, "c": 10}}'

post /graphs '{"expression": "d = a*b; e = d + c; L = e^2", "alias": "squared-sum"}' > /dev/null
post /Gradient '{"name": "squared-sum", "outWrt": 0, "inWrt": 0, "input": [[2], [-3], [10]], "sens": [1]}'
post /tesseracts/squared-sum/vector_jacobian_product \
  '{"inputs": {"a": 2, "b": -3, "c": 10}, "vjp_inputs": ["a"], "vjp_outputs": ["L"], "cotangent_vector": {"L": 1}}'
