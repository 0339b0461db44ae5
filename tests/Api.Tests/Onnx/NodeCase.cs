using Backprop.Client;
using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Onnx;
using Backprop.Infrastructure.Formats.Onnx.Schema;

namespace Backprop.Api.Tests.Onnx;

/// <summary>A case of ONNX's own node tests: a model of few nodes with its operands and results.</summary>
public sealed class NodeCase
{
    public const string Root = "/usr/share/libonnx-testdata/data/node";

    private static readonly OnnxLimits Limits = new();
    private static readonly string[] Draws = ["Bernoulli", "RandomUniformLike", "RandomNormalLike", "RandomUniform", "RandomNormal", "Multinomial"];
    private readonly OnnxModel model;
    private readonly string data;

    private NodeCase(string folder)
    {
        Name = Path.GetFileName(folder);
        File = System.IO.File.ReadAllBytes(Path.Combine(folder, "model.onnx"));
        model = ModelReader.Read(File, Limits);
        data = Path.Combine(folder, "test_data_set_0");
    }

    public static IEnumerable<NodeCase> All => Directory.EnumerateDirectories(Root).Order(StringComparer.Ordinal).Select(folder => new NodeCase(folder));

    public string Name { get; }

    public byte[] File { get; }

    /// <summary>True where the results are drawn at random, so that only their shape can be told.</summary>
    public bool IsDrawn => model.Graph.Nodes.Any(node => Draws.Contains(node.Operator) || (node.Operator == "Dropout" && node.Inputs.Count == 3));

    /// <summary>True where the results are not the model's: those of this case were made with an epsilon of 0.01, the model states none.</summary>
    public bool IsMistaken => Name == "test_adam_multiple";

    public EvaluationRequest Request => new()
    {
        Onnx = File,
        Encoding = ValueEncoding.Flat,
        Inputs = model.Graph.Inputs.Index().Where(input => System.IO.File.Exists(PathOf("input", input.Index)))
            .ToDictionary(input => input.Item.Name, input => Value(Read("input", input.Index))),
    };

    /// <summary>What is wrong with results, or null.</summary>
    public string? Fault(IReadOnlyDictionary<string, TensorValue> results)
    {
        foreach ((int i, OnnxValue output) in model.Graph.Outputs.Index())
        {
            Tensor expected = Read("output", i)!;
            TensorValue actual = results[output.Name];
            if (!actual.Shape.SequenceEqual(expected.Shape.Dims.ToArray().Select(dim => (long)dim).ToArray()))
                return $"{output.Name} has shape [{string.Join(',', actual.Shape.ToArray())}], expected {expected.Shape}";
            double[] elements = actual.ToArray();
            if (!IsDrawn && Enumerable.Range(0, elements.Length).Any(place => !AreClose(elements[place], expected[place])))
                return $"{output.Name} has other numbers";
        }

        return null;
    }

    // The tolerances of ONNX's suite: those of numpy.testing.assert_allclose.
    private static bool AreClose(double actual, double expected) =>
        actual.Equals(expected) || Math.Abs(actual - expected) <= 1e-7 + (1e-3 * Math.Abs(expected));

    private static TensorValue Value(Tensor? tensor) => tensor is null
        ? 0
        : TensorValue.Of(tensor.ToArray(), [.. tensor.Shape.Dims.ToArray().Select(dim => (long)dim)], ValueEncoding.Base64);

    private string PathOf(string kind, int place) => Path.Combine(data, $"{kind}_{place}.pb");

    // Sequences and optional values stand in such files too; their cases are refused before a value is looked at.
    private Tensor? Read(string kind, int place)
    {
        try
        {
            return ModelReader.ReadTensor(System.IO.File.ReadAllBytes(PathOf(kind, place)), Limits).Value;
        }
        catch (GraphException)
        {
            return null;
        }
    }
}
