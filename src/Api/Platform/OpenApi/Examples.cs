namespace Backprop.Api.Platform.OpenApi;

/// <summary>A request body that can be sent unchanged and succeeds; the tests send each of them.</summary>
/// <param name="Name">What it shows, in a few words.</param>
/// <param name="Json">The body.</param>
internal sealed record RequestExample(string Name, string Json);

/// <summary>A value of a path or query parameter with which the request succeeds.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Value">The value.</param>
internal sealed record ParameterExample(string Parameter, string Value);

/// <summary>Adds runnable examples to routes.</summary>
internal static class Examples
{
    /// <summary>Adds an example of the body.</summary>
    /// <param name="route">The route.</param>
    /// <param name="name">What it shows, in a few words.</param>
    /// <param name="json">The body.</param>
    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder route, string name, string json) =>
        route.WithMetadata(new RequestExample(name, json));

    /// <summary>Adds an example of a path or query parameter.</summary>
    /// <param name="route">The route.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="value">The value.</param>
    public static RouteHandlerBuilder WithParameterExample(this RouteHandlerBuilder route, string parameter, string value) =>
        route.WithMetadata(new ParameterExample(parameter, value));
}
