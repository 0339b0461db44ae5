using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Grading;

/// <summary>Grades answers to drawn questions.</summary>
/// <param name="expressions">Reads and evaluates formulas.</param>
public sealed class QuestionGrader(ExpressionGrader expressions)
{
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
}
