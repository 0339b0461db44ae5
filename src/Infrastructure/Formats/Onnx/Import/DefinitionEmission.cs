using Backprop.Domain.Graphs;

namespace Backprop.Infrastructure.Formats.Onnx.Import;

/// <summary>A definition in the making.</summary>
/// <param name="limits">What it may hold once functions are expanded.</param>
/// <param name="cancellation">Ends its making.</param>
internal sealed class DefinitionEmission(OnnxLimits limits, CancellationToken cancellation)
{
    // The names of what a function is expanded to begin with that of the call: a long one would be held as often as there are nodes.
    private const int LongestWish = 200;

    private readonly List<InputDefinition> inputs = [];
    private readonly List<ConstantDefinition> constants = [];
    private readonly List<NodeDefinition> nodes = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> counters = new(StringComparer.Ordinal);

    /// <summary>Makes a name one that no other value may be given.</summary>
    public void Reserve(string name) => names.Add(name);

    /// <summary>A name that nothing has.</summary>
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

    /// <summary>Counts the work that goes into the definition.</summary>
    public ModelBudget Budget { get; } = new(limits, cancellation);

    /// <summary>The element types of values in the file.</summary>
    public ValueTypes Types { get; } = new();

    /// <summary>Adds an input.</summary>
    public void Add(InputDefinition input) => inputs.Add(input);

    /// <summary>Adds a node.</summary>
    /// <exception cref="LimitException">There are too many.</exception>
    public void Add(NodeDefinition node)
    {
        Budget.Node(GraphSize.Of(node));
        Budget.Parts(node.Inputs.Count + node.Outputs.Count + node.Attributes.Count);
        nodes.Add(node);
    }

    /// <summary>Adds a constant.</summary>
    /// <exception cref="LimitException">All together have too many elements.</exception>
    public void Add(ConstantDefinition constant)
    {
        Budget.Parts();
        Budget.Elements(constant.Value.Value.Count);
        constants.Add(constant);
    }

    /// <summary>The definition.</summary>
    public GraphDefinition Definition(IReadOnlyList<string> outputs) => new(inputs, constants, nodes, outputs) { Notes = Types.Notes };
}
