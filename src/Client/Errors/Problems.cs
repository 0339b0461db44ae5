using System.Text.Json;
using Refit;

namespace Backprop.Client.Errors;

/// <summary>Reads the problem out of a refused call.</summary>
public static class Problems
{
    /// <summary>What the service says went wrong, or null where the answer is no <c>application/problem+json</c> (a proxy's error page).</summary>
    public static async Task<ProblemContract?> ProblemAsync(this ApiException exception)
    {
        if (exception.ContentHeaders?.ContentType?.MediaType != "application/problem+json")
            return null;
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
