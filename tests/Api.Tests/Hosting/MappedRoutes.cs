using System.Text.RegularExpressions;
using Backprop.Client.Graphs;
using Backprop.Client.Learners;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Backprop.Api.Tests.Hosting;

/// <summary>The service with a client that may use all its routes: with the write key, signed in, without rate limits.</summary>
public sealed partial class MappedRoutes : ApiFixture, IAsyncLifetime
{
    private string _token = "";

    /// <summary>Every reachable route, with a method and a path.</summary>
    public IReadOnlyList<(string Method, string Path, RouteEndpoint Endpoint)> All =>
    [
        .. from endpoint in Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           where endpoint.Metadata.GetMetadata<ISuppressMatchingMetadata>() is null
           from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
           select (method, Path(endpoint.RoutePattern.RawText!), endpoint),
    ];

    /// <summary>The routes whose requests have bodies.</summary>
    public IEnumerable<(string Method, string Path, RouteEndpoint Endpoint)> WithBodies => All.Where(route => route.Method is "POST" or "PUT" or "PATCH");

    /// <summary>Sends a request with all permissions.</summary>
    public Task<HttpResponseMessage> SendAsync(string method, string path, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content };
        request.Headers.Add("X-Api-Key", WriteKey);

        // Signing out would revoke the token for all later requests.
        if (path != "/account/sign-out")
        {
            request.Headers.Add("Authorization", $"Bearer {_token}");
        }

        return Http.SendAsync(request);
    }

    public async Task InitializeAsync()
    {
        var credentials = new Credentials { Email = "someone@example.org", Password = "a long walk by the sea" };
        await Api.RegisterAsync(credentials);
        _token = (await Api.SignInAsync(credentials)).AccessToken;
        await Api.RegisterGraphAsync(new GraphRegistrationRequest { Expression = "L = (a*b + c)^2", Alias = "squared-sum" });
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("RateLimits:QuizzesPerMinute", "0");
    }

    // Each experiment has a route of its own; another name is refused before the body is read.
    private static string Path(string pattern) =>
        "/" + Parameter().Replace(pattern.Replace("experiments/{name}", "experiments/gates", StringComparison.Ordinal).TrimStart('/'), Sample);

    private static string Sample(Match parameter) => parameter.Groups["name"].Value == "number" ? "1" : "squared-sum";

    [GeneratedRegex(@"\{(?<name>\w+)[^}]*\}")]
    private static partial Regex Parameter();
}
