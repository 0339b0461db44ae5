using System.Collections.Frozen;

namespace Backprop.Api.Features.Accounts;

/// <summary>The passwords that attackers try first, from the list in <c>CommonPasswords.txt</c>, which names its origin and licence.</summary>
internal static class CommonPasswords
{
    private const string Resource = "Backprop.Api.Features.Accounts.CommonPasswords.txt";
    private const string Comment = "# ";

    private static readonly Lazy<FrozenSet<string>> All = new(Read);

    /// <summary>Whether a password is one of them, ignoring case.</summary>
    /// <param name="password">The password.</param>
    public static bool Contain(string password) => All.Value.Contains(password);

    private static FrozenSet<string> Read()
    {
        using var reader = new StreamReader(typeof(CommonPasswords).Assembly.GetManifestResourceStream(Resource)!);
        return reader.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line != "#" && !line.StartsWith(Comment, StringComparison.Ordinal))
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }
}
