using Backprop.Compute.Compilation.Loops;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Compilation;

/// <summary>What the executor of a plan can do.</summary>
public sealed record PlanTarget
{
    /// <summary>Any device: every value is row-major in its own memory.</summary>
    public static PlanTarget Device { get; } = new();

    /// <summary>Whether matrix products read operands and write results at any strides.</summary>
    public bool HasViews { get; init; }

    /// <summary>
    /// The least number of elements for which emitted loops are used. Compiling a loop takes milliseconds, and for little work the ordinary kernels
    /// are fast enough. The greatest number means no loops at all.
    /// </summary>
    public int LeastLooped { get; init; } = int.MaxValue;

    /// <summary>Compiles a whole graph into a form of the executor's own; returns null if the graph is not suitable.</summary>
    public Func<Graph, CancellationToken, IGraphProgram?>? CompileProgram { get; init; }

    /// <summary>Compiles a loop; required if loops are used.</summary>
    internal LoopCompiler? CompileLoop { get; init; }
}
