using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Graphs.Building;
using Backprop.Infrastructure.Formats.Onnx;
using Backprop.Infrastructure.Formats.Onnx.Schema;
using Backprop.Infrastructure.Tests.Onnx.Export;
using Backprop.Testing.Running;
using Backprop.Testing.Samples;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Onnx.Opsets;

/// <summary>
/// Every operator in every operator set, with each number of optional operands and values: everything that ONNX Runtime accepts has the same results
/// here, and everything unsupported is rejected, never a failure.
/// </summary>
public class OpsetSweep
{
    private const int Oldest = 1;
    private const int Newest = 26;
    private const double Tolerance = 2e-5;
    private static readonly OnnxLimits Limits = new(MaxNodes: 10_000, MaxElements: 100_000);

    // Unsupported by the runtime in any set: axes in another order, even sizes, repeated ellipses, vectors where it requires images, an attribute of
    // ours.
    private static readonly HashSet<string> NotInRuntime =
    [
        "ConstantOfShape attribute", "Einsum ...,...", "Einsum ...ij,...jk->...ik", "Einsum ...ij,...jk->...ikranks", "GRU batch first", "GridSample lines", "LRN even",
        "LRN wider than channels", "LSTM batch first", "MaxPool integers", "Pad reflect far", "ReduceL2 epsilon", "RNN batch first", "Resize antialias up", "Resize inside alone", "Resize integers",
    ];

    // Where the runtime deviates from ONNX: a window of one element is 0/0 there; a kernel narrower than its stride does not fill the output of SAME;
    // coordinates are computed in single precision; align_corners uses the rounded length, ONNX's reference the length times the scale.
    private static readonly HashSet<string> OtherInRuntime =
    [
        "BlackmanWindow single", "ConvTranspose SAME_LOWER", "ConvTranspose SAME_UPPER", "HammingWindow single", "HannWindow single", "Resize linear align_corners",
        "Resize nearest round_prefer_ceil", "Resize single precision scales",
    ];

    private static readonly HashSet<string> Drawn = ["Bernoulli", "Multinomial", "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike"];
    private int compared;

    public static TheoryData<string> Samples => [.. OperatorSamples.All.Where(sample => OnnxDomains.Of(sample.Row) == OnnxDomains.Standard).Select(sample => sample.ToString())];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_edition_of_an_operator(string name)
    {
        Sample sample = OperatorSamples.Find(name);
        var variants = new OpsetVariants(sample);
        var faults = new List<string>();
        foreach (OnnxModel variant in variants.All())
        {
            for (int opset = Oldest; opset <= Newest; opset++)
            {
                byte[] file = ModelWriter.Write(variant with { OperatorSets = [new OperatorSet("", opset)] });
                if (Fault(sample, file, variants.Inputs) is { } fault)
                {
                    faults.Add($"opset {opset}, {Text(variant.Graph.Nodes[0])}: {fault}");
                }
            }
        }

        faults.ShouldBeEmpty();
        (compared == 0).ShouldBe(
            NotInRuntime.Contains(name), compared == 0
                ? "ONNX Runtime accepts no variant: correct the sample, or add it to NotInRuntime with the reason."
                : "ONNX Runtime accepts a variant: remove the sample from NotInRuntime.");
    }

    private static string Text(OnnxNode node) =>
        $"{node.Outputs.Count} values of {node.Operator}({string.Join(", ", node.Inputs)}; {string.Join(", ", node.Attributes.Select(attribute => attribute.Name))})";

    private string? Fault(Sample sample, byte[] file, IReadOnlyDictionary<string, Tensor> inputs)
    {
        (Tensor[]? ours, string? refusal) = Ours(file, inputs);
        if (Theirs(file, inputs) is not { } theirs)
        {
            return null;
        }

        compared++;
        return ours is null ? $"refused: {refusal}" : ours.Zip(theirs).Index().Select(pair => Difference(sample, pair.Index, pair.Item.First, pair.Item.Second)).FirstOrDefault(it => it is not null);
    }

    private static string? Difference(Sample sample, int place, Tensor mine, Tensor other)
    {
        if (mine.DType != other.DType)
        {
            return $"value {place} is {mine.DType}, expected {other.DType}";
        }

        // The mask of Dropout in inference was not defined before opset 12.
        bool isOpen = Drawn.Contains(sample.Operator) || OtherInRuntime.Contains(sample.ToString()) || (sample.Operator == "Dropout" && place > 0);
        try
        {
            mine.ShouldBeCloseInNorm(isOpen ? mine : other, Tolerance, $"value {place}");
            return null;
        }
        catch (ShouldAssertException error)
        {
            return error.Message;
        }
    }

    // Anything but a rejection ends the test.
    private static (Tensor[]? Values, string? Refusal) Ours(byte[] file, IReadOnlyDictionary<string, Tensor> inputs)
    {
        try
        {
            GraphDefinition definition = new OnnxImporter(Limits).Import(file);
            CanonicalForm.Of(definition);
            Dictionary<string, Literal> fed = definition.Inputs.ToDictionary(input => input.Name, input => new Literal(inputs[input.Name]));
            BoundGraph bound = Engine.Bind(definition, fed);
            return (Engine.RunPlan(bound.Graph, bound.Inputs.Tensors.ToArray()), null);
        }
        catch (Exception refused) when (refused is GraphException or LimitException)
        {
            return (null, refused.Message);
        }
    }

    private static Tensor[]? Theirs(byte[] file, IReadOnlyDictionary<string, Tensor> inputs)
    {
        try
        {
            return Runtime.Run(file, inputs);
        }
        catch (Microsoft.ML.OnnxRuntime.OnnxRuntimeException)
        {
            return null;
        }
    }
}
