using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Suggestions;

namespace Backprop.Domain.Graphs.Binding;

/// <summary>
/// The nodes of a definition in topological order, after its names have been checked: each given once, each use known, no cycle. It keeps the
/// normalised nodes, so that later stages need not normalise them again.
/// </summary>
public sealed class TopologicalOrder
{
    private readonly Dictionary<string, int> producers = new(StringComparer.Ordinal);
    private readonly NormalizedNode?[] normalized;
    private readonly CancellationToken cancellationToken;
    private Dictionary<string, Literal>? constants;

    // True while every node has been found to come after all that it uses.
    private bool isOrdered = true;

    private TopologicalOrder(GraphDefinition definition, CancellationToken cancellationToken)
    {
        Definition = definition;
        normalized = new NormalizedNode?[definition.Nodes.Count];
        this.cancellationToken = cancellationToken;
    }

    /// <summary>The definition.</summary>
    public GraphDefinition Definition { get; }

    /// <summary>
    /// The places of the nodes in the submitted list, each after those that it uses; nodes of equal standing keep the order in which they were
    /// submitted.
    /// </summary>
    public int[] Order { get; private set; } = [];

    /// <summary>Checks a definition and orders its nodes.</summary>
    /// <exception cref="GraphException">A name is empty, given twice or unknown, or the graph has a cycle.</exception>
    public static TopologicalOrder Of(GraphDefinition definition, CancellationToken cancellationToken = default)
    {
        TopologicalOrder order = Checked(definition, out (int[] Missing, int[][] Users) uses, cancellationToken);
        order.Order = order.Sort(uses);
        return order;
    }

    /// <summary>The same, and beside it the order in which nodes of equal standing are ordered by their names.</summary>
    /// <inheritdoc cref="Of"/>
    public static (TopologicalOrder Order, int[] ByName) WithNameOrder(GraphDefinition definition, CancellationToken cancellationToken = default)
    {
        TopologicalOrder order = Checked(definition, out (int[] Missing, int[][] Users) uses, cancellationToken);
        int[] byName = order.Sort(uses, (a, b) => string.CompareOrdinal(definition.Nodes[a].Name, definition.Nodes[b].Name));
        order.Order = order.Sort(uses);
        return (order, byName);
    }

    /// <summary>The normal form of the node at a place of the submitted list.</summary>
    /// <exception cref="GraphException">The operator is unknown, or an attribute or the number of operands is wrong.</exception>
    public NormalizedNode Normalized(int place) => normalized[place] ??= NormalizedNode.Of(Definition.Nodes[place], place,
        constants ??= Definition.Constants.ToDictionary(constant => constant.Name, constant => constant.Value, StringComparer.Ordinal));

    /// <summary>The place of the node that makes a value, or −1 where an input or constant does.</summary>
    /// <exception cref="GraphException">Nothing has that name.</exception>
    public int ProducerOf(string name, int user, int place) => ProducerOf(name, user, $"inputs[{place}]");

    private static TopologicalOrder Checked(GraphDefinition definition, out (int[] Missing, int[][] Users) uses, CancellationToken cancellationToken)
    {
        var order = new TopologicalOrder(definition, cancellationToken);
        order.Declare();
        order.RequireOutputs();
        uses = order.Uses(definition.Nodes.Count);
        return order;
    }

    private int ProducerOf(string name, int user, string place) => producers.TryGetValue(name, out int producer)
        ? producer
        : throw new GraphException($"graph.nodes[{user}].{place}", $"there is no value named '{name}'{Hint(name)}",
            Definition.Nodes[user].Name);

    private string Hint(string name) => new NameSuggestions(producers.Keys).Hint(name);

    private void Declare()
    {
        for (int i = 0; i < Definition.Inputs.Count; i++)
        {
            Declare(Definition.Inputs[i].Name, -1, $"graph.inputs[{i}].name", null);
        }

        for (int i = 0; i < Definition.Constants.Count; i++)
        {
            Declare(Definition.Constants[i].Name, -1, $"graph.constants[{i}].name", null);
        }

        for (int i = 0; i < Definition.Nodes.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            NodeDefinition node = Definition.Nodes[i];
            if (node.Outputs.All(string.IsNullOrEmpty))
            {
                throw new GraphException($"graph.nodes[{i}].name", "a node needs a name for its value");
            }

            foreach (string output in node.Outputs.Where(output => output.Length > 0))
            {
                Declare(output, i, $"graph.nodes[{i}]", output);
            }
        }
    }

    private void Declare(string name, int producer, string path, string? node)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw new GraphException(path, "a name is empty");
        }

        if (!producers.TryAdd(name, producer))
        {
            throw new GraphException(path, $"the name '{name}' is given twice", node);
        }
    }

    private void RequireOutputs()
    {
        if (Definition.Outputs.Count == 0)
        {
            throw new GraphException("graph.outputs", "a graph needs an output");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < Definition.Outputs.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!producers.ContainsKey(Definition.Outputs[i]))
            {
                throw new GraphException($"graph.outputs[{i}]",
                    $"there is no value named '{Definition.Outputs[i]}'{Hint(Definition.Outputs[i])}");
            }

            if (!seen.Add(Definition.Outputs[i]))
            {
                throw new GraphException($"graph.outputs[{i}]", $"the output '{Definition.Outputs[i]}' is named twice");
            }
        }
    }

    private int[] Sort((int[] Missing, int[][] Users) uses) =>
        isOrdered ? [.. Enumerable.Range(0, Definition.Nodes.Count)] : Sort(uses, (a, b) => a.CompareTo(b));

    // Kahn's algorithm: a node is ready when all that it uses has been placed.
    private int[] Sort((int[] Missing, int[][] Users) uses, Comparison<int> comparison)
    {
        int count = Definition.Nodes.Count;
        (int[] missing, int[][] users) = ((int[])uses.Missing.Clone(), uses.Users);
        var ready = new PriorityQueue<int, int>(Comparer<int>.Create(comparison));
        ready.EnqueueRange(Enumerable.Range(0, count).Where(i => missing[i] == 0).Select(i => (i, i)));
        var order = new List<int>(count);
        while (ready.TryDequeue(out int node, out _))
        {
            cancellationToken.ThrowIfCancellationRequested();
            order.Add(node);
            foreach (int user in users[node])
            {
                if (--missing[user] == 0)
                {
                    ready.Enqueue(user, user);
                }
            }
        }

        if (order.Count < count)
        {
            int stuck = OnCycle(missing);
            throw new GraphException($"graph.nodes[{stuck}]", $"node '{Definition.Nodes[stuck].Name}' needs its own value: the graph has a cycle",
                Definition.Nodes[stuck].Name);
        }

        return [.. order];
    }

    private (int[] Missing, int[][] Users) Uses(int count)
    {
        var missing = new int[count];
        var degree = new int[count];
        ForEachUse((producer, user) =>
        {
            isOrdered &= producer < user;
            missing[user]++;
            degree[producer]++;
        });
        int[][] users = Array.ConvertAll(degree, n => n == 0 ? [] : new int[n]);
        ForEachUse((producer, user) => users[producer][^degree[producer]--] = user);
        return (missing, users);
    }

    private void ForEachUse(Action<int, int> visit)
    {
        for (int user = 0; user < Definition.Nodes.Count; user++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<Operand> inputs = Definition.Nodes[user].Inputs;
            for (int place = 0; place < inputs.Count; place++)
            {
                if (!string.IsNullOrEmpty(inputs[place].Name) && ProducerOf(inputs[place].Name!, user, place) is >= 0 and int producer)
                {
                    visit(producer, user);
                }
            }

            foreach ((string attribute, string name) in Definition.Nodes[user].References)
            {
                if (ProducerOf(name, user, $"attributes.{attribute}") is >= 0 and int producer)
                {
                    visit(producer, user);
                }
            }
        }
    }

    // Every remaining node waits for another remaining one, so following these backwards must reach a cycle.
    private int OnCycle(int[] missing)
    {
        int node = Array.FindIndex(missing, n => n > 0);
        var seen = new HashSet<int>();
        while (seen.Add(node))
        {
            cancellationToken.ThrowIfCancellationRequested();
            int user = node;
            node = Definition.Nodes[user].Inputs.Select(input => input.Name)
                .Concat(Definition.Nodes[user].References.Select(reference => reference.Value))
                .Select(name => string.IsNullOrEmpty(name) ? -1 : producers[name])
                .First(producer => producer >= 0 && missing[producer] > 0);
        }

        return node;
    }
}
