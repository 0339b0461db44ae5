using System.Text.RegularExpressions;
using Backprop.Api.Platform.Errors;

namespace Backprop.Api.Features.Accounts;

/// <summary>
/// The form of e-mail addresses: what browsers take for one in a form (HTML, 4.10.5.1.5), no longer than addresses are (RFC 5321, 4.5.3.1.3).
/// That is ASCII alone. So no two addresses look or normalise alike but for their case, which does not count, and none has an invisible character.
/// </summary>
public static partial class EmailAddresses
{
    /// <summary>The most characters.</summary>
    public const int Longest = 254;

    private const string Label = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";

    private const string Expected =
        "An e-mail address such as ada@example.org is expected: at most 254 ASCII characters, an international domain in its ASCII form (xn--…).";

    /// <summary>Refuses a text that is no address (422).</summary>
    /// <param name="email">The text.</param>
    /// <exception cref="ProblemException">It is none.</exception>
    public static void Demand(string email)
    {
        if (email.Length > Longest || !Form().IsMatch(email))
            throw new ProblemException(422, "email", Expected);
    }

    [GeneratedRegex($@"\A[a-zA-Z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{Label}(?:\.{Label})*\z")]
    private static partial Regex Form();
}
