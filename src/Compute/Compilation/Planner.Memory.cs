using System.Runtime.InteropServices;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Compilation;

/// <content>Where every value lies.</content>
internal sealed partial class Planner
{
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

            // The operands of a product that runs together with this step are free no earlier.
            if (!producers.Contains(step))
            {
                Release(step, producers.Contains(step - 1) ? CollectionsMarshal.AsSpan(operands)[starts[step - 1]..starts[step + 1]] : used);
            }
        }

        for (int value = 0; value < root.Length; value++)
        {
            Slot slot = slots[root[value]];
            slots[value] = root[value] == value ? slot : slot with { Offset = slot.Offset + (views?.Strides[value]?.Offset ?? 0) };
        }
    }

    private void PlaceGroup(int step, StepGroup group)
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
        string name = graph.Nodes[value].Op.Name;
        if (!isWork[value] || !(Primitives.IsElementwise(name) || Primitives.WritesInto(name)))
        {
            return -1;
        }

        // What is written into must not be what is written.
        bool isApart = !Primitives.WritesInto(name) || (root[used[0]] != root[used[1]] && root[used[0]] != root[used[2]]);
        foreach (int operand in Primitives.WritesInto(name) ? used[..1] : used)
        {
            if (isApart && IsDying(step, root[operand], value))
            {
                return root[operand];
            }
        }

        return -1;
    }

    /// <summary>The same in a fused group: what reads the operand must not come after what writes the result.</summary>
    private int Overwritten(int step, StepGroup group, int result)
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
    private int LastRead(StepGroup group, int memory) => Enumerable.Range(0, group.Operands.Length)
        .Where(operand => root[group.Operands[operand]] == memory)
        .Max(group.LastRead);

    private bool IsDying(int step, int operand, int value)
    {
        if (producers.Contains(step - 1) && OperandsOf(step - 1).ToArray().Any(read => root[read] == operand))
        {
            return false;
        }

        (TensorType old, TensorType made) = (graph.Nodes[operand].Type, graph.Nodes[value].Type);
        return isWork[operand] && lastUse[operand] == step && old.DType == made.DType && old.Count == made.Count;
    }
}
