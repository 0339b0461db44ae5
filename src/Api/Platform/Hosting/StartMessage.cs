namespace Backprop.Api.Platform.Hosting;

/// <summary>The first line of the log.</summary>
internal static partial class StartMessage
{
    /// <summary>Logs where the service listens and where its documentation is.</summary>
    /// <param name="app">The application, started.</param>
    public static void Log(WebApplication app)
    {
        string[] addresses = [.. app.Urls.Select(Reachable)];
        if (addresses.Length > 0)
        {
            LogStart(app.Logger, string.Join(", ", addresses), $"{addresses[0]}/swagger");
        }
    }

    // An address that means every interface cannot be opened in a browser.
    private static string Reachable(string url)
    {
        BindingAddress address = BindingAddress.Parse(url);
        return address.Host is "[::]" or "0.0.0.0" or "*" or "+" ? $"{address.Scheme}://localhost:{address.Port}" : url.TrimEnd('/');
    }

    [LoggerMessage(LogLevel.Information, "Listening on {Addresses}, Swagger UI: {Page}")]
    private static partial void LogStart(ILogger logger, string addresses, string page);
}
