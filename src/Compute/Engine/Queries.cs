using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Suggestions;
using Backprop.Domain.Transformations;
using Backprop.Domain.Transformations.Checkpointing;

namespace Backprop.Compute.Engine;

/// <summary>
/// The queries about a graph. Each result has a <see cref="ResultKey"/>; the blocks of Jacobians are cut from their panels by
/// <see cref="JacobianFacts"/>.
/// </summary>
public static class Queries
{
    /// <summary>The outputs.</summary>
    public static DerivativeQuery Evaluation() =>
        new("evaluation", [], (bound, _) => new TransformedGraph([], [.. Outputs(bound, bound.Order.Definition.Outputs)]));

    /// <summary>Every named value that a node makes.</summary>
    public static DerivativeQuery Primals() => new("primals", [], (bound, _) =>
    {
        string[] names = [.. bound.Order.Definition.Nodes.SelectMany(node => node.Outputs).Where(name => name.Length > 0)];
        Require(names.Length > 0, "graph.outputs", "a graph needs an output");
        return new TransformedGraph([], [.. names.Select(name => new KeyedNode(ResultKey.Primal(name), bound.Values[name]))]);
    });

    /// <summary>One output.</summary>
    public static DerivativeQuery Value(string output) =>
        new($"value|{output}", [], (bound, _) => new TransformedGraph([], [new KeyedNode(ResultKey.Value, bound.Output(output))]));

    /// <summary>Value, gradients and their norm; <paramref name="clipNorm"/> scales all gradients together.</summary>
    public static DerivativeQuery Gradient(
        IReadOnlyList<string>? wrt, string? output, Literal? seed, double? clipNorm, CheckpointStrategy? checkpointing = null) => new(
        $"gradient|{Names(wrt)}|{output}|{seed is not null}|{clipNorm:R}|{checkpointing?.Key}",
        seed is null ? [] : [new AuxiliaryInput("seed", seed)],
        (bound, cancellationToken) =>
        {
            string name = ElementSelection.Output(bound.Order.Definition, output);
            Node value = ElementSelection.Differentiable(bound, name);
            IReadOnlyList<string> by = ElementSelection.Wrt(bound, wrt);
            (Node cotangent, (Node, Node)[] extras) = Seed(bound, value, name, seed is not null);
            Node[] gradients = Gradients(bound, new() { [value] = cotangent }, by, cancellationToken);
            return new TransformedGraph(
                extras, [new KeyedNode(ResultKey.Value, value), .. Clipped(bound.Builder, by, gradients, clipNorm, value.DType)]);
        },
        checkpointing: checkpointing);

    /// <summary>Vector-Jacobian products of several outputs at once.</summary>
    public static DerivativeQuery VectorJacobianProduct(IReadOnlyList<string>? wrt, IReadOnlyDictionary<string, Literal> cotangents) => new(
        $"vjp|{Names(wrt)}|{Names(cotangents.Keys)}",
        [.. cotangents.Select(pair => new AuxiliaryInput($"cotangents.{pair.Key}", pair.Value))],
        (bound, cancellationToken) =>
        {
            var arriving = new Dictionary<Node, Node>();
            var extras = new List<(Node, Node)>();
            HashSet<string> outputs = [.. bound.Order.Definition.Outputs];
            foreach (string name in cotangents.Keys)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!outputs.Contains(name))
                {
                    throw new GraphException($"cotangents.{name}", ElementSelection.NoOutput(bound.Order.Definition, name));
                }

                Node output = ElementSelection.Differentiable(bound, name, $"cotangents.{name}");
                Node seed = bound.Builder.Input($"cotangents.{name}", output.Type);
                extras.Add((seed, output));
                arriving[output] = arriving.TryGetValue(output, out Node? sum) ? bound.Builder.Add(sum, seed) : seed;
            }

            IReadOnlyList<string> by = ElementSelection.Wrt(bound, wrt);
            Node[] products = Gradients(bound, arriving, by, cancellationToken);
            return new TransformedGraph(extras, [.. Outputs(bound, bound.Order.Definition.Outputs), .. Keyed(ResultRole.Gradient, by, products)]);
        });

    /// <summary>Jacobian-vector products.</summary>
    public static DerivativeQuery JacobianVectorProduct(IReadOnlyDictionary<string, Literal> tangents) => new(
        $"jvp|{Names(tangents.Keys)}",
        TangentExtras(tangents),
        (bound, cancellationToken) =>
        {
            (Dictionary<Node, Node> moving, List<(Node, Node)> extras) = Tangents(bound, tangents);
            Node?[] made = ForwardMode.Pushforward(bound.Builder, bound.Graph, moving, cancellationToken);
            IEnumerable<KeyedNode> results = bound.Graph.Outputs
                .Select((output, i) => new KeyedNode(ResultKey.Tangent(output.Name), made[i] ?? bound.Builder.Full(output.Node.Type, 0)))
                .Where(result => result.Node.DType.IsFloat());
            return new TransformedGraph(extras, [.. Outputs(bound, bound.Order.Definition.Outputs), .. results]);
        });

    /// <summary>The Jacobian, from the cheaper side unless one is named.</summary>
    public static DerivativeQuery<JacobianFacts> Jacobian(IReadOnlyList<string>? wrt, IReadOnlyList<string>? outputs, JacobianMode mode) => new(
        $"jacobian|{Names(wrt)}|{Names(outputs)}|{mode}",
        [],
        (bound, cancellationToken) =>
        {
            IReadOnlyList<string> of = ElementSelection.Outputs(bound.Order.Definition, outputs);
            IReadOnlyList<string> by = ElementSelection.Wrt(bound, wrt);
            Node[] values = [.. of.Select(name => ElementSelection.Differentiable(bound, name, "outputs"))];
            Node[] sources = Sources(bound, by);
            JacobianPanels made = Domain.Transformations.Jacobian.Of(bound.Builder, values, sources, mode, cancellationToken);
            return new TransformedGraph<JacobianFacts>(
                [], [.. Outputs(bound, of), .. Panels(made)], JacobianFacts.Of(made, (of, values), (by, sources)));
        });

    /// <summary>The Hessian: the Jacobian of the gradient, by columns.</summary>
    public static DerivativeQuery<JacobianFacts> Hessian(IReadOnlyList<string>? wrt, string? output) => new(
        $"hessian|{Names(wrt)}|{output}",
        [],
        (bound, cancellationToken) =>
        {
            (Node value, IReadOnlyList<string> by, Node[] gradients, _) = ScalarGradients(bound, wrt, output, false, cancellationToken);
            Node[] sources = Sources(bound, by);
            JacobianPanels made = Domain.Transformations.Jacobian.Of(bound.Builder, gradients, sources, JacobianMode.Forward, cancellationToken);
            return new TransformedGraph<JacobianFacts>(
                [], [new KeyedNode(ResultKey.Value, value), .. Panels(made)], JacobianFacts.Of(made, (by, gradients), (by, sources)));
        });

    /// <summary>
    /// Hessian-vector products: forward mode over reverse mode. With a <paramref name="seed"/> the output may have several elements; the Hessian is
    /// that of seedᵀ·output.
    /// </summary>
    public static DerivativeQuery HessianVectorProduct(
        IReadOnlyList<string>? wrt, string? output, IReadOnlyDictionary<string, Literal> tangents, Literal? seed = null) => new(
        $"hvp|{Names(wrt)}|{output}|{seed is not null}|{Names(tangents.Keys)}",
        [.. seed is null ? [] : new[] { new AuxiliaryInput("seed", seed) }, .. TangentExtras(tangents)],
        (bound, cancellationToken) =>
        {
            (Node value, IReadOnlyList<string> by, Node[] gradients, (Node, Node)[] seeds) = ScalarGradients(bound, wrt, output, seed is not null,
                cancellationToken);
            (Dictionary<Node, Node> moving, List<(Node, Node)> extras) = Tangents(bound, tangents);
            var graph = new Graph([], [.. gradients.Select(g => new NamedNode(string.Empty, g))], cancellationToken);
            Node?[] made = ForwardMode.Pushforward(bound.Builder, graph, moving, cancellationToken);
            Node[] products = [.. made.Select((product, i) => product ?? bound.Builder.Full(gradients[i].Type, 0))];
            KeyedNode[] rows = [.. Keyed(ResultRole.Gradient, by, gradients), .. Keyed(ResultRole.HessianProduct, by, products)];
            return new TransformedGraph([.. seeds, .. extras], [new KeyedNode(ResultKey.Value, value), .. rows]);
        });

    /// <summary>The cotangents of values of the graph.</summary>
    internal static Node[] Gradients(BoundGraph bound, Dictionary<Node, Node> cotangents, IReadOnlyList<string> by,
        CancellationToken cancellationToken)
    {
        Node[] sources = Sources(bound, by);
        var graph = new Graph([], [.. cotangents.Keys.Select(node => new NamedNode(string.Empty, node))], cancellationToken);
        Node?[] made = ReverseMode.Pullback(bound.Builder, graph.Nodes, cotangents, sources, cancellationToken);
        return [.. made.Select((g, i) => g ?? bound.Builder.Full(sources[i].Type, 0))];
    }

    /// <summary>The cotangent at which the reverse pass starts: 1 for a value of one element, otherwise an auxiliary input.</summary>
    internal static (Node Cotangent, (Node, Node)[] AuxiliaryInputs) Seed(BoundGraph bound, Node value, string output, bool given)
    {
        if (!given)
        {
            Require(value.Type.Count == 1, "seed", $"the output '{output}' has shape {value.Shape}, and a gradient is that of one number: wrap the " +
                "output in sum(…) or mean(…), give a seed of that shape, or ask /jacobians for the derivative of every element", output);
            return (bound.Builder.Full(value.Type, 1), []);
        }

        Node seed = bound.Builder.Input("seed", value.Type);
        return (seed, [(seed, value)]);
    }

    private static (Node Value, IReadOnlyList<string> Wrt, Node[] Gradients, (Node, Node)[] Seeds) ScalarGradients(
        BoundGraph bound, IReadOnlyList<string>? wrt, string? output, bool seeded, CancellationToken cancellationToken)
    {
        string name = ElementSelection.Output(bound.Order.Definition, output);
        Node value = ElementSelection.Differentiable(bound, name);
        Require(seeded || value.Type.Count == 1, "output",
            $"the output '{name}' has shape {value.Shape}: second derivatives need an output of one element");
        IReadOnlyList<string> by = ElementSelection.Wrt(bound, wrt);
        (Node cotangent, (Node, Node)[] seeds) = Seed(bound, value, name, seeded);
        return (value, by, Gradients(bound, new() { [value] = cotangent }, by, cancellationToken), seeds);
    }

    /// <summary>Nodes by a role and the names that they belong to.</summary>
    internal static IEnumerable<KeyedNode> Keyed(ResultRole role, IReadOnlyList<string> names, Node[] nodes) =>
        names.Select((name, i) => new KeyedNode(new ResultKey(role, name), nodes[i]));

    private static IEnumerable<KeyedNode> Clipped(GraphBuilder b, IReadOnlyList<string> by, Node[] gradients, double? clipNorm, DType dtype)
    {
        Origin origin = b.Origin;
        b.Origin = GradientNorm.Origin;
        Node norm = GradientNorm.Of(b, gradients, dtype);
        if (clipNorm is { } limit)
        {
            gradients = GradientNorm.Clipped(b, gradients, norm, limit);
        }

        b.Origin = origin;
        return [.. Keyed(ResultRole.Gradient, by, gradients), new KeyedNode(ResultKey.GradientNorm, norm)];
    }

    private static AuxiliaryInput[] TangentExtras(IReadOnlyDictionary<string, Literal> tangents) =>
        [.. tangents.Select(pair => new AuxiliaryInput($"tangents.{pair.Key}", pair.Value))];

    private static (Dictionary<Node, Node> Moving, List<(Node, Node)> AuxiliaryInputs) Tangents(BoundGraph bound, IReadOnlyDictionary<string,
        Literal> tangents)
    {
        var moving = new Dictionary<Node, Node>();
        var extras = new List<(Node, Node)>();
        Dictionary<string, Node> inputs = bound.Graph.Inputs.ToDictionary(input => input.Name!, StringComparer.Ordinal);
        foreach (string name in tangents.Keys)
        {
            Node source = inputs.GetValueOrDefault(name)
                ?? throw new GraphException(
                    $"tangents.{name}", $"'{name}' is not an input of the graph{new NameSuggestions(inputs.Keys).Hint(name)}");
            Require(source.DType.IsFloat(), $"tangents.{name}", $"'{name}' is {source.DType.Label()}, which has no tangent");
            ElementSelection.RequireFree(bound, name, $"tangents.{name}");
            Node tangent = bound.Builder.Input($"tangents.{name}", source.Type);
            moving[source] = tangent;
            extras.Add((tangent, source));
        }

        return (moving, extras);
    }

    private static Node[] Sources(BoundGraph bound, IReadOnlyList<string> by) => [.. by.Select(name => bound.Values[name])];

    private static IEnumerable<KeyedNode> Panels(JacobianPanels made) =>
        made.Panels.Select((panel, i) => new KeyedNode(ResultKey.JacobianPanel(i), panel.Matrix));

    private static IEnumerable<KeyedNode> Outputs(BoundGraph bound, IReadOnlyList<string> names) =>
        names.Select(name => new KeyedNode(ResultKey.Output(name), bound.Output(name)));

    internal static string Names(IEnumerable<string>? names) => names is null ? "-" : string.Join(',', names.Select(name => $"{name.Length}:{name}"));

    private static void Require(bool condition, string path, string message, string? node = null)
    {
        if (!condition)
        {
            throw new GraphException(path, message, node);
        }
    }
}
