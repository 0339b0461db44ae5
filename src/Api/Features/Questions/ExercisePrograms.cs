using System.Text.Json;
using Backprop.Api.Features.Graphs;
using Backprop.Client.Graphs;
using Backprop.Domain.Graphs;
using Backprop.Domain.Operators;
using Backprop.Infrastructure.Formats.Expressions;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.Questions;

/// <summary>Reads the programs of exercises and of answers to them: expressions, or graphs as JSON.</summary>
/// <param name="json">The options of the contract.</param>
internal sealed class ExercisePrograms(IOptions<JsonOptions> json)
{
    private const int MaxNodes = 1000;
    private readonly ExpressionParser parser = new(OperatorTable.All.Select(row => row.Name), MaxNodes);

    /// <summary>The program that a text describes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="known">The names that have values.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="GraphException">It cannot be read.</exception>
    /// <exception cref="LimitException">It has too many nodes.</exception>
    public GraphDefinition Read(string text, IReadOnlyCollection<string> known, CancellationToken cancellationToken) =>
        text.TrimStart().StartsWith('{') ? Document(text) : parser.Parse(text, known, cancellationToken);

    private GraphDefinition Document(string text)
    {
        try
        {
            GraphContract graph = JsonSerializer.Deserialize<GraphContract>(text, json.Value.SerializerOptions)
                ?? throw new GraphException("graph", "a graph is an object");
            return graph.Outputs.Count == 1
                ? GraphContractReader.Definition(graph)
                : throw new GraphException("graph.outputs", $"a gradient is one output; the graph has {graph.Outputs.Count}");
        }
        catch (JsonException error)
        {
            throw new GraphException("graph", $"this is no graph: {error.Message}");
        }
    }
}
