using System.Globalization;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Quizzes;

namespace Backprop.Grading;

/// <summary>Answers to exercises: right, wrong with a known cause, wrong in other ways, and unreadable.</summary>
internal static class Answers
{
    private static readonly string[] Slips = ["-({0})", "2 * ({0})", "({0}) + 0.01", "({0})**2", "({0}"];

    public static IEnumerable<SubmittedAnswer> To(Question question)
    {
        SubmittedAnswer right = ExpectedAnswer.Of(question);
        yield return right;
        if (question.Derivation is { } derivation)
        {
            foreach ((int index, AskedGradient asked) in derivation.Asked.Index())
            {
                int last = asked.Expression.LastIndexOf('\n') + 1;
                foreach (string wrong in Slips.Select(slip => asked.Expression[..last] + string.Format(CultureInfo.InvariantCulture, slip, asked.Expression[last..]))
                    .Concat(asked.Mistakes.Select(mistake => mistake.Expression)))
                {
                    yield return right with { Texts = [.. right.Texts.Select((text, i) => i == index ? wrong : text)] };
                }
            }
        }

        foreach (DebuggingMistake mistake in question.Debugging?.Mistakes ?? [])
        {
            yield return right with { Texts = [mistake.Line.ToString(CultureInfo.InvariantCulture), mistake.Fix ?? question.Debugging!.Code[mistake.Line - 1]] };
        }
    }
}
