using Backprop.Compute.Engine.Tracing;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Training.Steps;

namespace Backprop.Compute.Training;

/// <summary>A part of a step that is run again and again.</summary>
internal sealed class StepRun : IDisposable
{
    private readonly StepGraph step;
    private readonly RepeatedRun run;
    private readonly Tensor[] inputs;
    private readonly Tensor[] results;
    private readonly Dictionary<StepValue, Tensor> numbers = [];

    public StepRun(StepPlan plan, HostExecutor executor)
    {
        step = plan.Step;
        run = executor.Repeat(plan.Plan);
        inputs = new Tensor[step.Inputs.Count];
        results = new Tensor[step.Outputs.Count];
        for (int i = 0; i < results.Length; i++)
        {
            if (step.Outputs[i].Role is not (StepRole.Parameter or StepRole.State or StepRole.Gradient))
            {
                numbers[step.Outputs[i]] = results[i] = Tensor.Zeros(step.Graph.Outputs[i].Node.Type);
            }
        }

        Draws = new RandomInputs(step.Draws);
    }

    /// <summary>The random values of its inputs.</summary>
    public RandomInputs Draws { get; }

    /// <summary>Runs it.</summary>
    public void Run(StepMemory memory, CancellationToken cancellationToken)
    {
        SetInputs(memory);
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = memory.Output(step.Outputs[i]) ?? results[i];
        }

        run.Run(inputs, results, cancellationToken);
    }

    /// <summary>A number that the last run computed.</summary>
    public double Number(StepRole role, int index = 0) => numbers[new StepValue(role, index)][0];

    /// <summary>The first value that is not finite, if any.</summary>
    public NonFinite? Trace(StepMemory memory, CancellationToken cancellationToken)
    {
        SetInputs(memory);
        return NonFiniteValues.Trace(step.Graph, inputs, cancellationToken) is [var first, ..] ? new NonFinite(first.Node, first.Reason) : null;
    }

    /// <summary>Gives its memory back.</summary>
    public void Dispose() => run.Dispose();

    private void SetInputs(StepMemory memory)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = memory.Input(step.Inputs[i]);
        }
    }
}

/// <summary>A value that is not finite.</summary>
/// <param name="Node">The node that made it.</param>
/// <param name="Reason">Why, in words.</param>
internal readonly record struct NonFinite(string Node, string Reason);
