using Backprop.Api.Features.Graphs;

namespace Backprop.Api.Features.Derivatives;

/// <summary>Request bodies that can be sent unchanged; the tests send each of them.</summary>
internal static class DerivativeExamples
{
    public const string Evaluation = """{ "expression": "z = w*x + b; y = sigmoid(z)", "inputs": { "w": [0.5, -1], "x": [2, 3], "b": 0.25 } }""";

    public const string Expression = """{ "expression": "L = (a*b + c)^2", "inputs": { "a": 2, "b": -3, "c": 10 } }""";

    public const string Traced = """
        {
          "graph": {
            "inputs": [{ "name": "a" }, { "name": "b" }, { "name": "c" }],
            "nodes": [
              { "name": "d", "op": "Mul", "inputs": ["a", "b"] },
              { "name": "e", "op": "Add", "inputs": ["d", "c"] },
              { "name": "L", "op": "Pow", "inputs": ["e", 2] }
            ],
            "outputs": ["L"]
          },
          "inputs": { "a": 2, "b": -3, "c": 10 },
          "trace": true
        }
        """;

    public const string Checkpointing = """
        {
          "expression": "h1 = tanh(x @ w); h2 = tanh(h1 @ w); h3 = tanh(h2 @ w); h4 = tanh(h3 @ w); L = sum(h4^2)",
          "inputs": { "x": [[0.5, -1], [2, 0.25]], "w": [[0.1, -0.4], [0.7, 0.2]] },
          "checkpointing": { "save": ["h2"] }
        }
        """;

    public const string JacobianVectorProduct =
        """{ "expression": "y = sin(x) * w", "inputs": { "x": [0, 1, 2], "w": 3 }, "tangents": { "x": [1, 0, 0] } }""";

    public const string VectorJacobianProduct = """
        {
          "graph": {
            "inputs": [{ "name": "x" }],
            "nodes": [{ "name": "p", "op": "Square", "inputs": ["x"] }, { "name": "q", "op": "Exp", "inputs": ["x"] }],
            "outputs": ["p", "q"]
          },
          "inputs": { "x": [0, 1] },
          "cotangents": { "p": [1, 1], "q": [0.5, 0] }
        }
        """;

    public const string Jacobian = """
        {
          "graph": {
            "inputs": [{ "name": "radius" }, { "name": "angle" }],
            "nodes": [
              { "name": "c", "op": "Cos", "inputs": ["angle"] },
              { "name": "s", "op": "Sin", "inputs": ["angle"] },
              { "name": "x", "op": "Mul", "inputs": ["radius", "c"] },
              { "name": "y", "op": "Mul", "inputs": ["radius", "s"] }
            ],
            "outputs": ["x", "y"]
          },
          "inputs": { "radius": 2, "angle": 0.5 }
        }
        """;

    public const string Hessian = """{ "expression": "L = (1 - x)^2 + 100*(y - x^2)^2", "inputs": { "x": -1, "y": 2 } }""";

    public const string HessianVectorProduct =
        """{ "expression": "L = sum(exp(x) * x)", "inputs": { "x": [0.5, 1, -1] }, "tangents": { "x": [1, 0, 2] } }""";

    public const string GradientCheck =
        """{ "expression": "L = sum(tanh(w @ x)^2)", "inputs": { "w": [[0.1, -0.4], [0.7, 0.2]], "x": [1, -2] }, "method": "central" }""";

    public const string Diagram =
        """{ "expression": "d = a*b; e = d + c; L = e^2", "inputs": { "a": 2, "b": -3, "c": 10 }, "format": "svg" }""";

    public const string OnnxGradient = $$"""
        {
          "onnx": "{{GraphExamples.Model}}",
          "inputs": { "x": [[0.5, -1, 2], [1, 0, -2]], "w": [[0.1, -0.4], [0.7, 0.2], [-0.3, 0.6]], "b": [0.25, -0.5] },
          "wrt": ["w", "b"]
        }
        """;
}
