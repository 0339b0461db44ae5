using System.Text;
using Backprop.Api.Platform.Headers;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Telemetry;
using Backprop.Client.Experiments;
using Backprop.Compute.Engine;
using Backprop.Compute.Experiments;
using Backprop.Domain.Suggestions;
using Backprop.Infrastructure.Formats.Plots;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Features.Experiments;

/// <summary>Experiments: what goes wrong in training, and why, computed anew with parameters of one's own.</summary>
internal static class ExperimentEndpoints
{
    private static readonly NameSuggestions Suggestions = new(ExperimentCatalogue.All.Select(experiment => experiment.Name));

    /// <summary>Maps the routes. Each experiment is a route of its own, so that its parameters are documented.</summary>
    public static void MapExperiments(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/experiments").WithTags("Experiments");
        RouteGroupBuilder catalogue = group.MapGroup("").WithBuildTag();
        catalogue.MapGet("", List).WithName("ListExperiments")
            .WithSummary("List the experiments")
            .WithDescription("Returns what each shows, its parameters with ranges and defaults, and what to look for.");
        catalogue.MapGet("/{name}", Get).WithName("GetExperiment")
            .WithSummary("Get an experiment")
            .WithDescription("Returns the same members as the list.")
            .WithParameterExample("name", "vanishing-gradients");
        foreach (Experiment experiment in ExperimentCatalogue.All)
        {
            group.MapPost($"/{experiment.Name}", Run).RequireCompute().WithBodySize(BodySize.Short)
                .WithName($"Run{string.Concat(experiment.Name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))}")
                .WithSummary(experiment.Title)
                .WithDescription(ExperimentText.Describe(experiment))
                .WithExperimentExamples(experiment)
                .Produces<ExperimentAnswer>(StatusCodes.Status200OK, JsonMediaType.Plain)
                .WithMetadata(experiment, new OtherFormat(PreferredFormat.Svg));
        }

        // It takes what the routes of the experiments take: otherwise it would answer in their place to a request of another media type.
        group.MapPost("/{name}", Unknown).ExcludeFromDescription().WithBodySize(BodySize.Short)
            .Accepts<ExperimentRequest>(JsonMediaType.Plain, JsonMediaType.Suffixed);
    }

    private static Ok<ExperimentList> List() =>
        TypedResults.Ok(new ExperimentList { Items = [.. ExperimentCatalogue.All.Select(ExperimentMapper.Page)] });

    private static Ok<ExperimentPage> Get(string name) =>
        TypedResults.Ok(ExperimentMapper.Page(ExperimentCatalogue.Find(name) ?? throw NotFound(name)));

    private static IResult Run(
        JsonBody<ExperimentRequest> body, RequestBudget budget, HttpContext context, ServerTiming timing, DerivativeEngine engine)
    {
        Experiment experiment = context.GetEndpoint()!.Metadata.GetRequiredMetadata<Experiment>();
        var run = new ExperimentRun(experiment, ExperimentParameters.Read(experiment, body.Value), body.Value.Seed, engine, budget.Token);
        ExperimentResult result;
        using (timing.Measure(ServerTiming.Run))
        {
            result = run.Compute();
        }

        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        if (!PreferredFormat.Is(PreferredFormat.Svg, context.Request))
        {
            return TypedResults.Ok(ExperimentMapper.Answer(experiment, run, result));
        }

        SecurityHeaders.ForPicture(context);
        return TypedResults.Text(LinePlotSvg.Render(ExperimentMapper.Plot(experiment, result)), PreferredFormat.Svg, Encoding.UTF8);
    }

    private static IResult Unknown(string name) => throw NotFound(name);

    private static ProblemException NotFound(string name) => ProblemException.NotFound(
        $"There is no experiment '{name}'{Suggestions.Hint(name, "; GET /experiments lists all of them")}");
}
