// A linear fit by gradient descent, with nothing but fetch: node examples/javascript/fit.mjs http://localhost:8080
const url = process.argv[2] ?? "http://localhost:8080";

async function gradient(request) {
  const response = await fetch(`${url}/gradients`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(request),
  });
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(answer.detail); // says what is wrong, and where
  }
  return answer;
}

const x = [0, 1, 2, 3];
const y = [1, 3, 5, 7];
let [w, b, loss] = [0, 0, Infinity];
for (let step = 0; step < 200; step++) {
  const { value, gradients } = await gradient({
    expression: "L = mean((w*x + b - y)^2)",
    inputs: { x, y, w, b },
    wrt: ["w", "b"],
  });
  w -= 0.1 * gradients.w;
  b -= 0.1 * gradients.b;
  loss = value;
}

console.log(`w = ${w.toFixed(3)}, b = ${b.toFixed(3)}, loss = ${loss.toExponential(1)}`);
process.exitCode = Math.abs(w - 2) < 1e-2 && Math.abs(b - 1) < 1e-2 ? 0 : 1;
