#!/bin/sh
# The gradient of a linear regression on a table, with curl and jq: examples/curl/table.sh http://localhost:8080
set -eu
url=${1:-http://localhost:8080}
folder=$(dirname "$0")

# All columns but the last are features, the last is the target; the first line has the names.
jq -Rs '[split("\n")[1:][] | select(length > 0) | split(",") | map(tonumber)] as $rows
  | {
      expression: "r = x @ w + b - y; L = mean(r^2)",
      inputs: {
        x: [$rows[] | .[:-1]],
        y: [$rows[] | .[-1]],
        w: [$rows[0][:-1][] | 0],
        b: 0
      },
      wrt: ["w", "b"]
    }' "$folder/houses.csv" |
  curl -sS --fail-with-body "$url/gradients" -H 'Content-Type: application/json' --data-binary @- |
  jq 'if .value then {value, gradients} else error(.detail) end'
