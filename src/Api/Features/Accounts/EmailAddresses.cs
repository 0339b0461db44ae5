using System.Text.RegularExpressions;
using Backprop.Api.Platform.Problems;

namespace Backprop.Api.Features.Accounts;

/// <summary>
/// The form of e-mail addresses: what browsers accept in a form (HTML, 4.10.5.1.5), at most as long as RFC 5321, 4.5.3.1.3 allows. Only ASCII is
/// allowed, so no two addresses look or normalise alike except for case, which does not count, and none has an invisible character.
/// </summary>
internal static partial class EmailAddresses
{
    /// <summary>The maximum length.</summary>
    public const int Longest = 254;

    private const string Label = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";

    private const string Expected =
        "email must be an address such as ada@example.org: at most 254 ASCII characters, an international domain in its ASCII form (xn--…).";

    /// <summary>Rejects a text that is not an address (422).</summary>
    /// <param name="email">The text.</param>
    /// <exception cref="ProblemException">It is not an address.</exception>
    public static void Demand(string email)
    {
        if (email.Length > Longest || !Form().IsMatch(email))
        {
            throw new ProblemException(422, "email", Expected);
        }
    }

    [GeneratedRegex($@"\A[a-zA-Z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{Label}(?:\.{Label})*\z")]
    private static partial Regex Form();
}
