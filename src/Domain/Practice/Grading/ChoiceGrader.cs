using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Grading;

/// <summary>
/// Grades choices. A choice is named by its letter in the order shown (<c>a</c> is the first) or by its text. If several are to be selected, the
/// score is (right ones selected − wrong ones selected) / right ones, at least 0.
/// </summary>
public static class ChoiceGrader
{
    /// <summary>The letter of a choice as shown: a for the first.</summary>
    public static string Letter(int place) => ((char)('a' + place)).ToString();

    /// <summary>Grades an answer that names the one right choice.</summary>
    /// <param name="choices">The choices in the order in which they were shown.</param>
    /// <param name="answer">The letter or the text.</param>
    public static Grade GradeOne(IReadOnlyList<Choice> choices, SubmittedAnswer answer)
    {
        if (answer.Refusal() is { } refusal)
        {
            return refusal;
        }

        if (answer.Single() is not { } text)
        {
            return new Unreadable($"One choice is expected, by its letter (a to {Letter(choices.Count - 1)}) or its text.");
        }

        return Find(choices, text) is { } place
            ? new Graded(choices[place].Correct ? 1 : 0, choices[place].Feedback)
            : Unknown(choices, text);
    }

    /// <summary>Grades an answer that names all right choices.</summary>
    /// <param name="choices">The choices in the order in which they were shown.</param>
    /// <param name="answer">A list of letters or texts, empty if none is right; or one text with letters separated by commas: <c>a, c</c>.</param>
    public static Grade GradeAll(IReadOnlyList<Choice> choices, SubmittedAnswer answer)
    {
        if (answer.Refusal() is { } refusal)
        {
            return refusal;
        }

        if (!answer.IsList && answer.Single() is null)
        {
            return new Unreadable("Choices are expected: a list of letters or texts.");
        }

        var ticked = new HashSet<int>();
        foreach (string text in Named(choices, answer))
        {
            if (Find(choices, text) is not { } place)
            {
                return Unknown(choices, text);
            }

            ticked.Add(place);
        }

        return Grade(choices, ticked);
    }

    private static Graded Grade(IReadOnlyList<Choice> choices, HashSet<int> ticked)
    {
        int right = choices.Count(choice => choice.Correct);
        int hits = ticked.Count(place => choices[place].Correct);
        int misses = ticked.Count - hits;
        if (hits == right && misses == 0)
        {
            return Graded.Right;
        }

        double score = right == 0 ? 0 : Math.Max(0, hits - misses) / (double)right;
        IEnumerable<string> remarks = ticked.Where(place => !choices[place].Correct).Order()
            .Select(place => $"{Letter(place)}: {choices[place].Feedback}");
        string missing = hits < right ? $"{hits} of {right} right choices are selected." : "All right choices are selected, but others, too.";
        return new Graded(score, string.Join(' ', [missing, .. remarks]));
    }

    // "a, c" names two choices, unless a choice has exactly this text.
    private static IEnumerable<string> Named(IReadOnlyList<Choice> choices, SubmittedAnswer answer) =>
        answer.IsList || Find(choices, answer.Texts[0]) is not null
            ? answer.Texts
            : answer.Texts[0].Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static int? Find(IReadOnlyList<Choice> choices, string text)
    {
        // The text takes precedence, first verbatim and then normalized: if choices are themselves letters, a letter denotes the choice with that
        // text.
        string named = Normal(text);
        if ((Place(choice => choice.Text == text) ?? Place(choice => Normal(choice.Text) == named)) is { } found)
        {
            return found;
        }

        string letter = named.Trim('(', ')', '.', ':', ' ');
        return letter.Length == 1 && letter[0] - 'a' is int place && place >= 0 && place < choices.Count ? place : null;

        int? Place(Func<Choice, bool> fits) => choices.Index().Where(choice => fits(choice.Item)).Select(choice => (int?)choice.Index)
            .FirstOrDefault();
    }

    // A number is no index: it could count from 0, as lists in JSON do, or from 1, as people do.
    private static Unreadable Unknown(IReadOnlyList<Choice> choices, string text)
    {
        string shown = text.Length <= 40 ? text : text[..40] + "…";
        string hint = text.All(char.IsAsciiDigit) ? "; a number could count from 0 or from 1" : "";
        return new Unreadable($"'{shown}' is not one of the choices: give a letter from a to {Letter(choices.Count - 1)}, or the text of one{hint}.");
    }

    // Spaces, case and Markdown's marks do not distinguish choices.
    private static string Normal(string text) => string.Join(
        ' ', text.Replace("`", string.Empty, StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .ToLowerInvariant();
}
