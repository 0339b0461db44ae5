using Backprop.Domain.Graphs;
using Backprop.Domain.Operators;

namespace Backprop.Compute.Compilation;

/// <summary>
/// A graph compiled to run: its steps in order, the memory of every value, and how much of it there is. A plan is independent of the device. Values
/// are numbered by their index in the graph's list of nodes.
/// </summary>
public sealed class Plan
{
    internal Plan(Graph graph)
    {
        Graph = graph;
    }

    /// <summary>For a graph of single numbers, the program that computes it; it replaces all steps and buffers.</summary>
    public IGraphProgram? Program { get; init; }

    /// <summary>The fused groups; a step −i−1 is the group i.</summary>
    public required StepGroup[] Groups { get; init; }

    /// <summary>What is computed.</summary>
    public Graph Graph { get; }

    /// <summary>The values to compute, operands first; inputs, constants and aliases are not steps.</summary>
    public required int[] Steps { get; init; }

    /// <summary>The distinct primitives that the steps use.</summary>
    public required Primitive[] Operations { get; init; }

    /// <summary>For every step the index of its primitive in <see cref="Operations"/>.</summary>
    public required int[] StepOperations { get; init; }

    /// <summary>For every step the start of its operands in <see cref="Operands"/>, and at the end their number.</summary>
    public required int[] OperandStarts { get; init; }

    /// <summary>The values that the steps use, step by step.</summary>
    public required int[] Operands { get; init; }

    /// <summary>For every value, where it is stored.</summary>
    public required Slot[] Slots { get; init; }

    /// <summary>For every value the strides of its elements from its slot on; null if they are row-major.</summary>
    internal int[]?[] Strides { get; init; } = [];

    /// <summary>
    /// The steps that are products whose result the next loop reads row by row while it is in a core's cache: the two run together.
    /// </summary>
    internal IReadOnlySet<int> Producers { get; init; } = new HashSet<int>();

    /// <summary>For every output the value that it returns.</summary>
    public required int[] Outputs { get; init; }

    /// <summary>For every output its own buffer, or −1 if the value is stored elsewhere and has to be copied.</summary>
    public required int[] OutputBuffers { get; init; }

    /// <summary>The memory that holds the slots.</summary>
    public required PlannedBuffer[] Buffers { get; init; }

    /// <summary>The bytes that a run allocates: working memory and results, without inputs and constants.</summary>
    public required long PeakBytes { get; init; }

    /// <summary>Approximately how many bytes the plan itself holds, including its graph.</summary>
    public required long HeldBytes { get; init; }

    /// <summary>Makes a plan in time linear in the number of nodes. Nothing that grows with the size of the values is allocated.</summary>
    /// <param name="graph">What to compute.</param>
    /// <param name="target">The executor's capabilities.</param>
    /// <param name="cancellationToken">Ends the compilation early.</param>
    /// <exception cref="GraphException">A value has more elements than an array can hold.</exception>
    public static Plan Compile(Graph graph, PlanTarget target, CancellationToken cancellationToken = default) =>
        target.CompileProgram?.Invoke(graph, cancellationToken) is { } program ? OfProgram(graph, program)
            : new Planner(graph, target, cancellationToken).Plan();

    private static Plan OfProgram(Graph graph, IGraphProgram program) => new(graph)
    {
        Program = program,
        Groups = [],
        Steps = [],
        Operations = [],
        StepOperations = [],
        OperandStarts = [0],
        Operands = [],
        Slots = [],
        Outputs = [],
        OutputBuffers = [],
        Buffers = [],
        PeakBytes = program.PeakBytes,
        HeldBytes = program.HeldBytes + (Planner.BytesPerNode * (long)graph.Nodes.Count),
    };
}
