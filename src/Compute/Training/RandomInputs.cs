using Backprop.Domain.Graphs;
using Backprop.Domain.Sampling;

namespace Backprop.Compute.Training;

/// <summary>Random values that are drawn for each micro-batch, as functions of the random seed, the step and the node.</summary>
internal sealed class RandomInputs
{
    private readonly IReadOnlyList<RandomDraw> draws;

    public RandomInputs(IReadOnlyList<RandomDraw> draws)
    {
        this.draws = draws;
        Tensors = [.. draws.Select(draw => Tensor.Zeros(draw.Input.Type))];
    }

    /// <summary>The values, in the order of the draws.</summary>
    public Tensor[] Tensors { get; }

    /// <summary>Draws new values.</summary>
    /// <param name="seed">The random seed of the run.</param>
    /// <param name="position">The number of the micro-batch among all of the run.</param>
    public void Draw(long seed, long position)
    {
        for (int i = 0; i < Tensors.Length; i++)
        {
            Draw(Tensors[i], draws[i].Draw, SeededGenerator.For(seed, draws[i].Name, position));
        }
    }

    private static void Draw(Tensor tensor, Func<SeededGenerator, double> draw, SeededGenerator random)
    {
        if (tensor.DType == DType.Float32)
        {
            foreach (ref float value in tensor.Values<float>())
            {
                value = (float)draw(random);
            }

            return;
        }

        foreach (ref double value in tensor.Values<double>())
        {
            value = draw(random);
        }
    }
}
