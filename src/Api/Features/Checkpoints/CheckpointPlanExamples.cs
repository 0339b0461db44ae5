namespace Backprop.Api.Features.Checkpoints;

/// <summary>Request bodies that can be sent unchanged; the tests send each of them.</summary>
internal static class CheckpointPlanExamples
{
    public const string Lesson = """{ "layers": 32, "checkpoints": 5 }""";

    public const string Unequal = """
        {
          "bytes": [4194304, 4194304, 2097152, 2097152, 1048576, 1048576, 524288, 524288],
          "boundaryBytes": [602112, 3211264, 3211264, 1605632, 1605632, 802816, 802816, 401408],
          "milliseconds": [4, 5, 4, 5, 4, 5, 4, 5],
          "memoryBudget": 9437184
        }
        """;

    public const string Graph = """
        {
          "expression":
            "h1 = tanh(x @ w); h2 = tanh(h1 @ w); h3 = tanh(h2 @ w); h4 = tanh(h3 @ w); h5 = tanh(h4 @ w); h6 = tanh(h5 @ w); L = sum(h6^2)",
          "shapes": { "x": [64, 128], "w": [128, 128] },
          "checkpoints": 3
        }
        """;
}
