using System.Runtime.InteropServices;
using Backprop.Domain.Graphs;
using Backprop.Domain.Operators;

namespace Backprop.Compute.Compilation;

/// <summary>
/// Orders the steps, elementwise nodes joined to groups, and assigns memory by liveness: a value's slot is free again after its
/// last use. An alias has the slot of its root, the value whose memory it shows.
/// </summary>
internal sealed class Planner
{
    /// <summary>About the bytes that a node of the graph and its place in the plan take.</summary>
    public const int BytesPerNode = 240;
    private const int LeastFused = 256;

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
    private readonly List<FusedGroup> groups = [];
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
            Groups = [.. groups],
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
        int[] places = Fusion.Places(graph);
        for (int value = 0; value < graph.Nodes.Count; value++)
        {
            Node node = graph.Nodes[value];
            if (node.Type.Count > Array.MaxLength)
            {
                throw new GraphException($"graph.nodes[{node.Origin.Index}]", $"{node.Type} has too many elements.", node.Origin.Node);
            }

            root[value] = Primitives.IsAlias(node.Op.Name) ? root[places[node.Inputs[0].Id]] : value;
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = places[graph.Outputs[i].Node.Id];
        }

        AddSteps(places);
        starts.Add(operands.Count);
    }

    // Without a group the order of the nodes is the order of the steps, and no more is to be thought about.
    private void AddSteps(int[] places)
    {
        int[] firstMembers = Fusion.Groups(graph, LeastFused);
        if (!firstMembers.Where((first, place) => first != place).Any())
        {
            for (int value = 0; value < root.Length; value++)
            {
                if (root[value] == value && !IsLeaf(graph.Nodes[value]))
                {
                    AddStep(graph.Nodes[value], value, places);
                }
            }

            return;
        }

        bool[] outside = NeededOutside(places, firstMembers);
        foreach (int[] members in Schedule.Of(graph, places, firstMembers))
        {
            if (members.Length == 1)
            {
                AddStep(graph.Nodes[members[0]], members[0], places);
            }
            else
            {
                AddGroup(new GroupAssembly(graph, places, members, member => outside[member]).Assemble());
            }
        }
    }

    private bool[] NeededOutside(int[] places, int[] firstMembers)
    {
        var outside = new bool[root.Length];
        for (int value = 0; value < root.Length; value++)
        {
            foreach (Node input in graph.Nodes[value].Inputs)
            {
                int operand = root[places[input.Id]];
                outside[operand] |= firstMembers[operand] != firstMembers[value] || places[input.Id] != operand;
            }
        }

        foreach (int output in outputs)
        {
            outside[root[output]] = true;
        }

        return outside;
    }

    private void AddGroup(FusedGroup group)
    {
        starts.Add(operands.Count);
        foreach (int operand in group.Operands)
        {
            operands.Add(operand);
            lastUse[root[operand]] = steps.Count;
        }

        steps.Add(~groups.Count);
        stepOperations.Add(-1);
        groups.Add(group);
    }

    private void AddStep(Node node, int value, int[] places)
    {
        if (!operations.TryGetValue(node.Op, out int operation))
        {
            operations.Add(node.Op, operation = operations.Count);
        }

        starts.Add(operands.Count);
        foreach (Node input in node.Inputs)
        {
            int operand = places[input.Id];
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
        for (int step = 0; step < steps.Count; step++)
        {
            ReadOnlySpan<int> used = CollectionsMarshal.AsSpan(operands)[starts[step]..starts[step + 1]];
            if (steps[step] >= 0)
            {
                PlaceResult(steps[step], Overwritten(step, steps[step], used));
            }
            else
            {
                PlaceGroup(step, groups[~steps[step]]);
            }

            Release(step, used);
        }

        for (int value = 0; value < root.Length; value++)
        {
            slots[value] = slots[root[value]];
        }
    }

    private void PlaceGroup(int step, FusedGroup group)
    {
        for (int result = 0; result < group.Results.Length; result++)
        {
            PlaceResult(group.Results[result], Overwritten(step, group, result));
        }
    }

    private void PlaceResult(int value, int taken)
    {
        if (!isWork[value])
        {
            return;
        }

        if (taken >= 0)
        {
            slots[value] = slots[taken];
            isWork[taken] = false;
        }
        else
        {
            slots[value] = allocator.Take(graph.Nodes[value].Type);
        }
    }

    private void Release(int step, ReadOnlySpan<int> used)
    {
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
        if (!isWork[value] || !Primitives.IsElementwise(graph.Nodes[value].Op.Name))
        {
            return -1;
        }

        foreach (int operand in used)
        {
            if (IsDying(step, root[operand], value))
            {
                return root[operand];
            }
        }

        return -1;
    }

    /// <summary>The same in a fused group: what reads the operand must not come after what writes the result.</summary>
    private int Overwritten(int step, FusedGroup group, int result)
    {
        int value = group.Results[result];
        for (int operand = 0; isWork[value] && operand < group.Operands.Length; operand++)
        {
            int memory = root[group.Operands[operand]];
            if (IsDying(step, memory, value) && LastRead(group, memory) <= group.Writer(result))
            {
                return memory;
            }
        }

        return -1;
    }

    // The group may know the same memory by several names.
    private int LastRead(FusedGroup group, int memory) => Enumerable.Range(0, group.Operands.Length)
        .Where(operand => root[group.Operands[operand]] == memory)
        .Max(group.LastRead);

    private bool IsDying(int step, int operand, int value)
    {
        (TensorType old, TensorType made) = (graph.Nodes[operand].Type, graph.Nodes[value].Type);
        return isWork[operand] && lastUse[operand] == step && old.DType == made.DType && old.Count == made.Count;
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
