using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Training.Batches;
using Backprop.Domain.Training.Optimizers;
using Backprop.Domain.Training.Schedules;
using Backprop.Domain.Training.Steps;

namespace Backprop.Domain.Training.Binding;

/// <summary>A training run whose names, types and numbers are known to fit together.</summary>
public sealed class BoundTraining
{
    /// <summary>The graph of the loss; every parameter is an input.</summary>
    public required TopologicalOrder Order { get; init; }

    /// <summary>The output to minimize.</summary>
    public required string Loss { get; init; }

    /// <summary>The parameters, in the order of the graph's inputs.</summary>
    public required IReadOnlyList<BoundParameter> Parameters { get; init; }

    /// <summary>The data; its leading axis runs over examples.</summary>
    public required IReadOnlyList<BoundValue> Data { get; init; }

    /// <summary>The inputs that are the same in every step.</summary>
    public required IReadOnlyList<BoundValue> Fixed { get; init; }

    /// <summary>The validation data in the order of the data; empty if there is none.</summary>
    public required IReadOnlyList<BoundValue> Validation { get; init; }

    /// <summary>Which examples each step sees.</summary>
    public required MiniBatches Batches { get; init; }

    /// <summary>The batches of the validation data, in order; null if there is none.</summary>
    public required MiniBatches? ValidationBatches { get; init; }

    /// <summary>The steps between two validations.</summary>
    public required long ValidationInterval { get; init; }

    /// <summary>The optimizer.</summary>
    public required Optimizer Optimizer { get; init; }

    /// <summary>The learning rate of each step.</summary>
    public required LearningRateSchedule Schedule { get; init; }

    /// <summary>The steps of the whole run.</summary>
    public required long Steps { get; init; }

    /// <summary>What each input of the graph is, in their order.</summary>
    public required IReadOnlyList<StepValue> Roles { get; init; }

    /// <summary>The types of the graph's inputs for a number of examples.</summary>
    /// <exception cref="GraphException">The graph declares another shape.</exception>
    public BoundInputs InputsOf(int examples)
    {
        TensorType[] types = [.. Roles.Select(role => role.Role switch
        {
            StepRole.Data => Data[role.Index].TypeOf(examples),
            StepRole.Fixed => Fixed[role.Index].Tensor.Type,
            _ => Parameters[role.Index].Type,
        })];
        DeclaredShapes.Require(this, types);
        return new BoundInputs(types, [.. Roles.Select(role => role.Role == StepRole.Fixed ? Fixed[role.Index].Tensor : Unknown)], null);
    }

    /// <summary>The inputs whose values may not decide a shape, because they change.</summary>
    public IReadOnlyList<string> Changing => [.. Parameters.Select(parameter => parameter.Name).Concat(Data.Select(value => value.Name))];

    private static Tensor Unknown { get; } = Tensor.Scalar(0.0);
}

/// <summary>A parameter.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Value">Its initial value, or null if it is drawn.</param>
/// <param name="Initializer">How it is drawn.</param>
public sealed record BoundParameter(string Name, TensorType Type, Tensor? Value, InitializerOptions? Initializer);

/// <summary>A value of an input.</summary>
/// <param name="Name">The name of the input.</param>
/// <param name="Tensor">The value.</param>
public sealed record BoundValue(string Name, Tensor Tensor)
{
    /// <summary>The type of a number of examples.</summary>
    public TensorType TypeOf(int examples) => new(Tensor.DType, Shape.Of([examples, .. Tensor.Shape.Dims[1..]]));
}
