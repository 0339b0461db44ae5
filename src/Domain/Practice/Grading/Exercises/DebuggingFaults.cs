using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Grading.Exercises;

/// <summary>Finds what is wrong with a debugging exercise by running it: whatever <see cref="QuestionRules"/> cannot see.</summary>
/// <param name="key">The exercise.</param>
/// <param name="reader">Reads programs.</param>
/// <param name="evaluator">Evaluates nodes.</param>
/// <param name="seed">The random seed of the points.</param>
internal sealed class DebuggingFaults(DebuggingKey key, ProgramReader reader, Evaluator evaluator, long seed)
{
    private readonly FoundFaults faults = new();

    /// <summary>The faults; paths begin at the question.</summary>
    public IReadOnlyList<QuestionFault> Find()
    {
        DebuggingReference? reference = faults.Tried(
            "debugging.correct", () => DebuggingReference.Of(key, reader, evaluator, seed, CancellationToken.None));
        if (reference is null)
        {
            return faults.All;
        }

        if (!reference.Results.Values.All(result => result.Right.All(FoundFaults.IsFinite)))
        {
            faults.Add("debugging.results", "A result is not finite at a drawn point; narrow the ranges of the inputs.");
            return faults.All;
        }

        CheckWrong(reference, "debugging.code", string.Join('\n', key.Code), "The program is right as it stands.");
        foreach ((int index, DebuggingMistake mistake) in key.Mistakes.Index())
        {
            if (mistake.Fix is { } fix)
            {
                CheckWrong(reference, $"debugging.mistakes[{index}].fix", key.With(mistake.Line, fix), "With this statement the program is right.");
            }
        }

        CheckGradients(reference);
        return faults.All;
    }

    private void CheckWrong(DebuggingReference reference, string path, string text, string message)
    {
        IReadOnlyDictionary<string, Tensor[]>? results = faults.Tried(path, () => Results(reference, text));
        if (results is not null && results.All(result => reference.Results[result.Key].Agrees(result.Value)))
        {
            faults.Add(path, message);
        }
    }

    private IReadOnlyDictionary<string, Tensor[]> Results(DebuggingReference reference, string text) =>
        DebuggingReference.Run(key, text, reference.Points, reader, evaluator, CancellationToken.None);

    private void CheckGradients(DebuggingReference reference)
    {
        if (key.Of is not { } loss)
        {
            return;
        }

        TensorProgram program = DebuggingReference.Program(key, key.With(key.Line, key.Correct), reader);
        if (!program.Names.Contains(loss))
        {
            faults.Add("debugging.of", $"The program does not define '{loss}'.");
            return;
        }

        var ended = new TensorProgram(program.Definition with { Outputs = [loss] });
        foreach ((string name, string? input) in key.Results.Where(result => result.Value is not null))
        {
            string path = $"debugging.results.{name}";
            var meter = new WorkMeter(evaluator);
            Tensor[]? gradients = faults.Tried(path, () => reference.Points.Select(point =>
                ended.Gradients(point.Values, new Dictionary<string, Tensor>(), [input!], meter)[input!]).ToArray());
            if (gradients is not null && !new TensorComparison(gradients).Agrees(reference.Results[name].Right))
            {
                faults.Add(path, $"The corrected program's {name} is not the gradient of {loss} with respect to {input}.");
            }
        }
    }
}
