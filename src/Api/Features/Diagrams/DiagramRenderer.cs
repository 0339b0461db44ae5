using Backprop.Api.Features.Derivatives;
using Backprop.Compute.Engine;
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
    private readonly HashSet<string> outputs = [.. definition.Outputs];
    private readonly Dictionary<(string Value, string Result, int Place), TracedUse> uses = (trace?.Backward ?? [])
        .SelectMany(value => value.Uses.Select(use => (Key: (value.Name, use.Result, use.OperandIndex), use)))
        .ToDictionary(pair => pair.Key, pair => pair.use);

    /// <summary>The diagram.</summary>
    public Diagram Draw() => new(
        [.. definition.Inputs.Select(Input), .. definition.Constants.Select(Constant), .. definition.Nodes.SelectMany(Operations)],
        [.. definition.Nodes.SelectMany(Edges)]);

    private DiagramNode Input(InputDefinition input) =>
        new(input.Name, input.Name, DiagramNodeKind.Input, null, Type(input.Name), Value(input.Name), Gradient(input.Name));

    private static DiagramNode Constant(ConstantDefinition constant) => new(
        constant.Name, constant.Name, DiagramNodeKind.Constant, null,
        constant.Value.Value.Shape.Rank == 0 ? null : constant.Value.Value.Shape.ToString(), Summary(constant.Value.Value), null);

    private IEnumerable<DiagramNode> Operations(NodeDefinition node) => node.Outputs.Where(name => name.Length > 0).Select(name => new DiagramNode(
        name, name, outputs.Contains(name) ? DiagramNodeKind.Output : DiagramNodeKind.Operation, Operator(node), Type(name), Value(name),
            Gradient(name)));

    // A literal operand has no box of its own; its operator shows it: "Pow 2".
    private static string Operator(NodeDefinition node)
    {
        IEnumerable<string> literals = node.Inputs.Where(input => input.Number is not null)
            .Select(input => WalkthroughText.Text(input.Number!.Value));
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
        string contribution = Summary(contributed);
        if (!use.HasLocal)
        {
            return new DiagramEdge(from, to, place, null, contribution);
        }

        string local = Summary(gradients[ResultKey.LocalDerivative(use.Number)]);
        string symbolic = WalkthroughText.Symbolic(use, from);
        string upstream = Summary(gradients[ResultKey.Gradient(to)]);
        bool scalar = contributed.Shape.Rank == 0;
        return new DiagramEdge(from, to, place, symbolic == local ? local : $"{symbolic} = {local}", scalar
            ? $"{upstream} · {Parenthesized(local)} = {contribution}" : contribution);
    }

    private static string Parenthesized(string number) => number.StartsWith('-') ? $"({number})" : number;

    private string? Type(string name) => values.TryGetValue(name, out Tensor? value) && value.Shape.Rank > 0 ? value.Type.ToString() : null;

    private string? Value(string name) => values.TryGetValue(name, out Tensor? value) ? Summary(value) : null;

    private string? Gradient(string name) => gradients.TryGetValue(ResultKey.Gradient(name), out Tensor? gradient) ? Summary(gradient) : null;

    private static string Summary(Tensor tensor)
    {
        string text = WalkthroughText.Text(tensor);
        if (tensor.Shape.Rank == 0 || text.Contains(',') || tensor.Count == 0)
        {
            return text;
        }

        double sum = 0;
        for (int i = 0; i < tensor.Count; i++)
        {
            sum += tensor[i];
        }

        return tensor.Count == 1 ? $"[{WalkthroughText.Number(tensor[0])}]"
            : $"{text} mean {(sum / tensor.Count).ToString("G3", System.Globalization.CultureInfo.InvariantCulture)}";
    }
}
