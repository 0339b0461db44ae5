using Backprop.Domain.Graphs;

namespace Backprop.Infrastructure.Formats.Onnx.Import;

/// <summary>A definition under construction.</summary>
/// <param name="limits">Its limits after functions are expanded.</param>
/// <param name="cancellationToken">Cancels the construction.</param>
internal sealed class DefinitionEmission(OnnxLimits limits, CancellationToken cancellationToken)
{
    // The names of a function's nodes begin with that of the call: a long one would be stored once per node.
    private const int LongestWish = 200;

    private readonly List<InputDefinition> inputs = [];
    private readonly List<ConstantDefinition> constants = [];
    private readonly List<NodeDefinition> nodes = [];
    private readonly Dictionary<string, int> producers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, InputDefinition> inputsByName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ConstantDefinition> constantsByName = new(StringComparer.Ordinal);
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> counters = new(StringComparer.Ordinal);

    /// <summary>Reserves a name.</summary>
    public void Reserve(string name) => names.Add(name);

    /// <summary>An unused name.</summary>
    public string Fresh(string wish)
    {
        wish = wish.Length <= LongestWish ? wish : wish[..LongestWish];
        string name = wish;
        while (!names.Add(name))
        {
            counters[wish] = counters.GetValueOrDefault(wish) + 1;
            name = $"{wish}.{counters[wish]}";
        }

        return name;
    }

    /// <summary>Counts work on the definition.</summary>
    public ModelBudget Budget { get; } = new(limits, cancellationToken);

    /// <summary>The element types of values in the file.</summary>
    public ValueTypes Types { get; } = new();

    /// <summary>Adds an input.</summary>
    public void Add(InputDefinition input)
    {
        inputs.Add(input);
        inputsByName[input.Name] = input;
    }

    /// <summary>Adds a node.</summary>
    /// <exception cref="LimitException">There are too many.</exception>
    public void Add(NodeDefinition node)
    {
        Budget.Node(GraphSize.Of(node));
        Budget.Parts(node.Inputs.Count + node.Outputs.Count + node.Attributes.Count);
        foreach (string output in node.Outputs)
        {
            producers[output] = nodes.Count;
        }

        nodes.Add(node);
    }

    /// <summary>Adds a constant.</summary>
    /// <exception cref="LimitException">All together have too many elements.</exception>
    public void Add(ConstantDefinition constant)
    {
        Budget.Parts();
        Budget.Elements(constant.Value.Value.Count);
        constants.Add(constant);
        constantsByName[constant.Name] = constant;
    }

    /// <summary>The inputs whose values determined the graph.</summary>
    public SortedSet<string> DecidedBy { get; } = new(StringComparer.Ordinal);

    /// <summary>The definition.</summary>
    public GraphDefinition Definition(IReadOnlyList<string> outputs) =>
        new(inputs, constants, nodes, outputs) { Notes = Types.Notes, DecidedBy = [.. DecidedBy] };

    /// <summary>The emitted part that a value depends on; null if some of it has not been emitted yet.</summary>
    /// <param name="name">The value.</param>
    /// <param name="work">Counts the nodes of the part.</param>
    public GraphDefinition? PartOf(string name, ModelBudget work)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<string>([name]);
        var places = new SortedSet<int>();
        var partInputs = new List<InputDefinition>();
        var partConstants = new List<ConstantDefinition>();
        while (pending.TryPop(out string? next))
        {
            if (next.Length == 0 || !found.Add(next))
            {
                continue;
            }

            work.Node();
            if (inputsByName.TryGetValue(next, out InputDefinition? input))
            {
                partInputs.Add(input);
            }
            else if (constantsByName.TryGetValue(next, out ConstantDefinition? constant))
            {
                partConstants.Add(constant);
            }
            else if (!producers.TryGetValue(next, out int place))
            {
                return null;
            }
            else if (places.Add(place))
            {
                nodes[place].Inputs.Select(operand => operand.Name).OfType<string>().ToList().ForEach(pending.Push);
            }
        }

        return new GraphDefinition(partInputs, partConstants, [.. places.Select(place => nodes[place])], [name]);
    }
}
