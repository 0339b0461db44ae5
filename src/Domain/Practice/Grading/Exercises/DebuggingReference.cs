using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Grading.Exercises;

/// <summary>The right results of a debugging exercise at its points.</summary>
/// <param name="Points">The points.</param>
/// <param name="Results">The results of the corrected program by their names.</param>
internal sealed record DebuggingReference(IReadOnlyList<ExercisePoint> Points, IReadOnlyDictionary<string, TensorComparison> Results)
{
    /// <summary>The reference of an exercise.</summary>
    /// <param name="key">The exercise.</param>
    /// <param name="reader">Reads programs.</param>
    /// <param name="evaluator">Evaluates nodes.</param>
    /// <param name="seed">The random seed of the points.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="GraphException">The program cannot be read or run.</exception>
    public static DebuggingReference Of(
        DebuggingKey key, ProgramReader reader, Evaluator evaluator, long seed, CancellationToken cancellationToken)
    {
        ExercisePoint[] points = ExercisePoint.Of(key, seed);
        IReadOnlyDictionary<string, Tensor[]> results = Run(key, key.With(key.Line, key.Correct), points, reader, evaluator, cancellationToken);
        return new DebuggingReference(
            points, results.ToDictionary(pair => pair.Key, pair => new TensorComparison(pair.Value), StringComparer.Ordinal));
    }

    /// <summary>The compared values of a program at each point.</summary>
    /// <exception cref="GraphException">The program cannot be read or run, or does not define a result.</exception>
    public static IReadOnlyDictionary<string, Tensor[]> Run(DebuggingKey key, string text, IReadOnlyList<ExercisePoint> points,
        ProgramReader reader, Evaluator evaluator, CancellationToken cancellationToken)
    {
        TensorProgram program = Program(key, text, reader, cancellationToken);
        string[] names = [.. key.Results.Keys];
        if (names.FirstOrDefault(name => !program.Names.Contains(name)) is { } missing)
        {
            throw new GraphException("expression", $"the program does not define '{missing}'");
        }

        var meter = new WorkMeter(evaluator);
        IReadOnlyDictionary<string, Tensor>[] found = [.. points.Select(point => program.Run(point.Values, names, meter, cancellationToken))];
        return names.ToDictionary(name => name, name => Array.ConvertAll(found, at => at[name]), StringComparer.Ordinal);
    }

    /// <summary>The program of a text with the inputs of an exercise.</summary>
    public static TensorProgram Program(DebuggingKey key, string text, ProgramReader reader, CancellationToken cancellationToken = default) =>
        reader.Read(text, Known(key), cancellationToken);

    /// <summary>The names that a program may use without defining them.</summary>
    public static HashSet<string> Known(DebuggingKey key) => [.. key.Inputs.Keys, .. key.Sizes[0].Keys];
}
