using Backprop.Api.Features.Derivatives;
using Backprop.Compute.Engine;
using Backprop.Compute.Engine.Tracing;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Infrastructure.Formats.Diagrams;

namespace Backprop.Api.Features.Diagrams;

/// <summary>Draws a graph: its structure and, if values were submitted, its numbers and gradients.</summary>
/// <param name="definition">The graph.</param>
/// <param name="values">Every value that is known; null if none were submitted.</param>
/// <param name="trace">The walk-through of the gradient, or null.</param>
/// <param name="gradients">The numbers of the trace, or null.</param>
internal sealed class DiagramRenderer(
    GraphDefinition definition, IReadOnlyDictionary<string, Tensor>? values, TraceFacts? trace, IReadOnlyDictionary<ResultKey, Tensor>? gradients)
{
    private readonly IReadOnlyDictionary<string, Tensor> values = values ?? new Dictionary<string, Tensor>();
    private readonly IReadOnlyDictionary<ResultKey, Tensor> gradients = gradients ?? new Dictionary<ResultKey, Tensor>();
    private readonly WalkthroughText text = new(
        definition, trace?.Output ?? string.Empty, gradients ?? new Dictionary<ResultKey, Tensor>(), '∂');
    private readonly HashSet<string> outputs = [.. definition.Outputs];
    private readonly Dictionary<(string Value, string Result, int Place), TracedUse> uses = (trace?.Backward ?? [])
        .SelectMany(value => value.Uses.Select(use => (Key: (value.Name, use.Result, use.OperandIndex), use)))
        .ToDictionary(pair => pair.Key, pair => pair.use);

    /// <summary>The diagram.</summary>
    public Diagram Draw() => new(
        [.. definition.Inputs.Select(Input), .. definition.Constants.Select(Constant), .. definition.Nodes.SelectMany(Operations)],
        [.. definition.Nodes.SelectMany(Edges)]);

    private DiagramNode Input(InputDefinition input) => Node(input.Name, DiagramNodeKind.Input, null, values.GetValueOrDefault(input.Name));

    private DiagramNode Constant(ConstantDefinition constant) => Node(constant.Name, DiagramNodeKind.Constant, null, constant.Value.Value);

    private IEnumerable<DiagramNode> Operations(NodeDefinition node) => node.Outputs.Where(name => name.Length > 0).Select(name => Node(
        name, outputs.Contains(name) ? DiagramNodeKind.Output : DiagramNodeKind.Operation, Operator(node), values.GetValueOrDefault(name)));

    private DiagramNode Node(string name, DiagramNodeKind kind, string? op, Tensor? value)
    {
        Tensor? gradient = gradients.GetValueOrDefault(ResultKey.Gradient(name));
        bool isFinite = (value is null || ValueText.IsFinite(value)) && (gradient is null || ValueText.IsFinite(gradient));
        string? shape = value is { Shape.Rank: > 0 } && ValueText.IsShownInFull(value) ? value.Type.ToString() : null;
        return new DiagramNode(name, text.Names.Of(name), kind, op, shape, Text(value), Text(gradient)) { IsFinite = isFinite };
    }

    // A literal operand has no box of its own; its operator shows it: "Pow 2".
    private static string Operator(NodeDefinition node)
    {
        IEnumerable<string> literals = node.Inputs.Where(input => input.Number is not null)
            .Select(input => ValueText.Of(input.Number!.Value));
        string suffix = string.Join(", ", literals);
        return suffix.Length == 0 ? node.Op : $"{node.Op} {suffix}";
    }

    private IEnumerable<DiagramEdge> Edges(NodeDefinition node)
    {
        foreach (string made in node.Outputs.Where(name => name.Length > 0))
        {
            for (int place = 0; place < node.Inputs.Count; place++)
            {
                if (node.Inputs[place].Name is { Length: > 0 } from)
                {
                    yield return Edge(from, made, place);
                }
            }
        }
    }

    private DiagramEdge Edge(string from, string to, int place)
    {
        if (!uses.TryGetValue((from, to, place), out TracedUse? use))
        {
            return new DiagramEdge(from, to, place, null, null);
        }

        Tensor contributed = gradients[ResultKey.Contribution(use.Number)];
        string? contribution = Text(contributed);
        if (!use.HasLocal)
        {
            return new DiagramEdge(from, to, place, null, contribution) { Rule = text.RuleInSymbols(use) };
        }

        string? local = text.ConstantLocal(use)?.Trim('(', ')') ?? Text(gradients[ResultKey.LocalDerivative(use.Number)]);
        string symbolic = text.ConstantLocal(use) is null ? text.Symbolic(use, from) : local!;
        string? upstream = Text(gradients[ResultKey.Gradient(to)]);
        bool isScalar = contributed.Shape.Rank == 0;
        return new DiagramEdge(from, to, place, symbolic == local ? local : $"{symbolic} = {local}", isScalar
            ? $"{upstream} · {ValueText.Parenthesized(local!)} = {contribution}" : contribution);
    }

    // The rows of a matrix stand on lines of their own.
    private static string? Text(Tensor? tensor) => tensor is null ? null : ValueText.Of(tensor).Replace("], [", "],\n[", StringComparison.Ordinal);
}
