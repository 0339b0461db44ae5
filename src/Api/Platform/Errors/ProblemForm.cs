namespace Backprop.Api.Platform.Errors;

/// <summary>
/// Metadata of a route that speaks the protocol of others: its errors travel in that protocol's form, wherever in the pipeline they arise.
/// </summary>
/// <param name="Of">The status and the JSON body that tell of a problem.</param>
public sealed record ProblemForm(Func<Problem, (int Status, byte[] Body)> Of)
{
    /// <summary>The media type of these errors.</summary>
    public const string ContentType = "application/json";
}
