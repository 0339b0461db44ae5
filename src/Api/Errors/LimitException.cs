using System.Globalization;

namespace Backprop.Api.Errors;

/// <summary>A request that asks for more than a limit allows: 422, or 413 for the size of the body.</summary>
/// <param name="name">The limit's configuration key, such as <c>Limits:MaxNodes</c>.</param>
/// <param name="value">The limit's value.</param>
/// <param name="asked">What was asked for, where it is known.</param>
/// <param name="path">Where, as a JSON path; the whole body by default.</param>
/// <param name="status">The HTTP status.</param>
public sealed class LimitException(
    string name, double value, double? asked, string path = "", int status = StatusCodes.Status422UnprocessableEntity)
    : Exception(Describe(name, value, asked))
{
    /// <summary>The answer.</summary>
    public Problem Problem => Problem.At(status, path, Message) with { Limit = new ExceededLimit(name, value, asked) };

    private static string Describe(string name, double value, double? asked)
    {
        var most = value.ToString("#,0.###", CultureInfo.InvariantCulture);
        return asked is { } more
            ? $"{name} is {most}; {more.ToString("#,0.###", CultureInfo.InvariantCulture)} was asked for."
            : $"{name} is {most}; more was asked for.";
    }
}
