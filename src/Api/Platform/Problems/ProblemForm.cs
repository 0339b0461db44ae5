namespace Backprop.Api.Platform.Problems;

/// <summary>
/// Metadata of a route that implements an external protocol: its errors have the form of that protocol, wherever in the pipeline they arise.
/// </summary>
/// <param name="Of">Maps a problem to the status and the JSON body.</param>
/// <param name="Body">The type of the body.</param>
internal sealed record ProblemForm(Func<Problem, (int Status, byte[] Body)> Of, Type Body)
{
    /// <summary>The media type of these errors.</summary>
    public const string ContentType = "application/json";

    /// <summary>The status that a problem of a status gets.</summary>
    /// <param name="status">The HTTP status.</param>
    public int StatusOf(int status) => Of(new Problem(status, "")).Status;
}
