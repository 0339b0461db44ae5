namespace Backprop.Api.Platform.Problems;

/// <summary>Ends a request with a problem.</summary>
/// <param name="problem">The answer.</param>
internal sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    /// <summary>A problem with one error at one path.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="path">The JSON path, without <c>$.</c>; the whole body is the empty path.</param>
    /// <param name="message">What is wrong.</param>
    public ProblemException(int status, string path, string message) : this(Problem.At(status, path, message))
    {
    }

    /// <summary>The answer.</summary>
    public Problem Problem { get; } = problem;

    /// <summary>A resource that does not exist (404).</summary>
    /// <param name="detail">What does not exist.</param>
    public static ProblemException NotFound(string detail) => new(new Problem(StatusCodes.Status404NotFound, detail));
}
