using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Training.Optimizers;
using Backprop.Domain.Transformations;

namespace Backprop.Domain.Training.Steps;

/// <summary>
/// From gradients to new parameters: clipping by norm, clipping by value, then the optimizer. The step can be recorded from its other results.
/// </summary>
/// <param name="Optimizer">The optimizer.</param>
/// <param name="Gradients">How gradients are clipped, and whether they are kept for the next step.</param>
/// <param name="RecordsParameters">Whether norms per parameter are results.</param>
public sealed record UpdateRule(Optimizer Optimizer, GradientOptions Gradients, bool RecordsParameters)
{
    // torch.nn.utils.clip_grad_norm_
    private const double ClipEpsilon = 1e-6;

    /// <summary>Whether gradients are clipped.</summary>
    public bool IsClipping => Gradients.ClipNorm is not null || Gradients.ClipValue is not null;

    /// <summary>Adds the update to a graph in the making.</summary>
    internal void Build(GraphBuilder b, StepAssembly step, IReadOnlyList<Node> parameters, Node[] gradients)
    {
        DType dtype = parameters.Any(parameter => parameter.DType == DType.Float64) ? DType.Float64 : DType.Float32;
        b.Origin = GradientNorm.Origin;
        Node norm = GradientNorm.Of(b, gradients, dtype);
        step.Return(new StepValue(StepRole.GradientNorm), norm);
        Node[] clipped = Clipped(b, step, gradients, norm);
        b.Origin = new Origin("update", Pass: Pass.Backward);
        Node learningRate = step.Take(new StepValue(StepRole.LearningRate), new TensorType(DType.Float64, Shape.Scalar), "learningRate");
        Node count = step.Take(new StepValue(StepRole.Updates), new TensorType(DType.Float64, Shape.Scalar), "updates");
        for (int i = 0; i < parameters.Count; i++)
        {
            b.Origin = new Origin(parameters[i].Name, Pass: Pass.Backward);
            ParameterUpdate update = new(b, parameters[i], States(step, parameters[i], i), learningRate, count);
            Node updated = Optimizer.Updated(update, clipped[i]);
            Return(step, update, i, updated);
            if (!Gradients.Zero)
            {
                step.Return(new StepValue(StepRole.Gradient, i), clipped[i]);
            }

            if (RecordsParameters)
            {
                step.Return(new StepValue(StepRole.ParameterNorm, i), Norm(b, parameters[i]));
                step.Return(new StepValue(StepRole.ParameterGradientNorm, i), Norm(b, gradients[i]));
                step.Return(new StepValue(StepRole.UpdateNorm, i), Norm(b, b.Sub(updated, parameters[i])));
            }
        }
    }

    private Node[] Clipped(GraphBuilder b, StepAssembly step, Node[] gradients, Node norm)
    {
        Node after = norm;
        if (Gradients.ClipNorm is { } most)
        {
            // A norm that is not finite never leads to an update.
            Node factor = b.Min(b.Div(b.Scalar(most, norm.DType), b.Plus(norm, ClipEpsilon)), b.Scalar(1, norm.DType));
            gradients = [.. gradients.Select(gradient => b.Mul(gradient, b.Cast(factor, gradient.DType)))];
            after = b.Mul(norm, factor);
        }

        if (Gradients.ClipValue is { } bound)
        {
            gradients = [.. gradients.Select(g => b.Max(b.Min(g, b.Scalar(bound, g.DType)), b.Scalar(-bound, g.DType)))];
            after = GradientNorm.Of(b, gradients, norm.DType);
        }

        if (IsClipping)
        {
            step.Return(new StepValue(StepRole.ClippedNorm), after);
        }

        return gradients;
    }

    private Dictionary<string, Node> States(StepAssembly step, Node parameter, int index) => Optimizer.States.Index().ToDictionary(
        state => state.Item,
        state => step.Take(new StepValue(StepRole.State, StateIndex(index, state.Index)), parameter.Type, $"{parameter.Name}/{state.Item}"),
        StringComparer.Ordinal);

    private void Return(StepAssembly step, ParameterUpdate update, int index, Node updated)
    {
        step.Return(new StepValue(StepRole.Parameter, index), updated);
        for (int state = 0; state < Optimizer.States.Length; state++)
        {
            step.Return(new StepValue(StepRole.State, StateIndex(index, state)), update.Kept(Optimizer.States[state]));
        }
    }

    private int StateIndex(int parameter, int state) => (parameter * Optimizer.States.Length) + state;

    private static Node Norm(GraphBuilder b, Node x) => b.Norm(x, ReductionBuilding.AllAxes(x), false);
}
