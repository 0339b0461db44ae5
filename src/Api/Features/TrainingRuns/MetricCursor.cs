using System.Globalization;
using Backprop.Api.Platform.Problems;

namespace Backprop.Api.Features.TrainingRuns;

/// <summary>A position in the recorded steps of a run: after a step.</summary>
internal static class MetricCursor
{
    private const string Prefix = "after-";

    /// <summary>The cursor after a step.</summary>
    public static string Of(long step) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step}");

    /// <summary>The step of a cursor.</summary>
    /// <exception cref="ProblemException">The text is no cursor (422).</exception>
    public static long Read(string cursor) =>
        cursor.StartsWith(Prefix, StringComparison.Ordinal)
        && long.TryParse(cursor.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long step)
            ? step
            : throw new ProblemException(422, "cursor", "the cursor is invalid or was not issued by this service");
}
