namespace Backprop.Domain.Practice.Grading;

/// <summary>An answer as submitted: one text, or several if several choices are selected. A number or a truth value is its text.</summary>
/// <param name="Texts">The texts as written.</param>
/// <param name="IsList">True if a list was given, even one with one entry or none.</param>
public sealed record SubmittedAnswer(IReadOnlyList<string> Texts, bool IsList = false)
{
    /// <summary>The names of the texts in the same order if they were given by name, otherwise null.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>The longest text that is read.</summary>
    public const int MaxLength = 1000;

    /// <summary>The most entries of a list that are read.</summary>
    public const int MaxTexts = 100;

    /// <summary>An answer of one text.</summary>
    public static implicit operator SubmittedAnswer(string text) => new([text]);

    /// <summary>Whether another answer says the same in the same form.</summary>
    public bool IsSame(SubmittedAnswer other) => IsList == other.IsList && Texts.SequenceEqual(other.Texts)
        && (Names is null ? other.Names is null : other.Names is not null && Names.SequenceEqual(other.Names));

    /// <summary>The text given under a name, or null.</summary>
    internal string? Named(string name) =>
        Enumerable.Range(0, Names?.Count ?? 0).Where(i => Names![i] == name).Select(i => Texts[i]).FirstOrDefault();

    /// <summary>Why the answer is rejected unread, or null.</summary>
    internal Unreadable? Refusal()
    {
        if (Texts.Count > MaxTexts)
        {
            return new Unreadable($"An answer has at most {MaxTexts} entries.");
        }

        return Texts.Any(text => text.Length > MaxLength) ? new Unreadable($"An answer has at most {MaxLength} characters.") : null;
    }

    /// <summary>The text of an answer that consists of one text, or null.</summary>
    internal string? Single() => Texts.Count == 1 && Names is null && !string.IsNullOrWhiteSpace(Texts[0]) ? Texts[0].Trim() : null;
}
