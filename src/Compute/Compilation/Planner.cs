using System.Runtime.InteropServices;
using Backprop.Domain.Graphs;
using Backprop.Domain.Operators;

namespace Backprop.Compute.Compilation;

/// <summary>
/// Assigns memory by liveness in two walks: backwards for the last use of every value, forwards for its slot. An alias has
/// the slot of its root, the value whose memory it shows.
/// </summary>
internal sealed class Planner
{
    private const int BytesPerNode = 240;

    private readonly Graph graph;
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
    private readonly SlotAllocator allocator;
    private readonly int[] outputs;
    private readonly int[] outputBuffers;

    public Planner(Graph graph)
    {
        this.graph = graph;
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
        PlaceLeaves();
        PlaceOutputs();
        PlaceSteps();
        return new Plan(graph)
        {
            Steps = [.. steps],
            Operations = [.. operations.Keys],
            StepOperations = [.. stepOperations],
            OperandStarts = [.. starts],
            Operands = [.. operands],
            Slots = slots,
            Outputs = outputs,
            OutputBuffers = outputBuffers,
            Buffers = [.. buffers],
            PeakBytes = Peak(),
            HeldBytes = Held(),
        };
    }

    private void FindSteps()
    {
        var places = new Dictionary<Node, int>(graph.Nodes.Count);
        for (int value = 0; value < graph.Nodes.Count; value++)
        {
            Node node = graph.Nodes[value];
            places.Add(node, value);
            if (node.Type.Count > Array.MaxLength)
            {
                throw new GraphException($"graph.nodes[{node.Origin.Index}]", $"{node.Type} has too many elements.", node.Origin.Node);
            }

            root[value] = value;
            if (Primitives.IsAlias(node.Op.Name))
            {
                root[value] = root[places[node.Inputs[0]]];
            }
            else if (!IsLeaf(node))
            {
                AddStep(node, value, places);
            }
        }

        starts.Add(operands.Count);
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = places[graph.Outputs[i].Node];
        }
    }

    private void AddStep(Node node, int value, Dictionary<Node, int> places)
    {
        if (!operations.TryGetValue(node.Op, out int operation))
        {
            operations.Add(node.Op, operation = operations.Count);
        }

        starts.Add(operands.Count);
        foreach (Node input in node.Inputs)
        {
            int operand = places[input];
            operands.Add(operand);
            lastUse[root[operand]] = steps.Count;
        }

        steps.Add(value);
        stepOperations.Add(operation);
    }

    private static bool IsLeaf(Node node) => node.Op.Name is "Input" or "Constant";

    private void PlaceLeaves()
    {
        var inputs = new Dictionary<Node, int>();
        for (int i = 0; i < graph.Inputs.Count; i++)
        {
            inputs[graph.Inputs[i]] = i;
        }

        for (int value = 0; value < root.Length; value++)
        {
            Node node = graph.Nodes[value];
            isWork[value] = root[value] == value && !IsLeaf(node);
            if (IsLeaf(node))
            {
                slots[value] = new Slot(buffers.Count, 0);
                buffers.Add(node.Value is null
                    ? new PlannedBuffer(BufferKind.Input, inputs[node], node.DType, (int)node.Type.Count)
                    : new PlannedBuffer(BufferKind.Constant, value, node.DType, (int)node.Type.Count));
            }
        }
    }

    /// <summary>The first output of a computed value gets a buffer that nothing else uses; the others are copies.</summary>
    private void PlaceOutputs()
    {
        for (int i = 0; i < outputs.Length; i++)
        {
            int value = root[outputs[i]];
            Node node = graph.Nodes[value];
            outputBuffers[i] = -1;
            if (isWork[value])
            {
                isWork[value] = false;
                outputBuffers[i] = buffers.Count;
                slots[value] = new Slot(buffers.Count, 0);
                buffers.Add(new PlannedBuffer(BufferKind.Result, i, node.DType, (int)node.Type.Count));
            }
        }
    }

    private void PlaceSteps()
    {
        int step = 0;
        for (int value = 0; value < root.Length; value++)
        {
            if (root[value] != value)
            {
                slots[value] = slots[root[value]];
            }
            else if (step < steps.Count && steps[step] == value)
            {
                PlaceStep(step++, value);
            }
        }
    }

    private void PlaceStep(int step, int value)
    {
        ReadOnlySpan<int> used = CollectionsMarshal.AsSpan(operands)[starts[step]..starts[step + 1]];
        int taken = isWork[value] ? Overwritten(step, value, used) : -1;
        if (taken >= 0)
        {
            slots[value] = slots[taken];
            isWork[taken] = false;
        }
        else if (isWork[value])
        {
            slots[value] = allocator.Take(graph.Nodes[value].Type);
        }

        foreach (int operand in used)
        {
            int dying = root[operand];
            if (isWork[dying] && lastUse[dying] == step)
            {
                isWork[dying] = false;
                allocator.Give(graph.Nodes[dying].Type, slots[dying]);
            }
        }
    }

    /// <summary>The operand that dies in this step and whose memory the result may take, or −1.</summary>
    private int Overwritten(int step, int value, ReadOnlySpan<int> used)
    {
        Node node = graph.Nodes[value];
        if (!Primitives.IsElementwise(node.Op.Name))
        {
            return -1;
        }

        foreach (int operand in used)
        {
            TensorType type = graph.Nodes[root[operand]].Type;
            if (isWork[root[operand]] && lastUse[root[operand]] == step && type.DType == node.DType && type.Count == node.Type.Count)
            {
                return root[operand];
            }
        }

        return -1;
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
