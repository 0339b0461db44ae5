using Backprop.Domain.Graphs;
using Backprop.Domain.Operators;

namespace Backprop.Compute.Compilation;

/// <summary>
/// Orders the steps, with elementwise nodes joined into groups, and assigns memory by liveness: a value's slot is free after its last use. An alias
/// has the slot of its root, the value whose memory it shows.
/// </summary>
internal sealed partial class Planner
{
    /// <summary>Approximately how many bytes a node of the graph and its share of the plan take.</summary>
    public const int BytesPerNode = 240;
    private const int LeastFused = 256;
    private const int MostLooped = 1 << 13;

    private readonly Graph graph;
    private readonly PlanTarget target;
    private readonly int[] root;
    private readonly int[] lastUse;
    private readonly Slot[] slots;
    private readonly bool[] isWork;
    private readonly List<int> steps = [];
    private readonly List<int> starts = [];
    private readonly List<int> operands = [];
    private readonly List<int> stepOperations = [];
    private readonly Dictionary<Primitive, int> operations = [];
    private readonly List<PlannedBuffer> buffers = [];
    private readonly List<StepGroup> groups = [];
    private readonly HashSet<int> producers = [];
    private readonly SlotAllocator allocator;
    private readonly int[] outputs;
    private readonly int[] outputBuffers;
    private readonly CancellationToken cancellationToken;
    private CancellationCheck check;
    private Views? views;

    public Planner(Graph graph, PlanTarget target, CancellationToken cancellationToken)
    {
        (this.graph, this.target, this.cancellationToken) = (graph, target, cancellationToken);
        check = new CancellationCheck(cancellationToken, CancellationCheck.Nodes);
        int count = graph.Nodes.Count;
        root = new int[count];
        lastUse = new int[count];
        slots = new Slot[count];
        isWork = new bool[count];
        outputs = new int[graph.Outputs.Count];
        outputBuffers = new int[outputs.Length];
        allocator = new SlotAllocator(buffers);
    }

    public Plan Plan()
    {
        FindSteps();
        FindProducers();
        PlaceLeaves();
        PlaceOutputs();
        PlaceSteps();
        return new Plan(graph)
        {
            Steps = [.. steps],
            Groups = [.. groups],
            Operations = [.. operations.Keys],
            StepOperations = [.. stepOperations],
            OperandStarts = [.. starts],
            Operands = [.. operands],
            Slots = slots,
            Producers = producers,
            Strides = views is null ? new int[]?[root.Length] : [.. views.Strides.Select(strides => strides?.Steps)],
            Outputs = outputs,
            OutputBuffers = outputBuffers,
            Buffers = [.. buffers],
            PeakBytes = Peak(),
            HeldBytes = Held(),
        };
    }

    private long Peak()
    {
        double bytes = 0;
        foreach (PlannedBuffer buffer in buffers)
        {
            bytes += buffer.Kind is BufferKind.Work or BufferKind.Result ? (double)buffer.Length * buffer.DType.Size() : 0;
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            Node node = graph.Nodes[outputs[i]];
            bytes += outputBuffers[i] < 0 ? (double)node.Type.Count * node.DType.Size() : 0;
        }

        return (long)Math.Min(bytes, long.MaxValue / 2);
    }

    private long Held()
    {
        long bytes = (long)root.Length * BytesPerNode;
        foreach (PlannedBuffer buffer in buffers)
        {
            bytes += buffer.Kind == BufferKind.Constant ? (long)buffer.Length * buffer.DType.Size() : 0;
        }

        return bytes;
    }
}
