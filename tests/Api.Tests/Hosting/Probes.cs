using System.Net.Http.Headers;
using System.Text;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Security;
using Backprop.Api.Platform.Telemetry;
using Backprop.Api.Platform.Validation;
using Backprop.Domain.Graphs;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Backprop.Api.Tests.Hosting;

public sealed record ProbeRequest(string Name, int? Count = null, IReadOnlyList<ProbeItem>? Items = null);

public sealed record ProbeItem(string Key);

public sealed class ProbeValidator : AbstractValidator<ProbeRequest>
{
    public ProbeValidator()
    {
        RuleFor(request => request.Count).GreaterThan(0).WithMessage("The count must be positive.");
        RuleFor(request => request.Items).NotEmpty().When(request => request.Name == "list").WithMessage("A list needs items.").AsMalformed();
        RuleForEach(request => request.Items).ChildRules(item => item.RuleFor(entry => entry.Key).NotEmpty().WithMessage("A key is empty."));
    }
}

/// <summary>Endpoints that produce every kind of outcome.</summary>
public static class Probes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/probe", (JsonBody<ProbeRequest> body, ServerTiming timing) =>
        {
            timing.Add(ServerTiming.Run, 1.5);
            return TypedResults.Ok(body.Value);
        }).WithValidation<ProbeRequest>().WithBodySize(BodySize.Large);
        routes.MapGet("/large", () => TypedResults.Ok(Enumerable.Range(0, 5000).ToArray()));
        routes.MapGet("/bound", (int limit) => TypedResults.Ok(limit));
        routes.MapGet("/throw/{kind}", (string kind) => { throw Fault(kind); });
        routes.MapGet("/largeProblem", () => { throw new ProblemException(Large); });
        var compute = routes.MapGroup("").RequireCompute();
        compute.MapPost("/forever", async (JsonBody<ProbeRequest> body, RequestBudget budget) =>
        {
            await Task.Delay(Timeout.Infinite, budget.Token);
            return TypedResults.Ok(body.Value);
        });
        compute.MapGet("/compute", () => TypedResults.Ok("computed"));
        routes.MapDelete("/stored", () => TypedResults.NoContent()).RequireWriteKey();
    }

    private static Problem Large => new(422, "Much is wrong.") { Errors = Enumerable.Range(0, 100).ToDictionary(i => $"items[{i}]", _ => new[] { "It is wrong." }) };

    public static StringContent Json(string text, string type = "application/json") =>
        new(text, Encoding.UTF8) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };

    private static Exception Fault(string kind) => kind switch
    {
        "graph" => new GraphException("graph.nodes[1].inputs[0]", "There is no value 'q'.", "e"),
        "parallel" => new AggregateException(new GraphException("graph", "Inside.", "e")),
        "limit" => new LimitException("Limits:MaxNodes", 10, "20 nodes", "graph.nodes"),
        "problem" => ProblemException.NotFound("There is no graph 'x'."),
        "memory" => new OutOfMemoryException(),
        _ => new InvalidOperationException("a secret"),
    };
}
