using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Grading.Exercises;

/// <summary>A point of a derivation with everything that is known there.</summary>
/// <param name="Point">The point.</param>
/// <param name="Known">Inputs, sizes, values of the program and upstream gradients, by name.</param>
/// <param name="Cotangents">The upstream gradients by output.</param>
internal sealed record DerivationPoint(
    ExercisePoint Point, IReadOnlyDictionary<string, Tensor> Known, IReadOnlyDictionary<string, Tensor> Cotangents);

/// <summary>The right gradients of a derivation at its points, computed by reverse mode.</summary>
internal sealed class DerivationReference
{
    private readonly Lazy<IReadOnlyList<ForgottenStep>> forgotten;

    private DerivationReference(TensorProgram forward, DerivationPoint[] points, Dictionary<string, TensorComparison> gradients,
        Func<DerivationReference, IReadOnlyList<ForgottenStep>> forgotten)
    {
        Forward = forward;
        Points = points;
        Gradients = gradients;
        this.forgotten = new Lazy<IReadOnlyList<ForgottenStep>>(() => forgotten(this));
    }

    /// <summary>The program.</summary>
    public TensorProgram Forward { get; }

    /// <summary>The points.</summary>
    public IReadOnlyList<DerivationPoint> Points { get; }

    /// <summary>The right gradients by their names.</summary>
    public IReadOnlyDictionary<string, TensorComparison> Gradients { get; }

    /// <summary>The names that an answer may use.</summary>
    public IReadOnlySet<string> Names { get; private init; } = new HashSet<string>();

    /// <summary>The gradients that result if one step of the backward pass is forgotten; computed on first use.</summary>
    public IReadOnlyList<ForgottenStep> Forgotten => forgotten.Value;

    /// <summary>The reference of a derivation.</summary>
    /// <param name="key">The derivation.</param>
    /// <param name="reader">Reads programs.</param>
    /// <param name="evaluator">Evaluates nodes.</param>
    /// <param name="seed">The random seed of the points.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="GraphException">The program cannot be read, run or differentiated.</exception>
    public static DerivationReference Of(
        DerivationKey key, ProgramReader reader, Evaluator evaluator, long seed, CancellationToken cancellationToken)
    {
        TensorProgram forward = Forwards(key, reader, cancellationToken);
        var meter = new WorkMeter(evaluator);
        DerivationPoint[] points = [.. ExercisePoint.Of(key, seed).Select((point, i) => At(key, forward, point, seed + i, meter, cancellationToken))];
        string[] wrt = [.. key.Asked.Select(asked => asked.Of).Distinct()];
        IReadOnlyDictionary<string, Tensor>[] found =
            [.. points.Select(point => forward.Gradients(point.Known, point.Cotangents, wrt, meter, cancellationToken))];
        Dictionary<string, TensorComparison> gradients = key.Asked.ToDictionary(
            asked => asked.Name, asked => new TensorComparison([.. found.Select(at => at[asked.Of])]), StringComparer.Ordinal);
        return new DerivationReference(forward, points, gradients, made => ForgottenSteps.Of(key, made, evaluator))
        {
            Names = points[0].Known.Keys.ToHashSet(StringComparer.Ordinal),
        };
    }

    /// <summary>The program of a derivation.</summary>
    public static TensorProgram Forwards(DerivationKey key, ProgramReader reader, CancellationToken cancellationToken = default) =>
        reader.Read(key.Forward, key.Inputs.Keys.Concat(key.Sizes[0].Keys).ToHashSet(StringComparer.Ordinal), cancellationToken);

    /// <summary>A point with the values of the program and its upstream gradients.</summary>
    public static DerivationPoint At(
        DerivationKey key, TensorProgram forward, ExercisePoint point, long seed, WorkMeter meter, CancellationToken cancellationToken = default)
    {
        var known = new Dictionary<string, Tensor>(point.Values, StringComparer.Ordinal);
        foreach ((string name, Tensor value) in forward.Run(point.Values, forward.Names, meter, cancellationToken))
        {
            known[name] = value;
        }

        Dictionary<string, Tensor> cotangents = key.Cotangents.ToDictionary(
            pair => pair.Key, pair => ExercisePoint.Cotangent(known[pair.Key].Shape, pair.Key, seed), StringComparer.Ordinal);
        foreach ((string output, string name) in key.Cotangents)
        {
            known[name] = cotangents[output];
        }

        return new DerivationPoint(point, known, cotangents);
    }
}
