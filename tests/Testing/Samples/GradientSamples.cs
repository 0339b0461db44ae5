using Backprop.Domain.Graphs;
using static Backprop.Testing.Samples.SampleValues;

namespace Backprop.Testing.Samples;

/// <summary>The operator Gradient: of a product, of an exponential, and of a gradient.</summary>
internal static class GradientSamples
{
    private static readonly NodeDefinition Product = Node("Mul", "p", "x0", "x1");
    private static readonly NodeDefinition Exponential = Node("Exp", "e", "x0");

    public static IEnumerable<Sample> All { get; } =
    [
        Of("Gradient", "product", [X(2, 3), Y(2, 3)], ("xs", new[] { "x0" }), ("zs", new[] { "x1" }), ("y", "p")) with { Beside = [Product] },
        Of("Gradient", "both", [X(3), Y(3)], ("xs", new[] { "x0", "x1" }), ("y", "p")) with { Beside = [Product], Outputs = ["y", "z"] },
        Of("Gradient", "exponential", [X(3)], ("xs", new[] { "x0" }), ("y", "e")) with { Beside = [Exponential] },
        Of("Gradient", "second order", [X(3)], ("xs", new[] { "x0" }), ("y", "d")) with
        {
            Beside =
            [
                Exponential,
                new NodeDefinition("Gradient", ["x0"], new Dictionary<string, AttributeValue> { ["xs"] = new[] { "x0" }, ["y"] = "e" }, ["d"]),
            ],
        },
    ];

    /// <summary>A product with a cotangent for each factor; the exponential, and its product with a cotangent, for each order.</summary>
    public static long Flops(Sample sample) => sample.Form switch
    {
        "product" => 6,
        "both" => 6,
        "exponential" => 6,
        _ => 9,
    };

    private static NodeDefinition Node(string op, string name, params string[] inputs) =>
        new(op, [.. inputs.Select(input => (Operand)input)], NodeDefinition.NoAttributes, [name]);
}
