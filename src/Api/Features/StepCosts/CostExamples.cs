namespace Backprop.Api.Features.StepCosts;

/// <summary>Request bodies about costs that can be sent unchanged; the tests send each of them.</summary>
internal static class CostExamples
{
    public const string CataloguedStep = """
        {
          "model": "gpt3-175b",
          "hardware": "a100-sxm-80gb",
          "precision": "bf16",
          "batchSize": 1536,
          "microBatchSize": 1,
          "sequenceLength": 2048,
          "tensorParallel": 8,
          "pipelineParallel": 16,
          "dataParallel": 8,
          "sequenceParallel": true,
          "checkpointing": "selective",
          "zeroStage": 1,
          "tokens": 3e11
        }
        """;

    public const string OneDevice = """
        { "model": "llama-2-7b", "hardware": "a100-sxm-80gb", "batchSize": 4, "sequenceLength": 4096, "flashAttention": true }
        """;

    public const string OwnStep = """
        {
          "model": { "layers": 24, "hidden": 2048, "heads": 16, "kvHeads": 4, "feedForward": 5632, "gated": true, "vocabulary": 32000, "tied": true },
          "hardware": { "name": "our card", "peakTflops": { "bf16": 200, "fp32": 50 },
            "memoryGb": 48, "bandwidthTbPerSecond": 0.9, "matmulCeiling": 0.8 },
          "batchSize": 8,
          "sequenceLength": 2048,
          "checkpointing": "full",
          "stepMs": 4000
        }
        """;

    public const string CountedStep = """
        {
          "model": { "parameters": 7e9 }, "hardware": "h100-sxm-80gb", "devices": 8, "zeroStage": 3, "batchSize": 8, "mfu": 0.4,
          "tokens": 1e12
        }
        """;

    public const string GraphStep = """
        {
          "graph": {
            "inputs": [
              { "name": "x", "shape": ["batch", 784], "dtype": "float32" }, { "name": "t", "shape": ["batch"], "dtype": "int64" },
              { "name": "w1", "shape": [784, 512], "dtype": "float32" }, { "name": "b1", "shape": [512], "dtype": "float32" },
              { "name": "w2", "shape": [512, 10], "dtype": "float32" }
            ],
            "nodes": [
              { "name": "z", "op": "Gemm", "inputs": ["x", "w1", "b1"] },
              { "name": "h", "op": "Relu", "inputs": ["z"] },
              { "name": "y", "op": "MatMul", "inputs": ["h", "w2"] },
              { "name": "L", "op": "SoftmaxCrossEntropyLoss", "inputs": ["y", "t"] }
            ],
            "outputs": ["L"]
          },
          "wrt": ["w1", "b1", "w2"],
          "batchSize": 64,
          "optimizer": "adam",
          "hardware": "a100-sxm-80gb",
          "precision": "fp32"
        }
        """;
}
