using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Onnx.Schema;
using Backprop.Infrastructure.Formats.Onnx.Wire;

namespace Backprop.Infrastructure.Formats.Onnx;

/// <summary>Reads a model file: ModelProto of onnx.proto (github.com/onnx/onnx). Unused fields are skipped.</summary>
public sealed class ModelReader
{
    private readonly ModelBudget budget;
    private readonly GraphReader graphs;
    private readonly NodeReader nodes;
    private readonly TensorReader tensors;

    private ModelReader(OnnxLimits limits, CancellationToken cancellationToken)
    {
        budget = new ModelBudget(limits, cancellationToken);
        tensors = new TensorReader(budget);
        graphs = new GraphReader(budget, tensors);
        nodes = graphs.Nodes;
    }

    /// <summary>Reads a model.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="limits">Its limits.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="GraphException">It is not a valid model, or its data are not within the file.</exception>
    /// <exception cref="LimitException">It exceeds the limits.</exception>
    public static OnnxModel Read(ReadOnlySpan<byte> bytes, OnnxLimits limits, CancellationToken cancellationToken = default)
    {
        try
        {
            return new ModelReader(limits, cancellationToken).Model(bytes);
        }
        catch (WireException error)
        {
            throw new GraphException("onnx", $"not a valid ONNX model: {error.Message}");
        }
    }

    /// <summary>Reads a tensor from a file of its own, as in the test data of ONNX.</summary>
    /// <param name="bytes">The file: a TensorProto.</param>
    /// <param name="limits">Its limits.</param>
    /// <exception cref="GraphException">It is not a valid tensor.</exception>
    /// <exception cref="LimitException">It exceeds the limits.</exception>
    public static OnnxTensor ReadTensor(ReadOnlySpan<byte> bytes, OnnxLimits limits)
    {
        try
        {
            return new ModelReader(limits, CancellationToken.None).tensors.Read(bytes);
        }
        catch (WireException error)
        {
            throw new GraphException("onnx", $"not a valid ONNX tensor: {error.Message}");
        }
    }

    private OnnxModel Model(ReadOnlySpan<byte> bytes)
    {
        var model = new OnnxModel();
        OnnxGraph? graph = null;
        var sets = new List<OperatorSet>();
        var functions = new List<OnnxFunction>();
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: model = model with { IrVersion = reader.Integer() }; break;
                case 2: model = model with { Producer = reader.Text() }; break;
                case 7: graph = graph is null ? graphs.Read(reader.Bytes()) : throw new WireException("it has two graphs"); break;
                case 8: sets.Add(OperatorSet(reader.Bytes())); break;
                case 25: functions.Add(Function(reader.Bytes())); break;
                default: reader.Skip(); break;
            }
        }

        return model with { Graph = graph ?? throw new WireException("it has no graph"), OperatorSets = sets, Functions = functions };
    }

    private OperatorSet OperatorSet(ReadOnlySpan<byte> bytes)
    {
        budget.Parts();
        (string domain, long version) = (string.Empty, 0);
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: domain = reader.Text(); break;
                case 2: version = reader.Integer(); break;
                default: reader.Skip(); break;
            }
        }

        return new OperatorSet(domain, version);
    }

    private OnnxFunction Function(ReadOnlySpan<byte> bytes)
    {
        budget.Node();
        var function = new OnnxFunction();
        var inputs = new List<string>();
        var outputs = new List<string>();
        var attributes = new List<string>();
        var defaults = new List<OnnxAttribute>();
        var body = new List<OnnxNode>();
        var sets = new List<OperatorSet>();
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: function = function with { Name = reader.Text() }; break;
                case 4: inputs.Add(nodes.Name(ref reader)); break;
                case 5: outputs.Add(nodes.Name(ref reader)); break;
                case 6: attributes.Add(nodes.Name(ref reader)); break;
                case 7: body.Add(nodes.Node(reader.Bytes())); break;
                case 9: sets.Add(OperatorSet(reader.Bytes())); break;
                case 10: function = function with { Domain = reader.Text() }; break;
                case 11: defaults.Add(nodes.Attribute(reader.Bytes())); break;
                case 13: function = function with { Overload = reader.Text() }; break;
                default: reader.Skip(); break;
            }
        }

        return function with { Inputs = inputs, Outputs = outputs, Attributes = attributes, Defaults = defaults, Nodes = body, OperatorSets = sets };
    }
}
