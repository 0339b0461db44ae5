using Backprop.Api.Platform.OpenApi;
using Backprop.Compute.Experiments;

namespace Backprop.Api.Features.Experiments;

/// <summary>Request bodies that can be sent unchanged; the tests send each of them.</summary>
internal static class ExperimentExamples
{
    /// <summary>The name of the example that every experiment has.</summary>
    public const string Defaults = "Defaults";

    // The experiment, what the example shows, and the body.
    private static readonly (string Experiment, string Name, string Body)[] Variations =
    [
        ("finite-differences", "Central differences in float32", """{ "dtype": "float32", "method": "central", "epsilon": 0.01 }"""),
        ("forward-or-reverse", "A single input", """{ "inputs": 1, "outputs": 64 }"""),
        ("gates", "Equal inputs", """{ "a": 2, "b": 2 }"""),
        ("overwritten-fan-out", "A single use", """{ "uses": 1, "depth": 1 }"""),
        ("forgotten-zero-grad", "A small learning rate", """{ "learningRate": 0.002, "steps": 500 }"""),
        ("learning-rate", "With momentum", """{ "momentum": 0.9, "conditionNumber": 100, "steps": 400 }"""),
        ("vanishing-gradients", "Sigmoid with residuals", """{ "activation": "sigmoid", "residual": true, "depth": 30, "seed": 1 }"""),
        ("exploding-gradients", "A little too large", """{ "gain": 1.2, "dtype": "float64", "depth": 50 }"""),
        ("no-clipping", "Nothing to clip", """{ "activation": "tanh", "scale": 0.5, "clipNorm": 10 }"""),
        ("stable-softmax", "Below the overflow", """{ "largest": 80 }"""),
        ("low-precision", "Larger gradients", """{ "lossSize": 1 }"""),
        ("checkpointing", "A short chain", """{ "layers": 9, "width": 16, "examples": 64 }"""),
    ];

    /// <summary>Adds the examples of an experiment to its route.</summary>
    public static RouteHandlerBuilder WithExperimentExamples(this RouteHandlerBuilder route, Experiment experiment) => Variations
        .Where(variation => variation.Experiment == experiment.Name)
        .Aggregate(route.WithExample(Defaults, """{ "seed": 0 }"""), (builder, variation) => builder.WithExample(variation.Name, variation.Body));
}
