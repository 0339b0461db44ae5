using Backprop.Client.Derivatives;
using Backprop.Client.Values;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Infrastructure.Formats.Onnx;
using Backprop.Infrastructure.Formats.Onnx.Schema;

namespace Backprop.Api.Tests.Onnx;

/// <summary>A case of ONNX's own node tests: a model of a few nodes with its operands and results.</summary>
public sealed class NodeCase
{
    // The tolerance of ONNX's suite, as in numpy.testing.assert_allclose, with the absolute part scaled by the largest element (cancellation keeps
    // the rounding of the others); and a unit in the last place of bfloat16, to which that suite truncates, while nothing is rounded here.
    private const double Tolerance = 1e-3;
    private const double BFloat16Tolerance = 1.0 / 128;
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

    public static IEnumerable<NodeCase> In(string root) => Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal).Select(folder => new NodeCase(folder));

    public string Name { get; }

    public byte[] File { get; }

    /// <summary>True if the results are random, so that only their shape can be compared.</summary>
    public bool IsDrawn => model.Graph.Nodes.Any(node => Draws.Contains(node.Operator) || (node.Operator == "Dropout" && node.Inputs.Count == 3));

    /// <summary>
    /// True if the results are not the model's: those of Adam were computed with an epsilon of 0.01, which the model does not state; those of the
    /// pool count elements beyond the border in ceil_mode, which ONNX has since fixed.
    /// </summary>
    public bool IsMistaken => Name is "test_adam_multiple" or "test_averagepool_3d_dilations_large_count_include_pad_is_1_ceil_mode_is_True";

    public EvaluationRequest Request => new()
    {
        Onnx = File,
        Encoding = ValueEncoding.Flat,
        Inputs = model.Graph.Inputs.Index().Where(input => System.IO.File.Exists(PathOf("input", input.Index)))
            .ToDictionary(input => input.Item.Name, input => Value(Read("input", input.Index, input.Item)?.Value)),
    };

    /// <summary>The difference in the results, or null.</summary>
    public string? Fault(IReadOnlyDictionary<string, TensorValue> results)
    {
        foreach ((int i, OnnxValue output) in model.Graph.Outputs.Index())
        {
            OnnxTensor read = Read("output", i, output)!;
            (Tensor expected, double rtol) = (read.Value!, read.Type == Infrastructure.Formats.Onnx.Schema.OnnxElementType.BFloat16 ? BFloat16Tolerance : Tolerance);
            TensorValue actual = results[output.Name];
            if (!actual.Shape.SequenceEqual(expected.Shape.Dims.ToArray().Select(dim => (long)dim).ToArray()))
            {
                return $"{output.Name} has shape [{string.Join(',', actual.Shape.ToArray())}], expected {expected.Shape}";
            }

            double[] elements = actual.ToArray();
            double largest = Enumerable.Range(0, expected.Count).Select(place => Math.Abs(expected[place])).Where(double.IsFinite).DefaultIfEmpty().Max();
            if (!IsDrawn && Enumerable.Range(0, elements.Length).Any(place => !AreClose(elements[place], expected[place], rtol, Math.Max(1, largest))))
            {
                return $"{output.Name} has other numbers";
            }
        }

        return null;
    }

    private static bool AreClose(double actual, double expected, double rtol, double size) =>
        actual.Equals(expected) || Math.Abs(actual - expected) <= (1e-7 * size) + (rtol * Math.Abs(expected));

    private static TensorValue Value(Tensor? tensor) => tensor is null
        ? 0
        : TensorValue.Of(tensor.ToArray(), [.. tensor.Shape.Dims.ToArray().Select(dim => (long)dim)], ValueEncoding.Base64);

    // Some files store the bits of bfloat16 as uint16.
    private static Tensor OfBits(Tensor bits) =>
        Tensor.Of(Array.ConvertAll(bits.ToIntegers(), number => BitConverter.UInt32BitsToSingle((uint)number << 16)), bits.Shape);

    private string PathOf(string kind, int place) => Path.Combine(data, $"{kind}_{place}.pb");

    // Such files also contain sequences and optional values; their cases are rejected before a value is read.
    private OnnxTensor? Read(string kind, int place, OnnxValue declared)
    {
        try
        {
            OnnxTensor read = ModelReader.ReadTensor(System.IO.File.ReadAllBytes(PathOf(kind, place)), Limits);
            bool isBits = declared.Type == Infrastructure.Formats.Onnx.Schema.OnnxElementType.BFloat16 && read.Value?.DType == DType.Int64;
            return isBits ? new OnnxTensor(read.Name, declared.Type, OfBits(read.Value!)) : read;
        }
        catch (GraphException)
        {
            return null;
        }
    }
}
