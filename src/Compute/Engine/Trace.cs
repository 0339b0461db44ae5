using Backprop.Domain.Graphs;
using Backprop.Domain.Operators;
using Backprop.Domain.Transformations;

namespace Backprop.Compute.Engine;

/// <summary>The structure of a walk-through; the numbers are results named by <c>v:</c>value, <c>g:</c>value, <c>c:</c>use and <c>l:</c>use.</summary>
/// <param name="Output">The value that is differentiated.</param>
/// <param name="Forward">The nodes that it needs, in topological order.</param>
/// <param name="Backward">The values that lead from it to what is asked for, each after all its uses.</param>
public sealed record TraceFacts(string Output, IReadOnlyList<NodeDefinition> Forward, IReadOnlyList<TracedValue> Backward);

/// <summary>A value on the way back.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Node">The node that makes it, or null for an input or constant.</param>
/// <param name="Uses">Its uses on the way.</param>
public sealed record TracedValue(string Name, NodeDefinition? Node, IReadOnlyList<TracedUse> Uses);

/// <summary>A use of a value.</summary>
/// <param name="Number">The number in the results' names.</param>
/// <param name="From">The node that uses it.</param>
/// <param name="Place">The operand's place.</param>
/// <param name="HasLocal">Whether there is a local derivative: the node is elementwise and the operand has its shape.</param>
public sealed record TracedUse(int Number, NodeDefinition From, int Place, bool HasLocal);

/// <summary>Makes the walk-through of a gradient: every value's cotangent, and what each use contributes to it.</summary>
public static class Trace
{
    /// <summary>The question. The facts are <see cref="TraceFacts"/>.</summary>
    public static Question Question(IReadOnlyList<string>? wrt, string? output, Literal? seed) => new(
        $"trace|{(wrt is null ? "-" : string.Join(',', wrt.Select(name => $"{name.Length}:{name}")))}|{output}|{seed is not null}",
        seed is null ? [] : [new Extra("seed", seed)],
        (bound, cancellation) => new Walk(bound, Selection.Output(bound.Order.Definition, output), wrt, seed is not null, cancellation).Answer(),
        MarkUses: true);

    private sealed class Walk
    {
        private readonly BoundGraph bound;
        private readonly string output;
        private readonly bool seeded;
        private readonly CancellationToken cancellation;
        private readonly Node value;
        private readonly Graph needed;
        private readonly Reachability active;
        private readonly Dictionary<string, NodeDefinition> makers = new(StringComparer.Ordinal);
        private readonly ILookup<string, Node> parts;
        private readonly HashSet<string> elementwise;
        private readonly List<NamedNode> results = [];

        public Walk(BoundGraph bound, string output, IReadOnlyList<string>? wrt, bool seeded, CancellationToken cancellation)
        {
            (this.bound, this.output, this.seeded, this.cancellation) = (bound, output, seeded, cancellation);
            value = Selection.Differentiable(bound, output);
            needed = new Graph([], [new NamedNode(output, value)]);
            active = Reachability.Differentiable(needed.Nodes, Selection.Wrt(bound, wrt).Select(name => bound.Values[name]));
            parts = needed.Nodes.Where(node => node.Origin.Index >= 0).ToLookup(node => node.Origin.Node!);
            elementwise = [.. parts.Where(group => group.All(node => node.IsLeaf() || node.IsElementwise())).Select(group => group.Key)];
            foreach (NodeDefinition node in bound.Order.Definition.Nodes)
            {
                foreach (string name in node.Outputs.Where(name => name.Length > 0))
                {
                    makers[name] = node;
                }
            }
        }

        public Answer Answer()
        {
            HashSet<Node> reached = [.. needed.Nodes];
            NodeDefinition[] forward = [.. bound.Order.Order.Select(i => bound.Order.Definition.Nodes[i]).Where(node => node.Outputs.Any(name => IsReached(name)))];
            IEnumerable<string> inputs = bound.Graph.Inputs.Select(input => input.Name!);
            foreach (string name in inputs.Concat(forward.SelectMany(node => node.Outputs)).Where(IsReached))
            {
                results.Add(new NamedNode("v:" + name, bound.Values[name]));
            }

            List<Use> uses = [.. bound.Uses.Where(use => active.Contains(use.Marker) && makers[use.User].Outputs.Any(name => IsReached(name) && active.Contains(bound.Values[name])))];
            List<string> order = Order(uses);
            (Node cotangent, (Node, Node)[] extras) = Questions.Seed(bound, value, output, seeded);
            AddCotangents(order, uses, cotangent);
            ILookup<string, TracedUse> traced = uses.Select(Traced).ToLookup(use => uses[use.Number].Value, StringComparer.Ordinal);
            TracedValue[] backward = [.. order.Select(name => new TracedValue(name, makers.GetValueOrDefault(name), [.. traced[name]]))];
            return new Answer(extras, results, new TraceFacts(output, forward, backward));

            bool IsReached(string name) => name.Length > 0 && reached.Contains(bound.Values[name]);
        }

        // The output first; a value follows when the last of its uses is done, operands in the order written.
        private List<string> Order(List<Use> uses)
        {
            Dictionary<string, int> open = uses.GroupBy(use => use.Value).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
            ILookup<string, Use> byUser = uses.ToLookup(use => use.User);
            var order = new List<string> { output };
            var done = new HashSet<string>(StringComparer.Ordinal);
            var taken = new HashSet<string>(StringComparer.Ordinal) { output };
            Dictionary<string, int> waiting = open.Keys.Where(name => name != output && makers.ContainsKey(name))
                .CountBy(name => makers[name].Name, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
            for (int i = 0; i < order.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!makers.TryGetValue(order[i], out NodeDefinition? maker) || waiting.GetValueOrDefault(maker.Name) > 0 || !done.Add(maker.Name))
                {
                    continue;
                }

                foreach (Use use in byUser[maker.Name].OrderBy(use => use.Place))
                {
                    if (--open[use.Value] == 0 && taken.Add(use.Value))
                    {
                        order.Add(use.Value);
                        if (makers.TryGetValue(use.Value, out NodeDefinition? of))
                        {
                            waiting[of.Name]--;
                        }
                    }
                }
            }

            return order;
        }

        private void AddCotangents(List<string> order, List<Use> uses, Node cotangent)
        {
            GraphBuilder b = bound.Builder;
            Node[] asked = [.. order.Select(name => bound.Values[name]), .. uses.Select(use => use.Marker)];
            Node?[] made = ReverseMode.Pullback(b, needed.Nodes, new Dictionary<Node, Node> { [value] = cotangent }, asked, cancellation);
            for (int i = 0; i < asked.Length; i++)
            {
                string name = i < order.Count ? "g:" + order[i] : $"c:{i - order.Count}";
                results.Add(new NamedNode(name, made[i] ?? b.Full(asked[i].Type, 0)));
            }

            foreach (IGrouping<string, int> places in Enumerable.Range(0, uses.Count).GroupBy(i => uses[i].User, StringComparer.Ordinal))
            {
                AddLocals(places.Key, [.. places.Where(i => HasLocal(uses[i]))], uses);
            }
        }

        // What comes back to each use when the node's own cotangent is one.
        private void AddLocals(string user, int[] places, List<Use> uses)
        {
            GraphBuilder b = bound.Builder;
            Node made = bound.Values[user];
            var ones = new Dictionary<Node, Node> { [made] = b.Full(made.Type, 1) };
            Node[] markers = [.. places.Select(i => uses[i].Marker)];
            Node?[] locals = ReverseMode.Pullback(b, [.. parts[user]], ones, markers, cancellation);
            results.AddRange(places.Select((i, k) => new NamedNode($"l:{i}", locals[k] ?? b.Full(markers[k].Type, 0))));
        }

        private TracedUse Traced(Use use, int number) => new(number, makers[use.User], use.Place, HasLocal(use));

        private bool HasLocal(Use use) =>
            elementwise.Contains(use.User)
            && makers[use.User].Outputs.Count == 1
            && use.Marker.Shape.Equals(bound.Values[use.User].Shape);
    }
}
