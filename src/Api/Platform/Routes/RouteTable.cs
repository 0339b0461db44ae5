using Backprop.Api.Platform.Problems;
using Backprop.Domain.Suggestions;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Backprop.Api.Platform.Routes;

/// <summary>The documented routes: which of them a request reaches, and which one a request for an unknown path may mean.</summary>
/// <param name="endpoints">The routes.</param>
internal sealed class RouteTable(EndpointDataSource endpoints)
{
    private const int LongestPath = 200;
    private const string Elsewhere = "; /swagger lists the routes.";

    private static readonly string[] Prefixes = ["/api/v1", "/api", "/v1"];

    private static readonly Dictionary<string, string[]> Synonyms = new()
    {
        ["/grad"] = ["/gradients"],
        ["/derivatives"] = ["/gradients"],
        ["/backward"] = ["/gradients"],
        ["/backprop"] = ["/gradients"],
        ["/eval"] = ["/evaluations"],
        ["/forward"] = ["/evaluations"],
        ["/predict"] = ["/evaluations"],
        ["/jvp"] = ["/jacobian-vector-products"],
        ["/vjp"] = ["/vector-jacobian-products"],
        ["/hvp"] = ["/hessian-vector-products"],
        ["/gradcheck"] = ["/gradient-checks"],
        ["/costs"] = ["/step-costs"],
        ["/gpus"] = ["/hardware"],
        ["/interview"] = ["/interviews"],
        ["/login"] = ["/account/login"],
        ["/register"] = ["/account/register"],
    };

    private readonly Lazy<RouteEndpoint[]> routes = new(() =>
    [
        .. endpoints.Endpoints.OfType<RouteEndpoint>().Where(route => route.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null
            && route.Metadata.GetMetadata<ISuppressMatchingMetadata>() is null && route.Metadata.GetMetadata<ProblemForm>() is null),
    ]);

    /// <summary>The route of a request that routing has given up, such as one whose media type it does not take; null if there is none.</summary>
    /// <param name="request">The request.</param>
    public RouteEndpoint? Find(HttpRequest request)
    {
        string path = (request.Path.Value ?? "").TrimEnd('/');
        return routes.Value.FirstOrDefault(route => path.Equals(Filled(route.RoutePattern, path), StringComparison.OrdinalIgnoreCase)
            && route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(request.Method) == true);
    }

    /// <summary>The end of a sentence about an unknown path: <c>; did you mean POST /gradients?</c></summary>
    /// <param name="request">The request.</param>
    public string Hint(HttpRequest request)
    {
        string path = request.Path.Value ?? "";
        if (path.Length > LongestPath)
        {
            return Elsewhere;
        }

        string asked = Bare(path);
        ILookup<string, RouteEndpoint> fitting = routes.Value.Select(route => (Path: Filled(route.RoutePattern, asked), Route: route))
            .Where(candidate => candidate.Path is not null).ToLookup(candidate => candidate.Path!, candidate => candidate.Route);
        string[] paths = [.. fitting.Select(candidate => candidate.Key)];
        string? nearest = paths.FirstOrDefault(known => known.Equals(asked, StringComparison.OrdinalIgnoreCase))
            ?? new NameSuggestions(paths, Synonyms).For(asked).FirstOrDefault();

        // A path that differs from a route only in the values of its parameters would be its own suggestion.
        return nearest is null || nearest == path ? Elsewhere : $"; did you mean {Method(fitting[nearest], request.Method)} {nearest}?";
    }

    private static string Bare(string path)
    {
        string trimmed = path.TrimEnd('/');
        string? prefix = Prefixes.FirstOrDefault(start => trimmed.StartsWith(start + "/", StringComparison.OrdinalIgnoreCase));
        return prefix is null ? trimmed : trimmed[prefix.Length..];
    }

    // The path of a route of as many segments, with those asked for in the place of its parameters.
    private static string? Filled(RoutePattern pattern, string asked)
    {
        string[] segments = asked.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return pattern.PathSegments.Count != segments.Length ? null
            : "/" + string.Join('/', pattern.PathSegments.Zip(segments, (known, given) =>
                known.Parts is [RoutePatternLiteralPart literal] ? literal.Content : given));
    }

    private static string Method(IEnumerable<RouteEndpoint> routes, string asked)
    {
        string[] methods = [.. routes.SelectMany(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])];
        return methods.Contains(asked, StringComparer.OrdinalIgnoreCase) ? asked : methods.FirstOrDefault("GET");
    }
}
