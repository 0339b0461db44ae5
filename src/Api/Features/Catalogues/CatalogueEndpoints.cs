using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using Backprop.Client.Costs;
using Backprop.Domain.Costs.Catalogues;
using Backprop.Domain.Suggestions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Backprop.Api.Features.Catalogues;

/// <summary>The catalogues of models and hardware.</summary>
internal static class CatalogueEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapCatalogues(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("").WithTags("Costs").WithBuildTag();
        group.MapGet("/models", Models).WithName("ListModels")
            .WithSummary("List models")
            .WithDescription("With parameter counts computed from the configurations. `family` must match exactly except for case, `q` searches " +
                "ids and names, `minParameters` and `maxParameters` bound the size.")
            .WithParameterExample("family", "llama 3").WithParameterExample("maxParameters", "1e10");
        group.MapGet("/models/{id}", Model).WithName("GetModel")
            .WithSummary("Get a model")
            .WithDescription("By id or alias. Returns the parameters part by part and the configuration, which `POST /step-costs` accepts as it is " +
                "or modified.")
            .WithParameterExample("id", "gpt3-175b");
        group.MapGet("/hardware", Hardware).WithName("ListHardware")
            .WithSummary("List hardware")
            .WithDescription("Peaks are dense (vendors also quote 2:4 sparsity, which is twice that); each figure has its source, and a mark if " +
                "sources disagree.")
            .WithParameterExample("vendor", "nvidia").WithParameterExample("minMemoryGb", "40");
        group.MapGet("/hardware/{id}", Device).WithName("GetHardware")
            .WithSummary("Get a device")
            .WithDescription("By id or alias. Returns the same members as the list.")
            .WithParameterExample("id", "a100-sxm-80gb");
    }

    private static Ok<ModelList> Models(string? family = null, double? minParameters = null, double? maxParameters = null, string? q = null)
    {
        RequireKnown("family", family, ModelCatalogue.All.Select(model => model.Family));
        ModelSummary[] items = [.. ModelCatalogue.All
            .Where(model => Same(family, model.Family) && Holds(q, [model.Id, model.Name, .. model.Aliases]))
            .Where(model => Within((double)model.Parameters.Total, minParameters, maxParameters, "minParameters", "maxParameters"))
            .Select(CatalogueMapper.Summary)];
        return TypedResults.Ok(new ModelList { Items = items, Total = items.Length });
    }

    private static Ok<ModelPage> Model(string id) => TypedResults.Ok(CatalogueMapper.Page(
        ModelCatalogue.Find(id) ?? throw ProblemException.NotFound(ModelMapper.Unknown(id))));

    private static Ok<HardwareList> Hardware(
        string? vendor = null, string? kind = null, double? minMemoryGb = null, double? maxMemoryGb = null, string? q = null)
    {
        RequireKnown("vendor", vendor, HardwareCatalogue.All.Select(device => device.Vendor));
        RequireKnown("kind", kind, Enum.GetNames<AcceleratorKind>().Select(name => name.ToLowerInvariant()));

        HardwarePage[] items = [.. HardwareCatalogue.All
            .Where(device => Same(vendor, device.Vendor) && Same(kind, device.Kind.ToString())
                && Holds(q, [device.Id, device.Name, .. device.Aliases]))
            .Where(device => Within(device.MemoryGb, minMemoryGb, maxMemoryGb, "minMemoryGb", "maxMemoryGb"))
            .Select(CatalogueMapper.Page)];
        return TypedResults.Ok(new HardwareList { Items = items, Total = items.Length });
    }

    private static Ok<HardwarePage> Device(string id) => TypedResults.Ok(CatalogueMapper.Page(
        HardwareCatalogue.Find(id) ?? throw ProblemException.NotFound(HardwareMapper.Unknown(id))));

    // A misspelt filter would be an empty list without a word.
    private static void RequireKnown(string parameter, string? asked, IEnumerable<string> known)
    {
        string[] names = [.. known.Distinct()];
        if (asked is not null && !names.Contains(asked, StringComparer.OrdinalIgnoreCase))
        {
            throw new ProblemException(422, parameter, new NameSuggestions(names).Message($"The catalogue has no {parameter}", asked));
        }
    }

    private static bool Same(string? asked, string value) => asked is null || asked.Equals(value, StringComparison.OrdinalIgnoreCase);

    private static bool Holds(string? text, IEnumerable<string> names) => text is null
        || names.Any(name => name.Contains(text, StringComparison.OrdinalIgnoreCase));

    private static bool Within(double value, double? least, double? most, string leastName, string mostName)
    {
        if (least is { } low && !(low >= 0))
        {
            throw new ProblemException(422, leastName, $"{leastName} must be a number of at least 0.");
        }

        if (most is { } high && !(high >= (least ?? 0)))
        {
            throw new ProblemException(422, mostName, $"{mostName} must be a number of at least {(least is null ? "0" : leastName)}.");
        }

        return value >= (least ?? 0) && value <= (most ?? double.PositiveInfinity);
    }
}
