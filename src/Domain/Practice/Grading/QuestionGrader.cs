using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Grading.Exercises;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Grading;

/// <summary>Grades answers to drawn questions.</summary>
/// <param name="expressions">Reads and evaluates formulas.</param>
/// <param name="derivations">Grades gradients.</param>
/// <param name="debugging">Grades corrections of programs.</param>
public sealed class QuestionGrader(ExpressionGrader expressions, DerivationGrader derivations, DebuggingGrader debugging)
{
    private const int MaxAnswer = 10_000;

    /// <summary>Grades an answer to a question whose key is complete.</summary>
    /// <param name="question">The question as it was shown, with its choices in that order.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="cancellationToken">Ends the evaluation of formulas.</param>
    /// <exception cref="ArgumentException">Only a person can grade the question, or its key is not complete.</exception>
    public Grade Grade(Question question, SubmittedAnswer answer, CancellationToken cancellationToken = default) => question switch
    {
        { Derivation: { } key } => derivations.Grade(key, answer, cancellationToken),
        { Debugging: { } key } => debugging.Grade(key, answer, cancellationToken),
        _ when answer.Names is not null => new Unreadable("An answer to a question of this kind is no object: give a text, a number or a list."),
        { Kind: QuestionFormat.MultipleChoice, Choices: { } choices } => ChoiceGrader.GradeOne(choices, answer),
        { Kind: QuestionFormat.MultiSelect, Choices: { } choices } => ChoiceGrader.GradeAll(choices, answer),
        { Kind: QuestionFormat.Numeric, Numeric: { } key } => NumericGrader.Grade(key, answer),
        { Kind: QuestionFormat.Expression, Expression: { } key } => expressions.Grade(key, answer, cancellationToken),
        { Kind: QuestionFormat.TrueFalse, Truth: { } key } => TruthGrader.Grade(key, answer),
        _ => throw new ArgumentException($"The question {question.Id} of kind {question.Kind} has no key.", nameof(question)),
    };

    /// <summary>Everything that keeps answers from being graded by the key of a question; paths begin at the question.</summary>
    /// <param name="question">The question, with a complete key that keeps the rules.</param>
    public IReadOnlyList<QuestionFault> Faults(Question question) => question switch
    {
        { Expression: { } key } => expressions.Fault(key) is { } fault ? [new QuestionFault("expression", fault)] : [],
        { Derivation: { } key } => derivations.Faults(key),
        { Debugging: { } key } => debugging.Faults(key),
        _ => [],
    };

    /// <summary>The graph whose walk-through is the worked solution of a question; null if there is none.</summary>
    /// <param name="question">The question, with a complete key.</param>
    /// <exception cref="GraphException">It cannot be read.</exception>
    public WorkedExample? Example(Question question) => question switch
    {
        { Derivation: { } key } => derivations.Example(key),
        { Debugging: { } key } => debugging.Example(key),
        { Figure: { } figure } => expressions.Example(figure),
        _ => null,
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
