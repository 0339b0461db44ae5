using Backprop.Infrastructure.Formats.Onnx.Schema;
using Backprop.Infrastructure.Formats.Onnx.Wire;

namespace Backprop.Infrastructure.Formats.Onnx;

/// <summary>Reads GraphProto: the graph of a model, and graphs that are attributes of control flow.</summary>
internal sealed class GraphReader
{
    private const int MaxDepth = 32;
    private readonly ModelBudget budget;
    private readonly TensorReader tensors;
    private int depth;

    /// <summary>Creates a reader of graphs.</summary>
    /// <param name="budget">Counts nodes, names and elements.</param>
    /// <param name="tensors">Reads initializers.</param>
    public GraphReader(ModelBudget budget, TensorReader tensors)
    {
        this.budget = budget;
        this.tensors = tensors;
        Nodes = new NodeReader(budget, tensors, this);
    }

    /// <summary>Reads the nodes.</summary>
    public NodeReader Nodes { get; }

    /// <summary>Reads a graph.</summary>
    /// <exception cref="WireException">It is malformed, or graphs are nested too deeply.</exception>
    public OnnxGraph Read(ReadOnlySpan<byte> bytes)
    {
        if (++depth > MaxDepth)
        {
            throw new WireException($"graphs are nested more than {MaxDepth} deep");
        }

        (string name, int sparse) = (string.Empty, 0);
        var list = new List<OnnxNode>();
        var initializers = new List<OnnxTensor>();
        var inputs = new List<OnnxValue>();
        var outputs = new List<OnnxValue>();
        var values = new ValueReader(budget);
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: list.Add(Nodes.Node(reader.Bytes())); break;
                case 2: name = reader.Text(); break;
                case 5:
                    budget.Parts();
                    initializers.Add(tensors.Read(reader.Bytes()));
                    break;
                case 11: inputs.Add(values.Read(reader.Bytes())); break;
                case 12: outputs.Add(values.Read(reader.Bytes())); break;
                case 15:
                    sparse++;
                    reader.Skip();
                    break;
                default: reader.Skip(); break;
            }
        }

        depth--;
        return new OnnxGraph
        {
            Name = name,
            Nodes = list,
            Initializers = initializers,
            Inputs = inputs,
            Outputs = outputs,
            SparseInitializers = sparse
        };
    }
}
