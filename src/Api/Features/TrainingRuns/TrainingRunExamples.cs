namespace Backprop.Api.Features.TrainingRuns;

/// <summary>Request bodies that can be sent unchanged; the tests send each of them.</summary>
internal static class TrainingRunExamples
{
    /// <summary>An id in the service's form; replace it with the id that POST returned.</summary>
    public const string Id = "3b1f8c5d9e2a47608d4c6f0e7a915b32";

    public const string Xor = """
        {
          "expression": "h = tanh(x @ w1 + b1); y = sigmoid(h @ w2 + b2); loss = mean((y - t)^2)",
          "parameters": {
            "w1": { "initializer": "xavierUniform", "shape": [2, 4] }, "b1": [0, 0, 0, 0],
            "w2": { "initializer": "xavierUniform", "shape": [4, 1] }, "b2": [0]
          },
          "data": { "x": [[0, 0], [0, 1], [1, 0], [1, 1]], "t": [[0], [1], [1], [0]] },
          "steps": 500, "optimizer": { "name": "adam", "learningRate": 0.05 }, "seed": 1
        }
        """;

    public const string Line = """
        {
          "expression": "loss = mean((a*x + b - y)^2)",
          "parameters": { "a": 0, "b": 0 },
          "data": { "x": [0, 1, 2, 3], "y": [1, 3, 5, 7] },
          "steps": 200, "optimizer": { "name": "sgd", "learningRate": 0.1 }, "record": { "every": 10, "parameters": true }
        }
        """;

    public const string Long = """
        {
          "expression": "h = tanh(x @ w1 + b1); z = h @ w2 + b2; loss = mean((z - t)^2)",
          "parameters": {
            "w1": { "initializer": "xavierUniform", "shape": [1, 8] }, "b1": [0, 0, 0, 0, 0, 0, 0, 0],
            "w2": { "initializer": "xavierUniform", "shape": [8, 1] }, "b2": [0]
          },
          "data": {
            "x": [[-2], [-1.5], [-1], [-0.5], [0], [0.5], [1], [1.5], [2]],
            "t": [[-0.909], [-0.997], [-0.841], [-0.479], [0], [0.479], [0.841], [0.997], [0.909]]
          },
          "steps": 2000000, "optimizer": { "name": "sgd", "learningRate": 0.01 }, "record": { "every": 10000 }
        }
        """;

    public const string Classes = """
        {
          "expression": "z = x @ w + b; loss = mean(logsumexp(z, axis=1) - sum(z * t, axis=1))",
          "parameters": { "w": { "initializer": "normal", "shape": [2, 3], "std": 0.1 }, "b": [0, 0, 0] },
          "data": {
            "x": [[0, 1], [0.2, 0.9], [1, 0], [0.9, 0.1], [-1, -1], [-0.8, -1.1]],
            "t": [[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1], [0, 0, 1]]
          },
          "batchSize": 2, "epochs": 50, "seed": 7,
          "optimizer": { "name": "adamW", "learningRate": 0.05 }, "schedule": { "name": "cosine", "warmupSteps": 10 }, "clipNorm": 1
        }
        """;
}
