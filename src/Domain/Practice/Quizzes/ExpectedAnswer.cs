using System.Globalization;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Templates;

namespace Backprop.Domain.Practice.Quizzes;

/// <summary>The answer that a question expects, in the form in which it may be submitted: graded, it scores 1.</summary>
public static class ExpectedAnswer
{
    private const int ShownDigits = 6;

    /// <summary>A right answer to a question whose key is complete; the model answer of an interview question.</summary>
    /// <exception cref="ArgumentException">The key of the question is not complete.</exception>
    public static SubmittedAnswer Of(Question question) => question switch
    {
        { Kind: QuestionFormat.MultipleChoice, Choices: { } choices } => choices.First(choice => choice.Correct).Text,
        { Kind: QuestionFormat.MultiSelect, Choices: { } choices } =>
            new SubmittedAnswer([.. choices.Where(choice => choice.Correct).Select(choice => choice.Text)], IsList: true),
        { Kind: QuestionFormat.Numeric, Numeric: { Value: { } value } key } => Number(key, value),
        { Kind: QuestionFormat.Expression, Expression.Formula: { } formula } => formula,
        { Kind: QuestionFormat.TrueFalse, Truth.Value: { } truth } => truth ? "true" : "false",
        { Derivation.Asked: { } asked } =>
            new SubmittedAnswer([.. asked.Select(gradient => gradient.Expression)]) { Names = [.. asked.Select(gradient => gradient.Name)] },
        { Debugging: { } key } => new SubmittedAnswer([key.Line.ToString(CultureInfo.InvariantCulture), key.Correct]) { Names = ["line", "fix"] },
        { Interview: { } key } => key.ModelAnswer,
        _ => throw new ArgumentException($"The question {question.Id} of kind {question.Kind} has no key.", nameof(question)),
    };

    private static string Number(NumericKey key, double value)
    {
        // Programs read it, too: with a hyphen for the minus sign.
        string digits = (Shown.Exactly(value) ?? Rounded(key, value)).Replace('−', '-');
        if (key.SignificantFigures is { } figures && QuantityReader.Read(digits).Quantity is { } read && read.Figures < figures)
        {
            digits = value.ToString($"0.{new string('0', figures - 1)}E+0", CultureInfo.InvariantCulture);
        }

        return key.Unit is { } unit ? $"{digits} {unit}" : digits;
    }

    // Six digits are readable; all of them if the key is stricter.
    private static string Rounded(NumericKey key, double value)
    {
        int digits = Math.Max(ShownDigits, key.SignificantFigures ?? 0);
        return key.IsMetBy(value, Shown.Significant(value, digits)) ? Shown.Rounded(value, digits)
            : value.ToString("R", CultureInfo.InvariantCulture);
    }
}
