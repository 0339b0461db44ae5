using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Training.Optimizers;

/// <summary>
/// An optimizer with its hyperparameters: transformations that turn the gradient of a parameter into its update, one after another, as optax composes
/// them. The update times the learning rate is subtracted from the parameter.
/// </summary>
public sealed class Optimizer
{
    private static readonly ImmutableArray<OptimizerRow> Rows = [Sgd.Row, Adagrad.Row, RmsProp.Row, Adam.Row, AdamW.Row, Lion.Row];

    private readonly ImmutableArray<GradientTransformation> transformations;

    private Optimizer(double learningRate, ImmutableArray<GradientTransformation> transformations)
    {
        (LearningRate, this.transformations) = (learningRate, transformations);
        States = [.. transformations.SelectMany(transformation => transformation.States)];
    }

    /// <summary>The learning rate before any schedule.</summary>
    public double LearningRate { get; }

    /// <summary>The names of the values that it keeps for each parameter, of the parameter's type and 0 at first.</summary>
    public ImmutableArray<string> States { get; }

    /// <summary>The optimizer for these options.</summary>
    /// <exception cref="GraphException">It does not have a hyperparameter that is given, or its value is out of range.</exception>
    public static Optimizer Of(OptimizerOptions options)
    {
        OptimizerRow row = Rows.First(row => row.Name == options.Name);
        Hyperparameters given = Hyperparameters.Of(row.Label, row.Hyperparameters, options);
        return new Optimizer(given[Hyperparameter.LearningRate], row.Chain(given));
    }

    /// <summary>The parameter after an update; the states after it are kept in <paramref name="update"/>.</summary>
    public Node Updated(ParameterUpdate update, Node gradient)
    {
        foreach (GradientTransformation transformation in transformations)
        {
            gradient = transformation.Apply(update, gradient);
        }

        return update.B.Sub(update.Parameter, update.B.Mul(update.Number(update.LearningRate), gradient));
    }
}
