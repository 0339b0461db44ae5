using Backprop.Compute.Differences;
using Backprop.Domain.Graphs;
using Backprop.Domain.Training.Steps;

namespace Backprop.Compute.Training;

/// <summary>
/// Gradients by central differences: two evaluations of the loss for each element of each parameter. The step is that of
/// <see cref="DifferenceSteps"/>, unless it is given.
/// </summary>
/// <param name="epsilon">The step, or null.</param>
internal sealed class FiniteDifferenceGradients(double? epsilon)
{
    /// <summary>Adds the gradients of a micro-batch to the sums; the loss is evaluated at the parameters last.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="memory">The parameters, whose elements are moved in place and back, and the sums.</param>
    /// <param name="share">The factor of the loss.</param>
    /// <param name="cancellationToken">Ends the evaluations.</param>
    public void Add(StepRun loss, StepMemory memory, double share, CancellationToken cancellationToken)
    {
        for (int i = 0; i < memory.Parameters.Count; i++)
        {
            Tensor parameter = memory.Parameters[i], before = memory.Gradients[i], after = memory.NextGradients[i];
            for (int element = 0; element < parameter.Count; element++)
            {
                after[element] = before[element] + (share * Quotient(loss, memory, parameter, element, cancellationToken));
            }
        }

        loss.Run(memory, cancellationToken);
    }

    private double Quotient(StepRun loss, StepMemory memory, Tensor parameter, int element, CancellationToken cancellationToken)
    {
        double x = parameter[element];
        double step = epsilon ?? DifferenceSteps.Central(parameter.DType, x);
        try
        {
            double above = At(x + step, out double to), below = At(x - step, out double from);
            return (above - below) / (to - from);
        }
        finally
        {
            parameter[element] = x;
        }

        // Differences are divided by the distance of the stored numbers.
        double At(double moved, out double stored)
        {
            parameter[element] = moved;
            stored = parameter[element];
            loss.Run(memory, cancellationToken);
            return loss.Number(StepRole.Loss);
        }
    }
}
