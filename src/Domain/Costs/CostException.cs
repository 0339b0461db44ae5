namespace Backprop.Domain.Costs;

/// <summary>A description whose members do not fit together.</summary>
/// <param name="errors">All violations: the member of the request, and what would be right.</param>
public sealed class CostException(params IReadOnlyList<(string Path, string Message)> errors) :
    Exception(string.Join(" ", errors.Select(error => error.Message)))
{
    /// <summary>All violations: the member of the request, and what would be right.</summary>
    public IReadOnlyList<(string Path, string Message)> Errors { get; } = errors;
}
