using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Sampling;
using Backprop.Domain.Sampling;

namespace Backprop.Domain.Practice.Grading.Exercises;

/// <summary>A point at which programs are compared.</summary>
/// <param name="Sizes">The extents by the names of sizes.</param>
/// <param name="Values">The inputs, and the sizes as numbers.</param>
internal sealed record ExercisePoint(IReadOnlyDictionary<string, int> Sizes, IReadOnlyDictionary<string, Tensor> Values)
{
    // Fewer points may miss a branch that is taken seldom.
    private const int LeastPoints = 9;
    private const int LeastPerSize = 2;

    /// <summary>The points of an exercise, several for each entry of its sizes: the same in every process.</summary>
    /// <param name="exercise">The exercise.</param>
    /// <param name="seed">The random seed.</param>
    public static ExercisePoint[] Of(IExercise exercise, long seed = 0)
    {
        int each = Math.Max(LeastPerSize, (LeastPoints + exercise.Sizes.Count - 1) / exercise.Sizes.Count);
        return
        [
            .. exercise.Sizes.SelectMany((sizes, size) => Enumerable.Range(0, each)
                .Select(i => At(exercise, sizes, SeededGenerator.For(seed, "exercise", (size * each) + i), Uniform))),
        ];
    }

    /// <summary>A point of the first sizes whose numbers have two decimals, for readers.</summary>
    /// <param name="exercise">The exercise.</param>
    public static ExercisePoint Shown(IExercise exercise) =>
        At(exercise, exercise.Sizes[0], SeededGenerator.For(0, "shown exercise"), static (random, from, to) => random.Real(from, to, 2));

    /// <summary>A value of the shape of another one, each element from −2 to 2: an upstream gradient.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="name">Its name.</param>
    /// <param name="seed">The random seed.</param>
    public static Tensor Cotangent(Shape shape, string name, long seed)
    {
        SeededGenerator random = SeededGenerator.For(seed, "cotangent " + name);
        return Tensor.Of(Drawn(shape, () => random.Real(Variable.DefaultFrom, Variable.DefaultTo, 2)), shape);
    }

    /// <summary>The sizes for readers: <c>N = 2, D = 3</c>.</summary>
    public override string ToString() => string.Join(", ", Sizes.Select(size => $"{size.Key} = {size.Value}"));

    /// <summary>The extent that an entry of a shape has.</summary>
    public static int Extent(Dimension dimension, IReadOnlyDictionary<string, int> sizes) =>
        dimension.Symbol is { } name ? sizes[name] : dimension.Size;

    private static ExercisePoint At(IExercise exercise, IReadOnlyDictionary<string, int> sizes, SeededGenerator random,
        Func<SeededGenerator, double, double, double> real)
    {
        Dictionary<string, Tensor> values = sizes.ToDictionary(size => size.Key, size => Tensor.Scalar((double)size.Value), StringComparer.Ordinal);
        foreach ((string name, DrawnInput input) in exercise.Inputs)
        {
            Shape shape = Shape.Of([.. input.Shape.Select(dimension => Extent(dimension, sizes))]);
            values[name] = input.Below is { } below
                ? Tensor.Of(Drawn(shape, () => (long)random.Below((uint)Extent(below, sizes))), shape)
                : Tensor.Of(Drawn(shape, () => real(random, input.From, input.To)), shape);
        }

        return new ExercisePoint(sizes, values);
    }

    private static double Uniform(SeededGenerator random, double from, double to) => from + ((to - from) * random.Unit());

    private static T[] Drawn<T>(Shape shape, Func<T> draw) => [.. Enumerable.Range(0, (int)shape.Count).Select(_ => draw())];
}
