using System.Security.Cryptography;
using Backprop.Domain.Graphs;
using Backprop.Domain.Operators;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Templates;
using Backprop.Infrastructure.Formats.Expressions;
using Backprop.Infrastructure.Practice;

namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>A valid question with everything that is stored of it.</summary>
/// <param name="Question">The question.</param>
/// <param name="Shown">The draw of seed 0; the question itself if it is not drawn.</param>
/// <param name="Document">The question as JSON.</param>
/// <param name="ShownDocument">The draw of seed 0 as JSON; null if it is not drawn.</param>
/// <param name="Hash">The SHA-256 of both documents.</param>
public sealed record PreparedQuestion(Question Question, Question Shown, byte[] Document, byte[]? ShownDocument, byte[] Hash)
{
    private const int MaxNodes = 1000;
    private static readonly ExpressionParser Parser = new(OperatorTable.All.Select(row => row.Name), MaxNodes);

    /// <summary>Draws and serialises questions whose rules were checked, and checks what needs the expression language or the templates.</summary>
    /// <param name="questions">The questions.</param>
    /// <param name="draw">Draws templates.</param>
    /// <param name="keyFaults">Says what keeps answers from being graded.</param>
    /// <param name="path">The path of a question by its index, ending in a dot, or empty.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="QuestionFaultException">A question has a fault.</exception>
    public static PreparedQuestion[] Of(
        IReadOnlyList<Question> questions, VariantDrawing draw, KeyFaults keyFaults, Func<int, string> path,
            CancellationToken cancellationToken)
    {
        var faults = new List<QuestionFault>();
        var prepared = new List<PreparedQuestion>(questions.Count);
        foreach ((int index, Question question) in questions.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            QuestionFault[] found = [.. Formulas(question)];
            if (found.Length == 0 && Drawn(question, draw, keyFaults, found: out found) is { } shown)
            {
                prepared.Add(Of(question, shown));
            }

            faults.AddRange(found.Select(fault => fault with { Path = path(index) + fault.Path }));
        }

        return faults.Count > 0 ? throw new QuestionFaultException(faults) : [.. prepared];
    }

    private static PreparedQuestion Of(Question question, Question shown)
    {
        byte[] document = QuestionJson.Write(question);
        byte[]? shownDocument = question.Template is null ? null : QuestionJson.Write(shown);
        return new PreparedQuestion(question, shown, document, shownDocument, SHA256.HashData([.. document, .. shownDocument ?? []]));
    }

    private static Question? Drawn(Question question, VariantDrawing draw, KeyFaults keyFaults, out QuestionFault[] found)
    {
        try
        {
            Question shown = question.Template is null ? question : draw(question, 0);
            found = [.. Faults(shown, keyFaults, question.Topic, isDrawn: question.Template is not null)];
            return shown;
        }
        catch (TemplateException refused)
        {
            found = [new QuestionFault(refused.Path, refused.Message)];
            return null;
        }
    }

    // The rules were checked on the template; formulas and programs must be run to know whether answers can be compared with them.
    private static IEnumerable<QuestionFault> Faults(Question shown, KeyFaults keyFaults, string topic, bool isDrawn)
    {
        QuestionFault[] broken = isDrawn
            ? [.. QuestionRules.Check(shown, new HashSet<string> { topic })
                .Select(fault => fault with { Message = $"In the draw of seed 0: {fault.Message}" })]
            : [];
        return broken.Length == 0 ? keyFaults(shown) : broken;
    }

    private static IEnumerable<QuestionFault> Formulas(Question question)
    {
        if (question.Figure is { } figure && question.Template is null && Fault(figure.Expression) is { } unread)
        {
            yield return new QuestionFault("figure.expression", unread);
        }

        if (question.Expression is not { } key)
        {
            yield break;
        }

        if (key.Formula is { } formula && Fault(formula, key.Variables) is { } wrong)
        {
            yield return new QuestionFault("expression.formula", wrong);
        }

        foreach ((int index, ExpressionMistake mistake) in key.Mistakes.Index())
        {
            if (Fault(mistake.Formula, key.Variables) is { } fault)
            {
                yield return new QuestionFault($"expression.mistakes[{index}].formula", fault);
            }
        }
    }

    private static string? Fault(string expression, IReadOnlyList<Variable>? variables = null)
    {
        try
        {
            GraphDefinition graph = Parser.Parse(expression);
            string? unknown = variables is null ? null : graph.Inputs.Select(input => input.Name).Except(variables.Select(variable => variable.Name))
                .FirstOrDefault();
            return unknown is null ? null : $"'{unknown}' is not one of the variables.";
        }
        catch (GraphException syntax)
        {
            return syntax.Message;
        }
    }
}
