using System.Text.RegularExpressions;

namespace Backprop.Domain.Practice.Questions;

/// <summary>Something that keeps a question from being used.</summary>
/// <param name="Path">Where, as a JSON path: <c>questions[3].choices[1].text</c>.</param>
/// <param name="Message">What is wrong, in words for the user.</param>
public sealed record QuestionFault(string Path, string Message);

/// <summary>A set of questions that is rejected as a whole; nothing of it was stored.</summary>
/// <param name="faults">Everything that is wrong with it.</param>
public sealed class QuestionFaultException(IReadOnlyList<QuestionFault> faults)
    : Exception(string.Join("\n", faults.Select(fault => $"{fault.Path}: {fault.Message}")))
{
    /// <summary>Everything that is wrong, in document order.</summary>
    public IReadOnlyList<QuestionFault> Faults { get; } = faults;
}

/// <summary>Collects faults and holds the checks that all rules share.</summary>
internal sealed partial class FaultList
{
    public const int MaxName = 100;
    public const int MaxText = 20_000;

    public List<QuestionFault> Found { get; } = [];

    public void Add(string path, string message) => Found.Add(new QuestionFault(path, message));

    public void Demand(bool holds, string path, string message)
    {
        if (!holds)
        {
            Add(path, message);
        }
    }

    /// <summary>Requires a text that is neither blank nor too long.</summary>
    public void Text(string text, string path, int most = MaxText)
    {
        Demand(!string.IsNullOrWhiteSpace(text), path, "The text is empty.");
        Demand(text.Length <= most, path, $"The text has {text.Length} characters; at most {most} are allowed.");
        Demand(!text.Any(letter => (char.IsControl(letter) && letter is not ('\n' or '\t')) || letter is '\uFFFE' or '\uFFFF'), path,
            "A text must not contain control characters other than line breaks (\\n) and tabs.");
    }

    /// <summary>Requires lower-case words joined by hyphens.</summary>
    public void Slug(string text, string path) => Demand(
        text.Length <= MaxName && Slugs().IsMatch(text), path,
            $"'{text}' is not an identifier: lower-case letters and digits in words joined by hyphens, at most {MaxName} characters.");

    /// <summary>Requires that no two are equal; the fault is that of the later one.</summary>
    public void Distinct(IEnumerable<string> texts, Func<int, string> path, StringComparer comparer)
    {
        var seen = new HashSet<string>(comparer);
        foreach ((int index, string text) in texts.Index())
        {
            Demand(seen.Add(text), path(index), $"'{text}' occurs twice.");
        }
    }

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Slugs();
}
