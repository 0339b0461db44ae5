using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Graphs.Building;
using Backprop.Infrastructure.Formats.Onnx.Schema;

namespace Backprop.Infrastructure.Formats.Onnx.Export;

/// <summary>A model under construction: its nodes, its initializers and the names in use.</summary>
/// <param name="bound">The graph to write.</param>
/// <param name="cancellationToken">Cancels at the next node.</param>
internal sealed class ModelAssembly(BoundGraph bound, CancellationToken cancellationToken)
{
    private const long IrVersion = 8;
    private const long Opset = 17;
    private const int MostShared = 64;

    private readonly List<OnnxNode> nodes = [];
    private readonly List<OnnxTensor> initializers = [];
    private readonly Dictionary<string, string> shared = new(StringComparer.Ordinal);
    private readonly Dictionary<Node, string> names = bound.Graph.Inputs.ToDictionary(input => input, input => input.Name!);
    private readonly Dictionary<Node, string> constants = [];
    private readonly HashSet<string> declared = new(StringComparer.Ordinal);
    private readonly HashSet<string> isFixed = [.. bound.Order.Definition.Constants.Where(constant => constant.IsFixed)
        .Select(constant => constant.Name)];
    private readonly HashSet<string> taken = [.. bound.Values.Keys];
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

    /// <summary>Cancels long loops over elements.</summary>
    public CancellationToken Cancellation => cancellationToken;

    /// <summary>Adds a node.</summary>
    public void Add(string op, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, IReadOnlyList<OnnxAttribute>? attributes = null,
        string domain = "")
    {
        cancellationToken.ThrowIfCancellationRequested();
        nodes.Add(new OnnxNode
        {
            Operator = op,
            Domain = domain,
            Inputs = inputs,
            Outputs = outputs,
            Attributes = attributes ?? [],
            Name = FreshName(outputs.First(output => output.Length > 0))
        });
    }

    /// <summary>True if a value already has a name, so that it need not be written.</summary>
    public bool IsNamed(Node node) => names.ContainsKey(node);

    /// <summary>Names a value; a value that has a name keeps it.</summary>
    public void Name(Node node, string name) => names.TryAdd(node, name);

    /// <summary>The name of a value; a constant is declared.</summary>
    public string NameOf(Node node)
    {
        if (names.TryGetValue(node, out string? name))
        {
            return name;
        }

        if (!constants.TryGetValue(node, out name))
        {
            constants[node] = name = node.Name is { } given ? Declare(given) : Constant(node.Value!);
        }

        return name;
    }

    /// <summary>
    /// The name of a value of the definition. A constant of the definition becomes an initializer: a parameter of the model, unless it is fixed.
    /// </summary>
    public string Declare(string name)
    {
        if (bound.Values[name] is { Value: { } value } constant && constant.Name == name && declared.Add(name))
        {
            if (isFixed.Contains(name))
            {
                AddConstant(name, value);
            }
            else
            {
                initializers.Add(OnnxTensor.Of(name, value));
            }
        }

        return name;
    }

    /// <summary>The name of a value that is part of a formula or a shape.</summary>
    public string Constant(Tensor value)
    {
        string key = value.Count > MostShared ? string.Empty : $"{value.Type} {Convert.ToHexString(value.Bytes())}";
        if (key.Length == 0 || !shared.TryGetValue(key, out string? name))
        {
            name = FreshName("constant");
            AddConstant(name, value);
            if (key.Length > 0)
            {
                shared[key] = name;
            }
        }

        return name;
    }

    /// <summary>The name of a vector of whole numbers.</summary>
    public string Constant(IEnumerable<long> values) => Constant(Tensor.Vector(values.ToArray()));

    /// <summary>An unused name.</summary>
    public string FreshName(string prefix)
    {
        // Each prefix continues with the number after its last one.
        int number = numbers.GetValueOrDefault(prefix);
        string name;
        do
        {
            name = $"{prefix}_{number++}";
        }
        while (!taken.Add(name));
        numbers[prefix] = number;
        return name;
    }

    /// <summary>The assembled model.</summary>
    public OnnxModel Model(string name)
    {
        // An output that is a constant may not have been named by any node.
        foreach (NamedNode output in bound.Graph.Outputs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Declare(output.Name);
        }

        IReadOnlyList<OnnxFunction> functions = ExtensionFunctions.Of(nodes);
        string[] domains = [.. nodes.Select(node => node.Domain).Where(domain => domain.Length > 0).Distinct().Order(StringComparer.Ordinal)];
        return new OnnxModel
        {
            IrVersion = IrVersion,
            Producer = "backprop",
            OperatorSets = [new OperatorSet("", Opset), .. domains.Select(domain => new OperatorSet(domain, 1))],
            Functions = functions,
            Graph = new OnnxGraph
            {
                Name = name,
                Nodes = nodes,
                Initializers = initializers,
                Inputs = [.. bound.Graph.Inputs.Select(input => Value(input.Name!, input.Type))],
                Outputs = [.. bound.Graph.Outputs.Select(output => Value(output.Name, output.Node.Type))],
            },
        };
    }

    private void AddConstant(string name, Tensor value) =>
        Add("Constant", [], [name], [OnnxAttribute.Of("value", OnnxTensor.Of(string.Empty, value))]);

    private static OnnxValue Value(string name, TensorType type) =>
        new(name, ElementTypes.Of(type.DType), [.. type.Shape.Dims.ToArray().Select(dim => new Dimension(dim))]);
}
