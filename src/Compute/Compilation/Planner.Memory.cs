using System.Runtime.InteropServices;
using Backprop.Domain.Graphs;
using Backprop.Domain.Operators;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Compute.Compilation;

/// <content>Where every value is stored.</content>
internal sealed partial class Planner
{
    private void PlaceLeaves()
    {
        var inputs = new Dictionary<Node, int>();
        for (int i = 0; i < graph.Inputs.Count; i++)
        {
            check.Before(1);
            inputs[graph.Inputs[i]] = i;
        }

        for (int value = 0; value < root.Length; value++)
        {
            check.Before(1);
            Node node = graph.Nodes[value];
            isWork[value] = root[value] == value && !node.IsLeaf();
            if (node.IsLeaf())
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
            check.Before(1);
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
            check.Before(1 + starts[step + 1] - starts[step]);
            ReadOnlySpan<int> used = CollectionsMarshal.AsSpan(operands)[starts[step]..starts[step + 1]];
            if (steps[step] >= 0)
            {
                PlaceResult(steps[step], Overwritten(step, steps[step], used));
            }
            else
            {
                PlaceGroup(step, groups[~steps[step]]);
            }

            // The operands of a product that runs together with this step stay in use until this step.
            if (!producers.Contains(step))
            {
                Release(step, producers.Contains(step - 1) ? CollectionsMarshal.AsSpan(operands)[starts[step - 1]..starts[step + 1]] : used);
            }
        }

        for (int value = 0; value < root.Length; value++)
        {
            check.Before(1);
            Slot slot = slots[root[value]];
            slots[value] = root[value] == value ? slot : slot with { Offset = slot.Offset + (views?.Strides[value]?.Offset ?? 0) };
        }
    }

    // A result takes the memory of an operand of its type that dies in this step and is not read after the result is written.
    private void PlaceGroup(int step, StepGroup group)
    {
        Dictionary<(DType, long), PriorityQueue<int, int>> dying = Dying(step, group);
        int[] writes = group.FirstWrites();
        for (int result = 0; result < group.Results.Length; result++)
        {
            int value = group.Results[result];
            bool isTaken = isWork[value] && dying.TryGetValue(KindOf(value), out PriorityQueue<int, int>? queue)
                && queue.TryPeek(out _, out int lastRead) && lastRead <= writes[result];
            PlaceResult(value, isTaken ? dying[KindOf(value)].Dequeue() : -1);
        }
    }

    // By element type and count, ordered by last read.
    private Dictionary<(DType DType, long Count), PriorityQueue<int, int>> Dying(int step, StepGroup group)
    {
        var dying = new Dictionary<(DType, long), PriorityQueue<int, int>>();
        HashSet<int> held = [.. producers.Contains(step - 1) ? OperandsOf(step - 1).ToArray().Select(read => root[read]) : []];
        foreach ((int memory, int lastRead) in LastReads(group))
        {
            if (isWork[memory] && lastUse[memory] == step && !held.Contains(memory))
            {
                (dying.TryGetValue(KindOf(memory), out PriorityQueue<int, int>? queue) ? queue : dying[KindOf(memory)] = new())
                    .Enqueue(memory, lastRead);
            }
        }

        return dying;
    }

    // The group may refer to the same memory by several names.
    private Dictionary<int, int> LastReads(StepGroup group)
    {
        int[] reads = group.LastReads();
        var last = new Dictionary<int, int>(reads.Length);
        for (int operand = 0; operand < reads.Length; operand++)
        {
            int memory = root[group.Operands[operand]];
            last[memory] = Math.Max(last.GetValueOrDefault(memory, -1), reads[operand]);
        }

        return last;
    }

    private (DType DType, long Count) KindOf(int value) => (graph.Nodes[value].DType, graph.Nodes[value].Type.Count);

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
        Primitive op = graph.Nodes[value].Op;
        if (!isWork[value] || !(op.IsFusible || op.IsUpdate))
        {
            return -1;
        }

        // The memory that is overwritten must not be that of the updates.
        bool isApart = !op.IsUpdate || (root[used[0]] != root[used[1]] && root[used[0]] != root[used[2]]);
        foreach (int operand in op.IsUpdate ? used[..1] : used)
        {
            if (isApart && IsDying(step, root[operand], value))
            {
                return root[operand];
            }
        }

        return -1;
    }

    private bool IsDying(int step, int operand, int value) => isWork[operand] && lastUse[operand] == step && KindOf(operand) == KindOf(value);
}
