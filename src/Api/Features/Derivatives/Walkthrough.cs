using Backprop.Api.Features.Graphs;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Telemetry;
using Backprop.Client.Derivatives;
using Backprop.Client.Graphs;
using Backprop.Compute.Engine;
using Backprop.Compute.Engine.Tracing;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Api.Features.Derivatives;

/// <summary>Maps a trace to the walk-through of the contract, with each step's computation written out.</summary>
internal sealed class Walkthrough
{
    private readonly TraceFacts facts;
    private readonly GraphContractWriter writing;
    private readonly Dictionary<ResultKey, Tensor> numbers;
    private readonly WalkthroughText text;

    /// <param name="definition">The graph.</param>
    /// <param name="facts">The steps.</param>
    /// <param name="execution">Their numbers.</param>
    /// <param name="writing">The encoding.</param>
    public Walkthrough(GraphDefinition definition, TraceFacts facts, Execution execution, GraphContractWriter writing)
    {
        (this.facts, this.writing) = (facts, writing);
        numbers = execution.Results.ToDictionary(result => result.Key, result => result.Value);
        text = new WalkthroughText(definition, facts.Output, numbers);
    }

    /// <summary>The walk-through of the gradient that a request asks for.</summary>
    public static Walkthrough Of(
        GradientRequest request, Literal? seed, ComputationRequest submission, DerivativeService service, RequestBudget budget, ServerTiming timing)
    {
        (Execution execution, TraceFacts facts) = service.Run(submission, Trace.Query(request.Wrt, request.Output, seed), budget, timing);
        return new Walkthrough(submission.Definition, facts, execution, new GraphContractWriter(request.Encoding));
    }

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
        Expression = text.Names.Expression(name),
        Op = node.Op,
        Inputs = Inputs(node),
        Value = writing.Value(numbers[ResultKey.Primal(name)]),
        Computation = text.Forward(name, node),
    };

    private BackwardStep Backward(TracedValue value) => new()
    {
        Node = value.Name,
        Expression = text.Names.Expression(value.Name),
        Op = value.Node?.Op,
        Inputs = value.Node is { } node ? Inputs(node) : null,
        Value = numbers.TryGetValue(ResultKey.Primal(value.Name), out Tensor? made) ? writing.Value(made) : null,
        Gradient = writing.Value(numbers[ResultKey.Gradient(value.Name)]),
        Computation = text.Backward(value),
        Contributions = [.. value.Uses.Select(use => Contribution(use, value.Name))],
    };

    private Contribution Contribution(TracedUse use, string value) => new()
    {
        From = use.Result,
        Local = use.HasLocal ? writing.Value(numbers[ResultKey.LocalDerivative(use.Number)]) : null,
        Rule = text.Rule(use, value),
        Upstream = writing.Value(numbers[ResultKey.Gradient(use.Result)]),
        Value = writing.Value(numbers[ResultKey.Contribution(use.Number)]),
    };

    private static List<NodeInput> Inputs(NodeDefinition node) => [.. node.Inputs.Select(input => input.Number is { } number
        ? number.Value.DType == DType.Int64 ? new NodeInput(null, number.Value.Values<long>()[0]) : new NodeInput(null, number.Value[0])
        : new NodeInput(input.Name ?? string.Empty))];
}
