using Backprop.Api.Platform.Problems;

namespace Backprop.Api.Platform.Requests;

/// <summary>The header by which a repeated request is recognised.</summary>
internal static class IdempotencyKey
{
    /// <summary>Its name.</summary>
    public const string Header = "Idempotency-Key";

    private const int MaxLength = 200;

    /// <summary>Checks a key.</summary>
    /// <param name="key">The key, or null.</param>
    /// <exception cref="ProblemException">It is empty, too long, or not printable ASCII (400).</exception>
    public static void Require(string? key)
    {
        if (key is not null && (key.Length is 0 or > MaxLength || !key.All(letter => letter is >= ' ' and <= '~')))
        {
            throw new ProblemException(400, Header, $"{Header} must have 1 to {MaxLength} characters of printable ASCII.");
        }
    }
}
