using System.Text.Json;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using Backprop.Client.Derivatives;
using Backprop.Client.Values;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Backprop.Api.Features.Diagrams;

/// <summary>The parameters of <c>GET /diagrams</c>; each further one is the value of an input.</summary>
internal sealed class DiagramQuery
{
    private static readonly HashSet<string> Names =
        new(["expression", "graphId", "format", "layout", "wrt", "output", "seed", "batch"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The graph as text: statements separated by <c>;</c> or new lines, the last one the output.</summary>
    [FromQuery(Name = "expression")]
    public string? Expression { get; init; }

    /// <summary>The id or alias of a registered graph, in place of an expression.</summary>
    [FromQuery(Name = "graphId")]
    public string? GraphId { get; init; }

    /// <summary>The format.</summary>
    [FromQuery(Name = "format")]
    public EnumQueryValue<DiagramFormat>? Format { get; init; }

    /// <summary>The arrangement.</summary>
    [FromQuery(Name = "layout")]
    public EnumQueryValue<DiagramLayout>? Layout { get; init; }

    /// <summary>An input to show the gradient of; repeatable. Default: every float input.</summary>
    [FromQuery(Name = "wrt")]
    public string[]? Wrt { get; init; }

    /// <summary>The output to differentiate.</summary>
    [FromQuery(Name = "output")]
    public string? Output { get; init; }

    /// <summary>The cotangent of the output: a number or a JSON array.</summary>
    [FromQuery(Name = "seed")]
    public string? Seed { get; init; }

    /// <summary>An input whose leading axis runs over independent points; repeatable.</summary>
    [FromQuery(Name = "batch")]
    public string[]? Batch { get; init; }

    /// <summary>The same request as a body of <c>POST /diagrams</c>.</summary>
    /// <exception cref="ProblemException">A value is not a number or a JSON array, or the graph is not named in exactly one way (400).</exception>
    public DiagramRequest Request(HttpContext context)
    {
        if (Expression is null == GraphId is null)
        {
            throw new ProblemException(400, "expression", "Name the graph by either expression or graphId.");
        }

        var options = context.RequestServices.GetRequiredService<IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>>().Value.SerializerOptions;
        var inputs = context.Request.Query.Where(parameter => !Names.Contains(parameter.Key))
            .ToDictionary(parameter => parameter.Key, parameter => Value(parameter.Key, parameter.Value, options), StringComparer.Ordinal);
        return new DiagramRequest
        {
            Expression = Expression,
            GraphId = GraphId,
            Batch = Batch is { Length: > 0 } ? Batch : null,
            Inputs = inputs.Count == 0 ? null : inputs,
            Format = Format?.Value,
            Layout = Layout?.Value,
            Wrt = Wrt is { Length: > 0 } ? Wrt : null,
            Output = Output,
            Seed = Seed is null ? null : Value("seed", Seed, options),
        };
    }

    /// <summary>Requires that every further parameter is an input.</summary>
    /// <exception cref="ProblemException">One is not (400).</exception>
    public static void RequireInputs(DiagramRequest request, IReadOnlyList<string> inputs)
    {
        if (request.Inputs?.Keys.FirstOrDefault(name => !inputs.Contains(name)) is { } unknown)
        {
            string known = inputs.Count == 0 ? "it has none" : $"they are {string.Join(", ", inputs.Take(20))}";
            throw new ProblemException(400, unknown,
                $"'{unknown}' is neither a parameter ({string.Join(", ", Names)}) nor an input of the graph; {known}.");
        }
    }

    private static TensorValue Value(string name, StringValues texts, JsonSerializerOptions options)
    {
        if (texts.Count != 1)
        {
            throw new ProblemException(400, name, $"'{name}' is given {texts.Count} times; an array is written [1, 2].");
        }

        string text = texts[0]!.Trim();
        try
        {
            return JsonSerializer.Deserialize<TensorValue>(text is "NaN" or "Infinity" or "-Infinity" ? $"\"{text}\"" : text, options)
                ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new ProblemException(400, name, $"The value of '{name}' must be a number or a JSON array, such as 2 or [[1,2],[3,4]].");
        }
    }
}
