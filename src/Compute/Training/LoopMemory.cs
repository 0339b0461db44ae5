using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Training;

namespace Backprop.Compute.Training;

/// <summary>The memory of a loop: parameters, states and sums of gradients, now and after the next step.</summary>
internal sealed class LoopMemory
{
    /// <summary>The memories of parameters: now, next and best.</summary>
    public const int ParameterSets = 3;

    /// <summary>The memories of states: now and next.</summary>
    public const int StateSets = 2;

    /// <summary>The memories of sums of gradients: before the step, and two that are written in turn.</summary>
    public const int GradientSets = 3;

    private readonly RunTensors tensors;
    private readonly BufferSets states;
    private Tensor[] earlier = [];
    private Tensor[] first = [];
    private Tensor[] second = [];

    public LoopMemory(Trainer trainer, TrainingState state)
    {
        tensors = trainer.Tensors;
        Parameters = new BufferSets(RunTensors.Types(tensors.Parameters), ParameterSets);
        Parameters.Set(RunTensors.Found(tensors.Parameters, state.Tensors));
        states = new BufferSets(RunTensors.Types(tensors.States), StateSets);
        states.Set(RunTensors.Found(tensors.States, state.Tensors));
        if (trainer.SumsGradients)
        {
            earlier = KeepsGradients
                ? [.. RunTensors.Found(tensors.Gradients, state.Tensors).Select(tensor => tensor.Copy())]
                : [.. tensors.Parameters.Select(parameter => Tensor.Zeros(parameter.Type))];
            (first, second) = (Allocated(), Allocated());
        }

        if (state.Best is { } best)
        {
            Parameters.SetKept(RunTensors.Found(tensors.Parameters, best.Parameters));
        }

        Step.Fixed = [.. trainer.Training.Fixed.Select(value => value.Tensor)];
    }

    /// <summary>What the plans of a step read and write.</summary>
    public StepMemory Step { get; } = new();

    /// <summary>The parameters.</summary>
    public BufferSets Parameters { get; }

    private bool KeepsGradients => tensors.Gradients.Count > 0;

    /// <summary>Prepares a step.</summary>
    public void Begin()
    {
        Parameters.Choose();
        (Step.Parameters, Step.NextParameters) = (Parameters.Current, Parameters.Next);
        (Step.States, Step.NextStates) = (states.Current, states.Next);
        (Step.Gradients, Step.NextGradients) = (earlier, first);
    }

    /// <summary>The next plan adds to the sums that the last one wrote.</summary>
    public void Accumulate()
    {
        Step.Gradients = Step.NextGradients;
        Step.NextGradients = ReferenceEquals(Step.Gradients, first) ? second : first;
    }

    /// <summary>Makes the results of the step the values of now.</summary>
    public void Commit()
    {
        Parameters.Advance();
        states.Advance();
        states.Choose();
        if (KeepsGradients)
        {
            bool isFirst = ReferenceEquals(Step.NextGradients, first);
            (earlier, first, second) = isFirst ? (first, earlier, second) : (second, first, earlier);
        }
    }

    /// <summary>A copy of the state.</summary>
    public TrainingState Capture(long step, long updates, Monitor monitor)
    {
        Dictionary<string, Tensor> copies = RunTensors.Copies(tensors.Parameters, Parameters.Current);
        RunTensors.Add(copies, tensors.States, states.Current);
        if (KeepsGradients)
        {
            RunTensors.Add(copies, tensors.Gradients, earlier);
        }

        copies[RunTensors.Updates] = Tensor.Scalar(updates);
        BestParameters? best = Parameters.Kept is { } kept
            ? new BestParameters(monitor.Step, monitor.Loss, RunTensors.Copies(tensors.Parameters, kept))
            : null;
        return new TrainingState(step, copies, best, monitor.WithoutImprovement);
    }

    private Tensor[] Allocated() => [.. tensors.Parameters.Select(parameter => BufferPool.Allocate(parameter.Type))];
}
