using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Grading;

/// <summary>Grades answers to drawn questions.</summary>
/// <param name="expressions">Reads and evaluates formulas.</param>
public sealed class QuestionGrader(ExpressionGrader expressions)
{
    private const int MaxAnswer = 10_000;

    /// <summary>Grades an answer to a question whose key is complete.</summary>
    /// <param name="question">The question as it was shown, with its choices in that order.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="cancellationToken">Ends the evaluation of formulas.</param>
    /// <exception cref="ArgumentException">Only a person can grade the question, or its key is not complete.</exception>
    public Grade Grade(Question question, SubmittedAnswer answer, CancellationToken cancellationToken = default) => question switch
    {
        { Kind: QuestionFormat.MultipleChoice, Choices: { } choices } => ChoiceGrader.GradeOne(choices, answer),
        { Kind: QuestionFormat.MultiSelect, Choices: { } choices } => ChoiceGrader.GradeAll(choices, answer),
        { Kind: QuestionFormat.Numeric, Numeric: { } key } => NumericGrader.Grade(key, answer),
        { Kind: QuestionFormat.Expression, Expression: { } key } => expressions.Grade(key, answer, cancellationToken),
        { Kind: QuestionFormat.TrueFalse, Truth: { } key } => TruthGrader.Grade(key, answer),
        _ => throw new ArgumentException($"The question {question.Id} of kind {question.Kind} has no key.", nameof(question)),
    };

    /// <summary>Grades an answer that is to count.</summary>
    /// <param name="question">The question as it was shown, with its choices in that order.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="cancellationToken">Ends the evaluation of formulas.</param>
    /// <exception cref="PracticeException">It is too long to be stored, cannot be read, or only a person can grade it.</exception>
    public Graded GradeOrRefuse(Question question, SubmittedAnswer answer, CancellationToken cancellationToken)
    {
        if (question.Interview is not null)
        {
            throw Refused("The service cannot grade answers to interview questions; send a rating instead.");
        }

        if (answer.Texts.Count > MaxAnswer || answer.Texts.Sum(text => (long)text.Length) > MaxAnswer)
        {
            throw Refused($"answer must have at most {MaxAnswer} characters.");
        }

        return Grade(question, answer, cancellationToken) switch
        {
            Graded graded => graded,
            Unreadable unreadable => throw Refused(unreadable.Reason),
            _ => throw new InvalidOperationException(),
        };
    }

    private static PracticeException Refused(string message) => new(PracticeError.UngradableAnswer, message);
}
