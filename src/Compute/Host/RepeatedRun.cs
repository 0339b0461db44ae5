using Backprop.Compute.Compilation;
using Backprop.Compute.Host.Scalar;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host;

/// <summary>
/// A plan that is run many times: its working memory is kept between runs, and its results are written into given memory, so that a run allocates
/// nearly nothing. Not safe for concurrent use.
/// </summary>
public sealed class RepeatedRun : IDisposable
{
    private readonly Plan plan;
    private readonly BufferPool pool;
    private readonly PlanRun? run;

    internal RepeatedRun(Plan plan, BufferPool pool)
    {
        (this.plan, this.pool) = (plan, pool);
        run = plan.Program is null ? new PlanRun(plan) : null;
    }

    /// <summary>The plan.</summary>
    public Plan Plan => plan;

    /// <summary>Computes the outputs of the plan.</summary>
    /// <param name="inputs">A value for each of the graph's inputs, in their order and of their types; they are not changed.</param>
    /// <param name="results">Memory for each of the graph's outputs, in their order and of their types; none of it may be that of an input.</param>
    /// <param name="cancellationToken">Ends the run between steps and within long ones; the results are undefined then.</param>
    /// <exception cref="GraphException">A kernel cannot compute its node for these values.</exception>
    public void Run(IReadOnlyList<Tensor> inputs, Tensor[] results, CancellationToken cancellationToken)
    {
        if (plan.Program is ScalarProgram program)
        {
            program.Run(inputs, results, pool, cancellationToken);
        }
        else
        {
            run!.Run(inputs, results, pool, cancellationToken);
        }
    }

    /// <summary>Gives working memory back.</summary>
    public void Dispose() => run?.GiveBack();
}
