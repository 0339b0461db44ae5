using System.Globalization;
using System.Text.RegularExpressions;
using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Grading.Exercises;

/// <summary>
/// Grades corrections of programs: half for the line, half for a statement with which all results agree with those of the right program at drawn
/// points of all sizes. A statement on another line that makes all results right is right, too.
/// </summary>
/// <param name="read">Reads programs.</param>
/// <param name="evaluator">Evaluates nodes.</param>
/// <param name="seed">The random seed of the points.</param>
public sealed partial class DebuggingGrader(ProgramReading read, Evaluator evaluator, long seed = 0)
{
    private const int MaxLength = 1000;
    private const double LineShare = 0.5;
    private readonly ProgramReader reader = new(read);
    private readonly ReferenceCache<DebuggingReference> references = new();

    /// <summary>Grades an answer: an object of <c>line</c> and <c>fix</c>, or the text <c>6: db = sum(dz, axis=0)</c>.</summary>
    /// <param name="key">The exercise.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="GraphException">The program of the key cannot be run.</exception>
    public Grade Grade(DebuggingKey key, SubmittedAnswer answer, CancellationToken cancellationToken = default)
    {
        if (Parse(key, answer, out string reason) is not { } given)
        {
            return new Unreadable(reason);
        }

        try
        {
            DebuggingReference reference = references.Get(
                ExerciseText.Of(key), () => DebuggingReference.Of(key, reader, evaluator, seed, cancellationToken));
            return Grade(key, reference, given.Line, given.Fix, cancellationToken);
        }
        catch (GraphException error)
        {
            return new Unreadable($"With this fix the program cannot be run: {ProgramReader.Reason(error)}");
        }
    }

    /// <summary>Everything that keeps an exercise from being used, besides <see cref="QuestionRules"/>.</summary>
    /// <param name="key">The exercise.</param>
    public IReadOnlyList<QuestionFault> Faults(DebuggingKey key) => new DebuggingFaults(key, reader, evaluator, seed).Find();

    /// <summary>
    /// The corrected program up to the value that its gradients belong to, at a point with short numbers; null if there is no such value.
    /// </summary>
    /// <param name="key">The exercise.</param>
    public WorkedExample? Example(DebuggingKey key)
    {
        string[] lines = key.With(key.Line, key.Correct).Split('\n');
        int last = Array.FindIndex(lines, line => Defined().Match(line).Value.Trim() == key.Of);
        if (key.Of is null || last < 0)
        {
            return null;
        }

        string expression = string.Join('\n', lines.Take(last + 1));
        TensorProgram program = DebuggingReference.Program(key, expression, reader);
        return WorkedExample.Of(key, expression, program.Definition.Inputs.Select(input => input.Name), ExercisePoint.Shown(key).Values);
    }

    private Graded Grade(DebuggingKey key, DebuggingReference reference, int line, string? fix, CancellationToken cancellationToken)
    {
        bool isLine = line == key.Line;
        IReadOnlyDictionary<string, Tensor[]>? yours = fix is null ? null
            : DebuggingReference.Run(key, key.With(line, fix), reference.Points, reader, evaluator, cancellationToken);
        string? differing = yours is null ? null : key.Results.Keys.FirstOrDefault(name => !reference.Results[name].Agrees(yours[name]));
        if (yours is not null && differing is null)
        {
            string feedback = isLine ? Graded.Right.Feedback : $"Correct: all results are right, though the fault was planted on line {key.Line}.";
            return new Graded(1, feedback) { Parts = [new GradedPart("line", true, feedback), new GradedPart("fix", true, feedback)] };
        }

        string why = differing is null ? "The fix is missing." : Differing(reference, differing, yours![differing]);
        GradedPart[] parts =
        [
            new("line", isLine, isLine ? "Correct." : $"The fault is not on line {line}."),
            new("fix", false, why) { Difference = differing is null ? null : First(reference, differing, yours![differing]) },
        ];
        return new Graded(isLine ? LineShare : 0, Known(key, reference, line, yours, cancellationToken) ?? GradedPart.Summary(parts))
        {
            Parts = parts,
        };
    }

    // The feedback of the mistake on the same line, and with the same results if it names a statement.
    private string? Known(DebuggingKey key, DebuggingReference reference, int line, IReadOnlyDictionary<string, Tensor[]>? yours,
        CancellationToken cancellationToken) =>
        key.Mistakes.Where(mistake => mistake.Line == line).OrderBy(mistake => mistake.Fix is null).FirstOrDefault(mistake =>
            mistake.Fix is not { } fix || (yours is not null && AreSame(key, reference, line, fix, yours, cancellationToken)))?.Feedback;

    private bool AreSame(DebuggingKey key, DebuggingReference reference, int line, string fix, IReadOnlyDictionary<string, Tensor[]> yours,
        CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, Tensor[]> wrong =
            DebuggingReference.Run(key, key.With(line, fix), reference.Points, reader, evaluator, cancellationToken);
        return yours.All(result => new TensorComparison(wrong[result.Key]).Agrees(result.Value));
    }

    private static string Differing(DebuggingReference reference, string name, Tensor[] yours)
    {
        TensorComparison right = reference.Results[name];
        int other = Enumerable.Range(0, yours.Length).FirstOrDefault(i => !yours[i].Shape.Equals(right.Right[i].Shape), -1);
        if (other >= 0)
        {
            return $"{name} has shape {yours[other].Shape}, right is {right.Right[other].Shape} ({reference.Points[other]}).";
        }

        EntryDifference first = First(reference, name, yours)!;
        string where = first.Index.Count == 0 ? name : $"{name}[{string.Join(", ", first.Index)}]";
        return string.Create(CultureInfo.InvariantCulture, $"{where} is {first.Yours:G5}, right is {first.Right:G5}.");
    }

    private static EntryDifference? First(DebuggingReference reference, string name, Tensor[] yours)
    {
        TensorComparison right = reference.Results[name];
        for (int point = 0; point < yours.Length && yours[point].Shape.Equals(right.Right[point].Shape); point++)
        {
            if (right.Differences(yours[point], point) is [int element, ..])
            {
                return new EntryDifference(reference.Points[point].Sizes, yours[point].Shape.IndexOf(element), yours[point][element],
                    right.Right[point][element]);
            }
        }

        return null;
    }

    private static (int Line, string? Fix)? Parse(DebuggingKey key, SubmittedAnswer answer, out string reason)
    {
        reason = "Expected are the number of the faulty line and the statement that belongs there: {\"line\": 6, \"fix\": \"…\"} or '6: …'.";
        Match match = Written().Match(answer.Single() ?? "");
        string? number = answer.Names is null ? (match.Success ? match.Groups["line"].Value : null) : answer.Named("line")?.Trim();
        string? fix = answer.Names is null ? match.Groups["fix"].Value : answer.Named("fix");
        if (answer.Names?.FirstOrDefault(name => name is not ("line" or "fix")) is { } unknown)
        {
            reason = $"'{unknown}' is not asked; {reason}";
            return null;
        }

        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int line))
        {
            return null;
        }

        if (line < 1 || line > key.Code.Count)
        {
            reason = $"There is no line {line}; the lines count from 1 to {key.Code.Count}.";
            return null;
        }

        if (fix?.Length > MaxLength)
        {
            reason = $"A statement has at most {MaxLength} characters.";
            return null;
        }

        return (line, string.IsNullOrWhiteSpace(fix) ? null : Statement(key, line, fix));
    }

    // The statement on one line, with the name that the line defines if it has none.
    private static string Statement(DebuggingKey key, int line, string fix)
    {
        HashSet<string> known = [.. DebuggingReference.Known(key), .. key.Code.Select(text => Defined().Match(text).Value.Trim())];
        string statement = new TensorSpelling(known, new Dictionary<string, string>()).Of(fix.Trim()).Replace('\n', ';');
        string name = Defined().Match(key.Code[line - 1]).Value;
        return Defined().IsMatch(statement) ? statement : $"{name} = {statement}";
    }

    [GeneratedRegex(@"\A\s*(?:line\s*)?(?<line>[0-9]+)\s*(?:[:.)]\s*(?<fix>.*)|\s(?<fix>.*))?\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Written();

    [GeneratedRegex(@"\A\s*[\p{L}_][\p{L}\p{N}\p{M}_]*(?=\s*=(?!=))", RegexOptions.CultureInvariant)]
    private static partial Regex Defined();
}
