using System.Runtime.CompilerServices;
using Backprop.Compute.Compilation;
using Backprop.Compute.Host.Loops;
using Backprop.Compute.Host.Scalar;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host;

/// <summary>Runs plans on the processor. The same plan with the same inputs gives the same bits. Safe for concurrent use.</summary>
/// <param name="pool">The source of working memory and results.</param>
public sealed partial class HostExecutor(BufferPool pool)
{
    private const int LeastKept = 64;
    private readonly ConditionalWeakTable<Plan, IdleRuns> idle = [];

    /// <summary>What plans for this executor may use.</summary>
    public static PlanTarget Target { get; } = new()
    {
        HasViews = true,
        LeastLooped = 512,
        CompileProgram = ScalarProgram.Of,
        CompileLoop = LoopKernels.Of,
    };

    /// <summary>The same for plans that are run thousands of times: loops are compiled even for little work.</summary>
    public static PlanTarget RepeatedTarget { get; } = Target with { LeastLooped = 1 };

    /// <summary>Compiles a graph for this executor.</summary>
    /// <param name="graph">What to compute.</param>
    /// <param name="cancellationToken">Ends the compilation early.</param>
    /// <exception cref="GraphException">A value has more elements than an array can hold.</exception>
    public static Plan Compile(Graph graph, CancellationToken cancellationToken = default) => Plan.Compile(graph, Target, cancellationToken);

    /// <summary>Computes the outputs of a plan.</summary>
    /// <param name="plan">What to compute.</param>
    /// <param name="inputs">A value for each of the graph's inputs, in their order and of their types; they are not changed.</param>
    /// <param name="cancellationToken">Ends the run between steps and within long ones.</param>
    /// <param name="meter">Records all memory that the run takes, if given.</param>
    /// <returns>The outputs in the graph's order; the caller owns them, and may return them with <see cref="Return"/>.</returns>
    /// <exception cref="GraphException">A kernel cannot compute its node for these values.</exception>
    /// <exception cref="ArgumentException">An input does not have the type that the graph declares.</exception>
    public Tensor[] Run(Plan plan, IReadOnlyList<Tensor> inputs, CancellationToken cancellationToken = default, MemoryMeter? meter = null)
    {
        CheckInputs(plan.Graph, inputs);
        if (plan.Program is ScalarProgram program)
        {
            meter?.Take(program.PeakBytes);
            return program.Run(inputs, pool, cancellationToken);
        }

        IdleRuns runs = idle.GetOrAdd(plan, static _ => new IdleRuns());
        PlanRun run = runs.Take() ?? new PlanRun(plan);
        Tensor[] results = run.Run(inputs, pool, meter, cancellationToken);
        runs.Give(run);
        return results;
    }

    /// <summary>Prepares a plan that is run many times.</summary>
    public RepeatedRun Repeat(Plan plan) => new(plan, pool);

    /// <summary>Takes back a result that is no longer read, so that later runs need not allocate theirs. Small ones are not worth keeping.</summary>
    public void Return(Tensor result)
    {
        if (result.Count >= LeastKept)
        {
            pool.Return(result);
        }
    }
}
