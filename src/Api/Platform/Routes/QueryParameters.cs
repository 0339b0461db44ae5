using System.Collections.Frozen;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Backprop.Api.Platform.Routes;

/// <summary>Metadata of a route that reads a query parameter itself, which reflection cannot see.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Description">What it means.</param>
internal sealed record QueryParameter(string Name, string Description);

/// <summary>Metadata of a route whose clients may send query parameters that it does not know.</summary>
internal sealed record AnyQuery;

/// <summary>The query parameters of each documented route.</summary>
/// <param name="descriptions">The descriptions of the routes.</param>
internal sealed class QueryParameters(IApiDescriptionGroupCollectionProvider descriptions)
{
    private readonly Lazy<FrozenDictionary<string, string[]>> byRoute = new(() => descriptions.ApiDescriptionGroups.Items
        .SelectMany(group => group.Items)
        .ToFrozenDictionary(route => Key(route.HttpMethod, route.RelativePath), Names));

    /// <summary>The parameters that a route takes; null if it takes any, or is not documented.</summary>
    /// <param name="endpoint">The route.</param>
    /// <param name="method">The method of the request.</param>
    public IReadOnlyList<string>? Of(Endpoint endpoint, string method) =>
        endpoint is RouteEndpoint route && route.Metadata.GetMetadata<AnyQuery>() is null
            ? byRoute.Value.GetValueOrDefault(Key(method, route.RoutePattern.RawText?.TrimStart('/')))
            : null;

    private static string[] Names(ApiDescription route) =>
    [
        .. route.ParameterDescriptions.Where(parameter => parameter.Source == BindingSource.Query).Select(parameter => parameter.Name),
        .. route.ActionDescriptor.EndpointMetadata.OfType<QueryParameter>().Select(parameter => parameter.Name),
    ];

    private static string Key(string? method, string? path) => $"{method} {path}";
}
