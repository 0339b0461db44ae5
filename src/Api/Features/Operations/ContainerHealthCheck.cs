namespace Backprop.Api.Features.Operations;

/// <summary><c>--health-check [url]</c>: asks a running service whether it is ready, for images without a shell or curl.</summary>
internal static class ContainerHealthCheck
{
    private const string Switch = "--health-check";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Whether the process was started only to check another one.</summary>
    /// <param name="args">The command line.</param>
    public static bool IsAsked(string[] args) => args is [Switch, ..];

    /// <summary>Runs the check and returns its outcome as an exit status: 0 means ready.</summary>
    /// <param name="args">The command line.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var url = args.Length > 1 ? args[1] : $"http://127.0.0.1:{Port()}/health/ready";
        try
        {
            using var client = new HttpClient { Timeout = Patience };
            using var answer = await client.GetAsync(url);
            Console.WriteLine($"{url}: {(int)answer.StatusCode}");
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception)
            when (exception is HttpRequestException or OperationCanceledException or UriFormatException or InvalidOperationException)
        {
            Console.Error.WriteLine($"{url}: {exception.Message}");
            return 1;
        }
    }

    // The variables that configure the service's port.
    private static string Port()
    {
        var urls = Environment.GetEnvironmentVariable("ASPNETCORE_URLS");
        if (urls?.Split(';')[0].Split(':') is [.., var port] && port.TrimEnd('/').All(char.IsAsciiDigit) && port.Length > 0)
        {
            return port.TrimEnd('/');
        }

        return Environment.GetEnvironmentVariable("ASPNETCORE_HTTP_PORTS")?.Split(';')[0] is { Length: > 0 } first ? first : "8080";
    }
}
