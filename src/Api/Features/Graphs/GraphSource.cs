using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Problems;
using Backprop.Client.Derivatives;
using Backprop.Client.Graphs;
using Backprop.Client.Training;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Expressions;
using Backprop.Infrastructure.Formats.Onnx;
using Backprop.Infrastructure.Persistence;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.Graphs;

/// <summary>A graph that a request named, and the member that named it.</summary>
/// <param name="Form">The canonical form.</param>
/// <param name="Definition">The graph as written, to which messages refer.</param>
/// <param name="Path">The member that named it: <c>graph</c>, <c>expression</c>, <c>graphId</c>, <c>onnx</c>, or empty if the body is the graph
/// itself.</param>
internal sealed record SourcedGraph(CanonicalForm Form, GraphDefinition Definition, string Path);

/// <summary>Finds the graph that a request names, in any of the ways. The validators ensure that there is exactly one.</summary>
internal sealed class GraphSource(GraphRegistry registry, ExpressionParser expressions, OnnxImporter models, IOptions<BackpropLimits> limits)
{
    /// <summary>The graph of a derivative request.</summary>
    /// <exception cref="ProblemException">No graph is registered under the id (404).</exception>
    public Task<SourcedGraph> FindAsync(DerivativeRequest request, RequestBudget budget)
    {
        if (request.GraphId is { } id)
        {
            return RegisteredAsync(id, budget);
        }

        return Task.FromResult(request.Onnx is { } model
            ? Of(model, Submitted(request), budget.Token)
            : Written(request.Graph, request.Expression, "graph", request.Inputs?.Keys, budget.Token));
    }

    /// <summary>The graph of a training run that does not name a registered one.</summary>
    /// <exception cref="GraphException">The graph is invalid.</exception>
    public SourcedGraph Of(TrainingRunRequest request, CancellationToken cancellationToken)
    {
        if (request.Onnx is not { } model)
        {
            IEnumerable<string> given = [.. request.Inputs?.Keys ?? [], .. request.Data?.Keys ?? [], .. request.Parameters?.Keys ?? []];
            return Written(request.Graph, request.Expression, "graph", given, cancellationToken);
        }

        var submitted = new SubmittedValues([.. request.Inputs?.Keys ?? []], () => GraphContractReader.Literals(request.Inputs, "inputs"), []);
        return Of(model, submitted, cancellationToken);
    }

    /// <summary>The graph of a registration.</summary>
    /// <exception cref="GraphException">The graph is invalid.</exception>
    public SourcedGraph Of(GraphRegistrationRequest request, CancellationToken cancellationToken = default)
    {
        if (request.Onnx is { } model)
        {
            return Of(model, null, cancellationToken);
        }

        return request.Nodes is null
            ? Written(request.Graph, request.Expression, "graph", null, cancellationToken)
            : Written(Bare(request), null, string.Empty, null, cancellationToken);
    }

    /// <summary>The graph of an ONNX model.</summary>
    /// <param name="model">The bytes of the file.</param>
    /// <param name="given">The submitted values.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="GraphException">The bytes are not a valid ONNX model, or the model uses an unsupported operator or type.</exception>
    public SourcedGraph Of(ReadOnlySpan<byte> model, SubmittedValues? given, CancellationToken cancellationToken)
    {
        GraphDefinition definition = models.Import(model, given, cancellationToken);
        return Canonical(definition, "onnx", cancellationToken);
    }

    private static SubmittedValues Submitted(DerivativeRequest request) =>
        new([.. request.Inputs?.Keys ?? []], () => GraphContractReader.Literals(request.Inputs, "inputs"), request.Batch ?? []);

    /// <summary>A registered graph by its id or alias.</summary>
    /// <exception cref="ProblemException">There is none (404).</exception>
    public async Task<SourcedGraph> RegisteredAsync(string idOrAlias, RequestBudget budget) => Read(await registry.RequireAsync(idOrAlias, budget));

    /// <summary>A registered graph.</summary>
    public static SourcedGraph Read(RegisteredGraph found)
    {
        GraphDefinition definition = GraphContractReader.Definition(CanonicalContract.Read(found.Canonical));
        definition = found.Sources is { } sources ? SourceJson.Read(definition, CompressedText.Decompress(sources)) : definition;
        return new SourcedGraph(new CanonicalForm(definition, [], found.Id), definition, "graphId");
    }

    /// <summary>Runs an action on the graph of a request; errors are reported at the member that named it, and at their place in it.</summary>
    public static T Located<T>(ComputationRequest submission, Func<T> work) => Located(submission.Path, submission.Definition, work);

    /// <summary>Runs an action on a graph; errors are reported at the member that named it, and at their place in it.</summary>
    public static T Located<T>(string path, GraphDefinition definition, Func<T> work)
    {
        try
        {
            return Located(path, work);
        }
        catch (GraphException error) when (error.Place is null && ExpressionPlaces.Of(error, definition) is { } place)
        {
            throw ExpressionPlaces.Placed(error, place);
        }
    }

    /// <summary>Runs an action on a graph; errors in the graph are reported at the member that named it.</summary>
    public static T Located<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (GraphException error) when (error.Path == "graph" || error.Path.StartsWith("graph.", StringComparison.Ordinal))
        {
            throw error.At(Moved(error.Path, path));
        }
    }

    private SourcedGraph Written(GraphContract? graph, string? expression, string path, IEnumerable<string>? given,
        CancellationToken cancellationToken)
    {
        if (graph is not null)
        {
            return Canonical(Located(path, () => GraphContractReader.Definition(graph)), path, cancellationToken);
        }

        return Canonical(expressions.Parse(expression!, given, cancellationToken), "expression", cancellationToken);
    }

    private SourcedGraph Canonical(GraphDefinition definition, string path, CancellationToken cancellationToken) =>
        new(Located(path, definition, () => CanonicalForm.Of(definition, limits.Value.MaxNodes, cancellationToken)), definition, path);

    private static GraphContract Bare(GraphRegistrationRequest request) => new()
    {
        Inputs = request.Inputs!,
        Constants = request.Constants,
        Nodes = request.Nodes!,
        Outputs = request.Outputs!,
    };

    // Positions in an expression, a model or a registered graph are reported only by the node's name.
    private static string Moved(string path, string source) => source switch
    {
        "" => path.Length > 6 ? path[6..] : string.Empty,
        "graph" => path,
        _ => source,
    };
}
