using System.Text.Json;
using Refit;

namespace Backprop.Client.Errors;

/// <summary>Reads the problem of a failed call.</summary>
public static class Problems
{
    /// <summary>The problem, or null if the response is not <c>application/problem+json</c> (a proxy's error page).</summary>
    public static async Task<ProblemContract?> ProblemAsync(this ApiException exception)
    {
        if (exception.ContentHeaders?.ContentType?.MediaType != "application/problem+json")
        {
            return null;
        }

        try
        {
            return await exception.GetContentAsAsync<ProblemContract>();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
