using System.Net.Http.Headers;
using System.Text;

namespace Backprop.Api.Tests.FastPath;

/// <summary>The answer to a request, without times.</summary>
public sealed record Exchange(int Status, string Type, string Body)
{
    /// <summary>Sends a body.</summary>
    public static Task<Exchange> PostAsync(HttpClient http, string route, string body) => PostAsync(http, route, Encoding.UTF8.GetBytes(body));

    /// <summary>Sends the bytes of a body.</summary>
    public static async Task<Exchange> PostAsync(HttpClient http, string route, byte[] body)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var response = await http.PostAsync(route, content);
        return new Exchange((int)response.StatusCode, $"{response.Content.Headers.ContentType}", await response.Content.ReadAsStringAsync());
    }

    /// <summary>Sends the same request in a spelling that has no cached plan, so that it takes the ordinary path.</summary>
    public static Task<Exchange> PostOrdinarilyAsync(HttpClient http, string route, string body) =>
        PostAsync(http, route, $"{body}{new string(' ', 1 + Random.Shared.Next(1, 1000))}\n{new string(' ', Random.Shared.Next(1000))}");
}
