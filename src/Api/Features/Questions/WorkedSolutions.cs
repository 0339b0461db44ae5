using Backprop.Api.Features.Derivatives;
using Backprop.Api.Features.Diagrams;
using Backprop.Api.Features.Graphs;
using Backprop.Client.Derivatives;
using Backprop.Client.Practice;
using Backprop.Client.Values;
using Backprop.Compute.Devices;
using Backprop.Compute.Engine;
using Backprop.Compute.Engine.Tracing;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Grading.Exercises;
using Backprop.Domain.Practice.Questions;
using Backprop.Infrastructure.Formats.Diagrams;
using Backprop.Infrastructure.Formats.Expressions;

namespace Backprop.Api.Features.Questions;

/// <summary>Works out the solutions of questions about graphs: the walk-through and the diagram of the true backward pass.</summary>
/// <param name="parser">Reads expressions.</param>
/// <param name="engine">Runs graphs.</param>
/// <param name="grader">Knows the graphs of the questions.</param>
internal sealed class WorkedSolutions(ExpressionParser parser, DerivativeEngine engine, QuestionGrader grader)
{
    // A longer walk-through explains nothing.
    private const int MaxNodes = 300;

    /// <summary>The solution of a question; null if it is about no graph, or its graph has no gradient to show.</summary>
    /// <param name="question">The question, with a complete key.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public WorkedSolution? Of(Question question, CancellationToken cancellationToken = default)
    {
        try
        {
            return grader.Example(question) is { } example ? Of(example, cancellationToken) : null;
        }
        catch (Exception exception) when (exception is GraphException or LimitException)
        {
            return null;
        }
    }

    private WorkedSolution? Of(WorkedExample example, CancellationToken cancellationToken)
    {
        GraphDefinition definition = parser.Parse(example.Expression, example.Inputs.Keys, cancellationToken);
        if (definition.Nodes.Count > MaxNodes)
        {
            return null;
        }

        Dictionary<string, Literal> inputs = example.Inputs.ToDictionary(
            input => input.Key, input => new Literal(input.Value, input.Value.DType), StringComparer.Ordinal);
        CanonicalForm form = CanonicalForm.Of(definition, cancellationToken: cancellationToken);
        var submission = new ComputationRequest(definition, form.Id, inputs, DType.Float64, [], DeviceKind.Host) { Order = form.Source };
        (Execution execution, TraceFacts facts) = engine.Run(submission, Trace.Query(example.Wrt, null, null), cancellationToken);
        return new WorkedSolution
        {
            Request = Request(example),
            Walkthrough = new Walkthrough(definition, facts, execution, new GraphContractWriter(null)).Steps(),
            Diagram = Diagram(definition, inputs, facts, execution),
        };
    }

    // Integers state their type: in nested lists they would be read as floats.
    private static GradientRequest Request(WorkedExample example) => new()
    {
        Expression = example.Expression,
        Inputs = example.Inputs.ToDictionary(input => input.Key, input =>
            new GraphContractWriter(input.Value.DType == DType.Int64 ? ValueEncoding.Flat : null).Value(input.Value)),
        Wrt = example.Wrt,
        Trace = true,
    };

    private static string? Diagram(GraphDefinition definition, Dictionary<string, Literal> inputs, TraceFacts facts, Execution execution)
    {
        Dictionary<ResultKey, Tensor> numbers = execution.Results.ToDictionary(result => result.Key, result => result.Value);
        var values = inputs.ToDictionary(input => input.Key, input => input.Value.Value, StringComparer.Ordinal);
        foreach ((ResultKey key, Tensor value) in numbers.Where(number => number.Key.Role == ResultRole.Primal))
        {
            values[key.Name] = value;
        }

        try
        {
            return SvgDiagram.Render(new DiagramRenderer(definition, values, facts, numbers).Draw(), facts.Output);
        }
        catch (DiagramTooLargeException)
        {
            return null;
        }
    }
}
