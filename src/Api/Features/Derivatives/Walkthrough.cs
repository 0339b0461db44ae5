using Backprop.Api.Features.Graphs;
using Backprop.Client.Derivatives;
using Backprop.Client.Graphs;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Api.Features.Derivatives;

/// <summary>Maps a trace to the walk-through of the contract, with each step's computation written out.</summary>
/// <param name="facts">The steps.</param>
/// <param name="execution">Their numbers.</param>
/// <param name="writing">The encoding.</param>
internal sealed class Walkthrough(TraceFacts facts, Execution execution, GraphContractWriter writing)
{
    private readonly Dictionary<ResultKey, Tensor> numbers = execution.Results.ToDictionary(result => result.Key, result => result.Value);

    /// <summary>Both lists.</summary>
    public Steps Steps() => new()
    {
        Forward = [.. facts.Forward.SelectMany(node => node.Outputs.Where(name => numbers.ContainsKey(ResultKey.Primal(name)))
            .Select(name => Forward(node, name)))],
        Backward = [.. facts.Backward.Select(Backward)],
    };

    private ForwardStep Forward(NodeDefinition node, string name) => new()
    {
        Node = name,
        Op = node.Op,
        Inputs = Inputs(node),
        Value = writing.Value(numbers[ResultKey.Primal(name)]),
        Computation = WalkthroughText.Forward(name, node, numbers[ResultKey.Primal(name)], Known),
    };

    private BackwardStep Backward(TracedValue value) => new()
    {
        Node = value.Name,
        Op = value.Node?.Op,
        Inputs = value.Node is { } node ? Inputs(node) : null,
        Value = numbers.TryGetValue(ResultKey.Primal(value.Name), out Tensor? made) ? writing.Value(made) : null,
        Gradient = writing.Value(numbers[ResultKey.Gradient(value.Name)]),
        Computation = WalkthroughText.Backward(facts.Output, value, numbers),
        Contributions = [.. value.Uses.Select(Contribution)],
    };

    private Contribution Contribution(TracedUse use) => new()
    {
        From = use.Result,
        Local = use.HasLocal ? writing.Value(numbers[ResultKey.LocalDerivative(use.Number)]) : null,
        Upstream = writing.Value(numbers[ResultKey.Gradient(use.Result)]),
        Value = writing.Value(numbers[ResultKey.Contribution(use.Number)]),
    };

    private Tensor? Known(string name) => numbers.GetValueOrDefault(ResultKey.Primal(name));

    private static List<NodeInput> Inputs(NodeDefinition node) => [.. node.Inputs.Select(input => input.Number is { } number
        ? number.Value.DType == DType.Int64 ? new NodeInput(null, number.Value.Values<long>()[0]) : new NodeInput(null, number.Value[0])
        : new NodeInput(input.Name ?? string.Empty))];
}
