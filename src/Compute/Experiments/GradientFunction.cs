using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Transformations.Checkpointing;

namespace Backprop.Compute.Experiments;

/// <summary>A loss and its gradients as a plan that is compiled once and run often, and gradient descent on its parameters.</summary>
internal sealed class GradientFunction
{
    private readonly ExperimentRun run;
    private readonly CompiledQuery compiled;
    private readonly Tensor[] inputs;
    private readonly (string Name, Tensor Value)[] parameters;
    private readonly Tensor?[] velocities;
    private Tensor[] results = [];

    /// <summary>Compiles a loss.</summary>
    /// <param name="run">The experiment.</param>
    /// <param name="graph">The graph, with values.</param>
    /// <param name="loss">The output to differentiate, of one element.</param>
    /// <param name="parameters">The inputs to differentiate with respect to.</param>
    /// <param name="evaluations">How often it will be run; the limits are checked for all of them.</param>
    /// <param name="clipNorm">The norm to which all gradients together are clipped, or null.</param>
    /// <exception cref="LimitException">It would exceed a limit.</exception>
    public GradientFunction(
        ExperimentRun run, GraphSketch graph, string loss, IReadOnlyList<string> parameters, long evaluations, double? clipNorm = null)
        : this(run, graph.Request(loss), loss, parameters, evaluations, clipNorm, null)
    {
    }

    /// <summary>Compiles a loss, of which <paramref name="checkpointing"/> says what is kept for the backward pass.</summary>
    public GradientFunction(
        ExperimentRun run, ComputationRequest request, string loss, IReadOnlyList<string> parameters, long evaluations, double? clipNorm,
        CheckpointStrategy? checkpointing)
    {
        this.run = run;
        (compiled, inputs, _) = run.Engine.Prepare(
            request, Queries.Gradient(parameters, loss, null, clipNorm, checkpointing), run.CancellationToken);
        run.Engine.RequireAffordable(compiled, evaluations);
        string[] names = [.. request.Definition.Inputs.Select(input => input.Name)];
        this.parameters = [.. parameters.Select(name => (name, inputs[Array.IndexOf(names, name)]))];
        velocities = new Tensor?[parameters.Count];
    }

    /// <summary>The compiled query.</summary>
    public CompiledQuery Compiled => compiled;

    /// <summary>The values of all inputs in the plan's order.</summary>
    public IReadOnlyList<Tensor> Inputs => inputs;

    /// <summary>The loss of the last run.</summary>
    public double Loss => results[0][0];

    /// <summary>The norm of all gradients together in the last run, before clipping.</summary>
    public double Norm => results[^1][0];

    /// <summary>Computes loss and gradients at the present values.</summary>
    /// <returns>The loss.</returns>
    public double Evaluate()
    {
        run.CancellationToken.ThrowIfCancellationRequested();
        run.Engine.Recycle(results);
        results = run.Engine.Execute(compiled, inputs, run.CancellationToken);
        return Loss;
    }

    /// <summary>The gradient of a parameter in the last run.</summary>
    public Tensor Gradient(string name) => results[1 + Array.FindIndex(parameters, parameter => parameter.Name == name)];

    /// <summary>The 2-norm of the gradient of a parameter in the last run.</summary>
    public double NormOf(string name) => Tensors.Norm(Gradient(name));

    /// <summary>
    /// A step of gradient descent with the last gradients g, as in torch.optim.SGD: v = momentum·v + g, and parameters decrease by rate·v. A momentum
    /// of 1 sums the gradients of all steps.
    /// </summary>
    public void Descend(double rate, double momentum = 0)
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            Tensor gradient = results[1 + i];
            if (momentum != 0)
            {
                Tensor velocity = velocities[i] ??= Tensor.Zeros(gradient.Type);
                for (int k = 0; k < velocity.Count; k++)
                {
                    velocity[k] = (momentum * velocity[k]) + gradient[k];
                }

                gradient = velocity;
            }

            Tensors.Subtract(parameters[i].Value, rate, gradient);
        }
    }

    /// <summary>The 2-norm of what the last step with momentum subtracted, before the rate.</summary>
    public double VelocityNorm() => Tensors.Norm(velocities.OfType<Tensor>().SelectMany(
        velocity => Enumerable.Range(0, velocity.Count).Select(i => velocity[i])));

    /// <summary>Puts a parameter to other values and forgets the velocity of its steps.</summary>
    public void Restart(string name, Tensor values)
    {
        int i = Array.FindIndex(parameters, parameter => parameter.Name == name);
        velocities[i] = null;
        Array.Copy(values.Storage, parameters[i].Value.Storage, values.Count);
    }
}
