using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Suggestions;

namespace Backprop.Domain.Practice.Grading.Exercises;

/// <summary>
/// Grades gradients by value: one is right if its shape and elements are those of reverse mode at drawn points of all sizes, in float64. Any spelling
/// is accepted; an answer may use the values of the program, and helper statements of its own.
/// </summary>
/// <param name="read">Reads programs.</param>
/// <param name="evaluator">Evaluates nodes.</param>
/// <param name="seed">The random seed of the points.</param>
public sealed class DerivationGrader(ProgramReading read, Evaluator evaluator, long seed = 0)
{
    private const int MaxLength = 4000;
    private readonly ProgramReader reader = new(read);
    private readonly ReferenceCache<DerivationReference> references = new();

    /// <summary>
    /// Grades an answer: expressions by the names of the gradients, a program that defines them, or one expression if one gradient is asked.
    /// </summary>
    /// <param name="key">The derivation.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="GraphException">The program of the key cannot be run.</exception>
    public Grade Grade(DerivationKey key, SubmittedAnswer answer, CancellationToken cancellationToken = default)
    {
        DerivationReference reference = Reference(key, cancellationToken);
        try
        {
            if (Read(key, reference, answer, cancellationToken, out Unreadable? refusal) is not { } given)
            {
                return refusal!;
            }

            Dictionary<string, Tensor[]> values = Values(key, reference, given, cancellationToken);
            GradedPart[] parts = [.. key.Asked.Select(asked => Part(key, reference, asked, values.GetValueOrDefault(asked.Name), cancellationToken))];
            double score = (double)parts.Count(part => part.IsCorrect) / parts.Length;
            return new Graded(score, GradedPart.Summary(parts)) { Parts = parts };
        }
        catch (GraphException error)
        {
            return new Unreadable($"The answer cannot be evaluated: {ProgramReader.Reason(error)}");
        }
    }

    /// <summary>Everything that keeps a derivation from being used, besides <see cref="QuestionRules"/>.</summary>
    /// <param name="key">The derivation.</param>
    public IReadOnlyList<QuestionFault> Faults(DerivationKey key) => new DerivationFaults(key, this, reader).Find();

    /// <summary>The program at a point with short numbers.</summary>
    /// <param name="key">The derivation.</param>
    public WorkedExample Example(DerivationKey key)
    {
        TensorProgram forward = DerivationReference.Forwards(key, reader);
        return WorkedExample.Of(key, forward, DerivationReference.At(key, forward, ExercisePoint.Shown(key), 0, new WorkMeter(evaluator)));
    }

    internal DerivationReference Reference(DerivationKey key, CancellationToken cancellationToken) =>
        references.Get(ExerciseText.Of(key), () => DerivationReference.Of(key, reader, evaluator, seed, cancellationToken));

    // The programs by the gradients that they define.
    private Dictionary<string, TensorProgram>? Read(
        DerivationKey key, DerivationReference reference, SubmittedAnswer answer, CancellationToken cancellationToken, out Unreadable? refusal)
    {
        refusal = null;
        string[] asked = [.. key.Asked.Select(gradient => gradient.Name)];
        if (answer.Texts.Any(text => text.Length > MaxLength))
        {
            refusal = new Unreadable($"An expression has at most {MaxLength} characters.");
            return null;
        }

        if (answer.Names is { } names && answer.Texts.Any(text => !string.IsNullOrWhiteSpace(text)))
        {
            TensorSpelling spelling = Spelling(key, reference);
            if (names.FirstOrDefault(name => Asked(key, spelling.Of(name)) is null) is { } unknown)
            {
                refusal = new Unreadable($"'{unknown}' is not asked{new NameSuggestions(asked).Hint(unknown)}");
                return null;
            }

            return names.Zip(answer.Texts, (name, text) => (Name: Asked(key, spelling.Of(name))!, Text: text))
                .Where(part => !string.IsNullOrWhiteSpace(part.Text)).DistinctBy(part => part.Name)
                .ToDictionary(part => part.Name, part => Program(key, reference, part.Text, cancellationToken), StringComparer.Ordinal);
        }

        if (answer.Single() is not { } text)
        {
            refusal = new Unreadable(Expected(asked));
            return null;
        }

        TensorProgram program = Program(key, reference, text, cancellationToken);
        string[] defined = [.. asked.Where(name => program.Names.Contains(name))];
        if (defined.Length == 0 && asked.Length > 1)
        {
            refusal = new Unreadable(Expected(asked));
            return null;
        }

        return (defined.Length == 0 ? asked : defined).ToDictionary(name => name, _ => program, StringComparer.Ordinal);
    }

    private static string Expected(string[] asked) => asked.Length == 1
        ? $"One expression is expected, such as '{asked[0]} = …'."
        : $"Expected are {string.Join(", ", asked)}: an object with a member for each, or a statement on a line for each, such as '{asked[0]} = …'.";

    // The gradient that a name stands for: dx, or the value x itself.
    private static string? Asked(DerivationKey key, string name) =>
        (key.Asked.FirstOrDefault(asked => asked.Name == name.Trim()) ?? key.Asked.FirstOrDefault(asked => asked.Of == name.Trim()))?.Name;

    private TensorProgram Program(DerivationKey key, DerivationReference reference, string text, CancellationToken cancellationToken) =>
        reader.Read(Spelling(key, reference).Of(text), Known(key, reference), cancellationToken);

    // Later gradients may use earlier ones.
    private static HashSet<string> Known(DerivationKey key, DerivationReference reference) =>
        [.. reference.Names, .. key.Asked.Select(asked => asked.Name)];

    private static TensorSpelling Spelling(DerivationKey key, DerivationReference reference)
    {
        Dictionary<string, string> gradients = key.Asked.ToDictionary(asked => asked.Of, asked => asked.Name, StringComparer.Ordinal);
        foreach ((string output, string name) in key.Cotangents)
        {
            gradients[output] = name;
        }

        return new TensorSpelling(Known(key, reference), gradients);
    }

    private Dictionary<string, Tensor[]> Values(
        DerivationKey key, DerivationReference reference, Dictionary<string, TensorProgram> given, CancellationToken cancellationToken)
    {
        var meter = new WorkMeter(evaluator);
        Dictionary<string, Tensor[]> values = given.Keys.ToDictionary(name => name, _ => new Tensor[reference.Points.Count], StringComparer.Ordinal);
        IGrouping<TensorProgram, string>[] order =
            [.. key.Asked.Select(asked => asked.Name).Where(given.ContainsKey).GroupBy(name => given[name])];
        for (int i = 0; i < reference.Points.Count; i++)
        {
            var known = new Dictionary<string, Tensor>(reference.Points[i].Known, StringComparer.Ordinal);
            foreach (IGrouping<TensorProgram, string> names in order)
            {
                if (names.Key.Definition.Inputs.FirstOrDefault(input => !known.ContainsKey(input.Name)) is { } missing)
                {
                    throw new GraphException("expression", $"'{missing.Name}' is used before it is given");
                }

                string[] results = [.. names.Select(name => names.Key.Names.Contains(name) ? name : names.Key.Result)];
                IReadOnlyDictionary<string, Tensor> found = names.Key.Run(known, [.. results.Distinct()], meter, cancellationToken);
                foreach ((string name, string result) in names.Zip(results))
                {
                    known[name] = values[name][i] = found[result];
                }
            }
        }

        return values;
    }

    private GradedPart Part(
        DerivationKey key, DerivationReference reference, AskedGradient asked, Tensor[]? yours, CancellationToken cancellationToken)
    {
        if (yours is null)
        {
            return new GradedPart(asked.Name, false, "It is missing.");
        }

        if (reference.Gradients[asked.Name].Agrees(yours))
        {
            return new GradedPart(asked.Name, true, "Correct.");
        }

        var remark = new GradientRemark(key, reference, asked);
        return new GradedPart(asked.Name, false, KnownMistake(key, reference, asked, yours, cancellationToken) ?? remark.Of(yours))
        {
            Difference = remark.First(yours),
        };
    }

    // The feedback of the mistake with these values.
    private string? KnownMistake(
        DerivationKey key, DerivationReference reference, AskedGradient asked, Tensor[] yours, CancellationToken cancellationToken) =>
        asked.Mistakes.FirstOrDefault(mistake =>
        {
            var program = new Dictionary<string, TensorProgram> { [asked.Name] = Program(key, reference, mistake.Expression, cancellationToken) };
            return new TensorComparison(Values(key, reference, program, cancellationToken)[asked.Name]).Agrees(yours);
        })?.Feedback;
}
