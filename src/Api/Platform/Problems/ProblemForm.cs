namespace Backprop.Api.Platform.Problems;

/// <summary>
/// Metadata of a route that implements an external protocol: its errors have the form of that protocol, wherever in the pipeline they arise.
/// </summary>
/// <param name="Of">Maps a problem to the status and the JSON body.</param>
internal sealed record ProblemForm(Func<Problem, (int Status, byte[] Body)> Of)
{
    /// <summary>The media type of these errors.</summary>
    public const string ContentType = "application/json";
}
