using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;
using Backprop.Domain.Transformations;

namespace Backprop.Compute.Engine.Tracing;

/// <summary>Makes the walk-through of a gradient: every value's cotangent, and what each use contributes to it.</summary>
public static class Trace
{
    /// <summary>The query.</summary>
    public static DerivativeQuery<TraceFacts> Query(IReadOnlyList<string>? wrt, string? output, Literal? seed) => new(
        $"trace|{Queries.Names(wrt)}|{output}|{seed is not null}",
        seed is null ? [] : [new AuxiliaryInput("seed", seed)],
        (bound, cancellationToken) =>
            new Walk(bound, ElementSelection.Output(bound.Order.Definition, output), wrt, seed is not null, cancellationToken).Transform(),
        markUses: true,
        markConstants: wrt is not null);

    // With the nodes that lead to the result if its node has several.
    private sealed record ResultUse(Use Use, string Result, Node[]? Leading);

    private sealed class Walk
    {
        // The most nodes that are visited for the results of one node, in addition to some for each node of its own.
        private const long LeastWalked = 4096;
        private const long WalkedPerNode = 32;

        private readonly BoundGraph bound;
        private readonly string output;
        private readonly bool seeded;
        private readonly CancellationToken cancellationToken;
        private readonly Node value;
        private readonly Graph needed;
        private readonly Reachability active;
        private readonly Dictionary<string, NodeDefinition> makers = new(StringComparer.Ordinal);
        private readonly ILookup<string, Node> parts;
        private readonly HashSet<string> elementwise;
        private readonly Dictionary<NodeDefinition, string[]> onTheWay = new(ReferenceEqualityComparer.Instance);
        private readonly List<KeyedNode> results = [];

        public Walk(BoundGraph bound, string output, IReadOnlyList<string>? wrt, bool seeded, CancellationToken cancellationToken)
        {
            (this.bound, this.output, this.seeded, this.cancellationToken) = (bound, output, seeded, cancellationToken);
            value = ElementSelection.Differentiable(bound, output);
            needed = new Graph([], [new NamedNode(output, value)], cancellationToken);
            active = Reachability.Differentiable(needed.Nodes, ElementSelection.Wrt(bound, wrt).Select(name => bound.Values[name]),
                cancellationToken);
            parts = needed.Nodes.Where(node => node.Origin.Index >= 0).ToLookup(node => node.Origin.Node!);
            elementwise = [.. parts.Where(group => group.All(node => node.IsLeaf() || node.IsElementwise())).Select(group => group.Key)];
            foreach (NodeDefinition node in bound.Order.Definition.Nodes)
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (string name in node.Outputs.Where(name => name.Length > 0))
                {
                    makers[name] = node;
                }
            }
        }

        public TransformedGraph<TraceFacts> Transform()
        {
            HashSet<Node> reached = [.. needed.Nodes];
            NodeDefinition[] forward = [.. bound.Order.Order.Select(i => bound.Order.Definition.Nodes[i])
                .Where(node => node.Outputs.Any(name => IsReached(name)))];
            IEnumerable<string> inputs = bound.Graph.Inputs.Select(input => input.Name!);
            foreach (string name in inputs.Concat(forward.SelectMany(node => node.Outputs)).Where(IsReached))
            {
                cancellationToken.ThrowIfCancellationRequested();
                results.Add(new KeyedNode(ResultKey.Primal(name), bound.Values[name]));
            }

            List<Use> uses = [.. bound.Uses.Where(use => active.Contains(use.Marker) && IsOnTheWay(makers[use.User]))];
            List<string> order = Order(uses);
            (Node cotangent, (Node, Node)[] extras) = Queries.Seed(bound, value, output, seeded);
            List<ResultUse> contributions = [.. uses.GroupBy(use => use.User, StringComparer.Ordinal)
                .SelectMany(group => Parts(group.Key, Results(makers[group.Key]), [.. group]))];
            AddCotangents(order, contributions, cotangent);
            ILookup<string, TracedUse> traced = contributions.Select(Traced)
                .ToLookup(use => contributions[use.Number].Use.Value, StringComparer.Ordinal);
            TracedValue[] backward = [.. order.Select(name => new TracedValue(name, makers.GetValueOrDefault(name), [.. traced[name]]))];
            return new TransformedGraph<TraceFacts>(extras, results, new TraceFacts(output, forward, backward));

            bool IsReached(string name) => name.Length > 0 && reached.Contains(bound.Values[name]);

            bool IsOnTheWay(NodeDefinition node) => Results(node).Length > 0;

            // Computed once per node, which may have as many values as operands.
            string[] Results(NodeDefinition node) => onTheWay.TryGetValue(node, out string[]? known)
                ? known
                : onTheWay[node] = [.. node.Outputs.Where(name => IsReached(name) && active.Contains(bound.Values[name]))];
        }

        // For each of several results the uses on which it depends: an optimizer's results have parameters of their own. If each of thousands depends
        // on thousands, the node is shown as a whole, under its first result.
        private List<ResultUse> Parts(string user, string[] names, Use[] uses)
        {
            if (names.Length == 1)
            {
                return [.. uses.Select(use => new ResultUse(use, names[0], null))];
            }

            Dictionary<Node, int> indices = uses.Index().ToDictionary(pair => pair.Item.Marker, pair => pair.Index);
            var found = new List<(int Place, ResultUse Part)>();
            long left = LeastWalked + (WalkedPerNode * parts[user].Count());
            foreach (string name in names)
            {
                Node[] leading = Leading(user, name);
                left -= leading.Length;
                if (left < 0)
                {
                    return [.. uses.Select(use => new ResultUse(use, names[0], null))];
                }

                found.AddRange(leading.Where(indices.ContainsKey)
                    .Select(marker => (indices[marker], new ResultUse(uses[indices[marker]], name, leading))));
            }

            return [.. found.OrderBy(pair => pair.Place).Select(pair => pair.Part)];
        }

        // The nodes that compute one result of a node, operands first.
        private Node[] Leading(string user, string result)
        {
            var found = new HashSet<Node>();
            var pending = new Stack<Node>([bound.Values[result]]);
            while (pending.TryPop(out Node? next))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (next.Origin.Node == user && next.Origin.Index >= 0 && found.Add(next))
                {
                    Array.ForEach(next.Inputs, pending.Push);
                }
            }

            return [.. found.OrderBy(node => node.Id)];
        }

        // The output first; a value follows the last of its uses, operands in the order written.
        private List<string> Order(List<Use> uses)
        {
            Dictionary<string, int> open = uses.GroupBy(use => use.Value)
                .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
            ILookup<string, Use> byUser = uses.ToLookup(use => use.User);
            var order = new List<string>();
            var done = new HashSet<string>(StringComparer.Ordinal);
            var taken = new HashSet<string>(StringComparer.Ordinal);
            var missing = new Dictionary<string, int>(StringComparer.Ordinal);
            Take(output);
            for (int i = 0; i < order.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!makers.TryGetValue(order[i], out NodeDefinition? maker) || missing[maker.Name] > 0 || !done.Add(maker.Name))
                {
                    continue;
                }

                foreach (Use use in byUser[maker.Name].OrderBy(use => use.OperandIndex))
                {
                    if (--open[use.Value] == 0)
                    {
                        Take(use.Value);
                    }
                }
            }

            return order;

            // A node is taken once all its used values have been taken; a counter of the others is kept because there may be many.
            void Take(string name)
            {
                if (taken.Add(name))
                {
                    order.Add(name);
                    if (makers.TryGetValue(name, out NodeDefinition? maker))
                    {
                        int left = missing.TryGetValue(maker.Name, out int known)
                            ? known
                            : maker.Outputs.Count(other => other == output || open.ContainsKey(other));
                        missing[maker.Name] = left - 1;
                    }
                }
            }
        }

        private void AddCotangents(List<string> order, List<ResultUse> uses, Node cotangent)
        {
            GraphBuilder b = bound.Builder;
            Node[] targets = [.. order.Select(name => bound.Values[name]), .. uses.Select(use => use.Use.Marker)];
            Node?[] made = ReverseMode.Pullback(b, needed.Nodes, new Dictionary<Node, Node> { [value] = cotangent }, targets, cancellationToken);
            Dictionary<string, Node?> arrived = order.Index().ToDictionary(pair => pair.Item, pair => made[pair.Index], StringComparer.Ordinal);
            foreach (string name in order)
            {
                results.Add(new KeyedNode(ResultKey.Gradient(name), arrived[name] ?? b.Full(bound.Values[name].Type, 0)));
            }

            foreach (IGrouping<string, int> indices in Enumerable.Range(0, uses.Count).GroupBy(i => uses[i].Use.User, StringComparer.Ordinal))
            {
                foreach (IGrouping<string, int> ofResult in indices.GroupBy(i => uses[i].Result, StringComparer.Ordinal))
                {
                    int[] numbers = [.. ofResult];
                    Node?[] parts = uses[numbers[0]].Leading is { } leading
                        ? Contributed(leading, ofResult.Key, arrived[ofResult.Key], [.. numbers.Select(i => uses[i].Use.Marker)])
                        : [.. numbers.Select(i => made[order.Count + i])];
                    results.AddRange(numbers.Select((i, k) =>
                        new KeyedNode(ResultKey.Contribution(i), parts[k] ?? b.Full(uses[i].Use.Marker.Type, 0))));
                }

                AddLocals(indices.Key, [.. indices.Where(i => HasLocal(uses[i].Use))], uses);
            }
        }

        // The cotangent that each use receives from one of several results.
        private Node?[] Contributed(Node[] leading, string result, Node? cotangent, Node[] markers) => cotangent is null
            ? new Node?[markers.Length]
            : ReverseMode.Pullback(bound.Builder, leading, new Dictionary<Node, Node> { [bound.Values[result]] = cotangent }, markers,
                cancellationToken);

        // The cotangent that each use receives if the node's own cotangent is one.
        private void AddLocals(string user, int[] indices, List<ResultUse> uses)
        {
            GraphBuilder b = bound.Builder;
            Node made = bound.Values[user];
            var ones = new Dictionary<Node, Node> { [made] = b.Full(made.Type, 1) };
            Node[] markers = [.. indices.Select(i => uses[i].Use.Marker)];
            Node?[] locals = ReverseMode.Pullback(b, [.. parts[user]], ones, markers, cancellationToken);
            results.AddRange(indices.Select((i, k) => new KeyedNode(ResultKey.LocalDerivative(i), locals[k] ?? b.Full(markers[k].Type, 0))));
        }

        private TracedUse Traced(ResultUse use, int number) => new(number, makers[use.Use.User], use.Result, use.Use.OperandIndex, HasLocal(use.Use));

        private bool HasLocal(Use use) =>
            elementwise.Contains(use.User)
            && makers[use.User].Outputs.Count == 1
            && use.Marker.Shape.Equals(bound.Values[use.User].Shape);
    }
}
