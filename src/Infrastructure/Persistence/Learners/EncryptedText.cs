using Microsoft.AspNetCore.Identity;

namespace Backprop.Infrastructure.Persistence.Learners;

/// <summary>Text that is encrypted in the database; earlier, unencrypted text is read as it is.</summary>
internal static class EncryptedText
{
    /// <summary>The prefix of encrypted text.</summary>
    public const string Mark = "encrypted:";

    public static string? Write(IPersonalDataProtector protector, string? text) => text is null ? null : Mark + protector.Protect(text);

    public static string? Read(IPersonalDataProtector protector, string? stored) =>
        stored is not null && stored.StartsWith(Mark, StringComparison.Ordinal) ? protector.Unprotect(stored[Mark.Length..]) : stored;
}
