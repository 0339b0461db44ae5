using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Domain.Graphs.Binding;

/// <summary>Turns a definition into a typed graph of primitives: looks up each node's operator in the table and applies it.</summary>
public sealed class GraphBinder
{
    private const long ExactDoubles = 1L << 53;

    private readonly TopologicalOrder order;
    private readonly GraphDefinition definition;
    private readonly BindingOptions options;
    private readonly GraphBuilder b;
    private readonly Dictionary<string, Node> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Literal> constants = new(StringComparer.Ordinal);
    private readonly List<Use> uses = [];

    // Numbers and lists of numbers that belong to a formula take the type of the other operands.
    private readonly Dictionary<string, Literal> numbers = new(StringComparer.Ordinal);
    private readonly KnownValues known;

    // Passed to every call, allocated once.
    private readonly Func<Node, Tensor> knownOf;
    private readonly Func<string, Node> named;

    private GraphBinder(TopologicalOrder order, BindingOptions options, BoundInputs inputs, CancellationToken cancellationToken)
    {
        this.order = order;
        definition = order.Definition;
        this.options = options;
        b = new GraphBuilder(options.MaxElements, options.MaxNodes, cancellationToken) { Random = options.Random };
        known = new KnownValues(options.Evaluator, Shared(inputs.Tensors), cancellationToken);
        knownOf = known.Of;
        named = name => values[name];
    }

    /// <summary>Types a definition whose inputs are typed.</summary>
    /// <exception cref="GraphException">Something does not fit; the path says where.</exception>
    public static BoundGraph Bind(
        TopologicalOrder order, BoundInputs inputs, BindingOptions options, CancellationToken cancellationToken = default) =>
        new GraphBinder(order, options, inputs, cancellationToken).Run(inputs);

    private BoundGraph Run(BoundInputs inputs)
    {
        Node[] nodes = [.. definition.Inputs.Select((input, i) =>
            values[input.Name] = Guarded($"inputs.{input.Name}", () => b.Input(input.Name, inputs.Types[i])))];
        for (int i = 0; i < definition.Constants.Count; i++)
        {
            Declare(definition.Constants[i], i);
        }

        foreach (int i in order.Order)
        {
            b.Cancellation.ThrowIfCancellationRequested();
            Apply(definition.Nodes[i], i);
        }

        return new BoundGraph
        {
            Order = order,
            Graph = new Graph(nodes, [.. definition.Outputs.Select(name => new NamedNode(name, values[name]))], b.Cancellation),
            Builder = b,
            Values = values,
            Inputs = inputs,
            StaticInputs = known.StaticInputs,
            Known = knownOf,
            Uses = uses,
            Batch = options.Batch,
        };
    }

    private Dictionary<string, Tensor> Shared(IReadOnlyList<Tensor> tensors)
    {
        HashSet<string> batched = [.. options.Batch];
        return definition.Inputs
            .Zip(tensors)
            .Where(pair => !batched.Contains(pair.First.Name))
            .ToDictionary(pair => pair.First.Name, pair => pair.Second, StringComparer.Ordinal);
    }

    private void Declare(ConstantDefinition constant, int index)
    {
        string path = $"graph.constants[{index}].value";
        constants[constant.Name] = constant.Value;
        if (constant is { IsFixed: true, Value.Natural: null })
        {
            numbers.Add(constant.Name, constant.Value);
        }

        DType dtype = constant.Value.Natural ?? options.DefaultDType;
        values[constant.Name] = Guarded(path, () => b.Constant(constant.Value.As(dtype, b.Cancellation), constant.Name));
    }

    private void Apply(NodeDefinition node, int index)
    {
        NormalizedNode form = order.Normalized(index);
        b.Origin = new Origin(node.Name, index, Source: node.Source);
        Node?[] operands = Operands(form, node, index);
        int first = b.Count;
        Node[] made;
        try
        {
            var call = new OperatorCall(b, form.Operator, operands, form.Attributes, node.Outputs.Count, knownOf, options.DefaultDType, named);
            made = form.Operator.Build(call);
        }
        catch (InvalidOperandException error)
        {
            throw new GraphException(error.Operand < 0 ? $"graph.nodes[{index}]" : $"graph.nodes[{index}].inputs[{error.Operand}]", error.Message,
                node.Name);
        }
        catch (OverflowException)
        {
            throw new GraphException($"graph.nodes[{index}]", "an extent is too large", node.Name);
        }

        for (int i = 0; i < node.Outputs.Count; i++)
        {
            b.Cancellation.ThrowIfCancellationRequested();
            if (node.Outputs[i].Length > 0)
            {
                // An operation that changes nothing returns its operand, and one of several results may be an intermediate value of another; the
                // node's value must still be a distinct one.
                bool isShared = made[i].Id < first || (options.MarkUses && node.Outputs.Count > 1);
                values[node.Outputs[i]] = isShared ? b.Unary(Elementwise.IdentityOp, made[i]) : made[i];
            }
        }
    }

    private Node?[] Operands(NormalizedNode form, NodeDefinition node, int index)
    {
        var operands = new Node?[form.Inputs.Count];
        for (int place = 0; place < operands.Length; place++)
        {
            b.Cancellation.ThrowIfCancellationRequested();
            if (NumberAt(form, place) is null && !form.Inputs[place].IsOmitted)
            {
                operands[place] = Named(form, node, index, place);
            }
        }

        DType? shared = form.SharedType(operands);
        for (int place = 0; place < operands.Length; place++)
        {
            if (NumberAt(form, place) is { } number)
            {
                DType dtype = form.TypeOfNumber(place, shared) ?? options.DefaultDType;
                operands[place] = form.Inputs[place].Name is { } name && values[name].DType == dtype
                    ? Marked(values[name], name, node, place)
                    : Number(number, dtype, $"graph.nodes[{index}].inputs[{place}]", node.Name);
            }
        }

        return operands;
    }

    private Literal? NumberAt(NormalizedNode form, int place) =>
        form.Inputs[place] is { Name: { } name } ? numbers.GetValueOrDefault(name) : form.Inputs[place].Number;

    private Node Named(NormalizedNode form, NodeDefinition node, int index, int place)
    {
        string name = form.Inputs[place].Name!;
        OperandSpec spec = form.Operator.OperandAt(place);
        Node value = values[name];
        if (spec.Kind == OperandKind.Integer && value.DType != DType.Int64 && constants.TryGetValue(name, out Literal? literal)
            && literal.Stated is null)
        {
            return Guarded($"graph.nodes[{index}].inputs[{place}]", () => b.Constant(literal.As(DType.Int64, b.Cancellation)), node.Name);
        }

        if (!spec.Accepts(value.DType))
        {
            string remedy = spec.Kind == OperandKind.Integer ? "; a value states \"dtype\": \"int64\"" : string.Empty;
            throw new GraphException(
                $"graph.nodes[{index}].inputs[{place}]",
                $"{spec.Name} of {form.Operator.Name} is {value.DType.Label()}, expected {spec.Types}{remedy}",
                node.Name);
        }

        return Marked(value, name, node, place);
    }

    // An Identity for this use, if its cotangent may be requested.
    private Node Marked(Node value, string name, NodeDefinition node, int place)
    {
        if (!options.MarkUses || !value.DType.IsFloat() || (!options.MarkConstants && constants.ContainsKey(name)))
        {
            return value;
        }

        Node marker = b.Unary(Elementwise.IdentityOp, value);
        uses.Add(new Use(node.Name, place, name, marker));
        return marker;
    }

    private Node Number(Literal number, DType dtype, string path, string node) => Guarded(path, () => Scalar(number.As(dtype)), node);

    private Node Scalar(Tensor value)
    {
        bool isExact = value.DType != DType.Int64 || value.Values<long>()[0] is <= ExactDoubles and >= -ExactDoubles;
        return value.Shape.Rank == 0 && isExact ? b.Scalar(value[0], value.DType) : b.Constant(value);
    }

    private static Node Guarded(string path, Func<Node> make, string? node = null)
    {
        try
        {
            return make();
        }
        catch (Exception error) when (error is FormatException or InvalidOperandException)
        {
            throw new GraphException(path, error.Message, node);
        }
    }
}
