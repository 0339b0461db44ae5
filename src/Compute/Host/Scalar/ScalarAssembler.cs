using System.Runtime.InteropServices;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host.Scalar;

/// <summary>
/// Translates a graph of numbers into instructions. Constants and inputs have registers of their own at the start; the others are reused after the
/// last read of their value, most recently freed first.
/// </summary>
internal sealed class ScalarAssembler
{
    private readonly ScalarGraph graph;
    private readonly int[] pairs;
    private readonly List<int> order;
    private readonly int[] uses;
    private readonly int[] registers;
    private readonly Stack<int> free = new();
    private CancellationCheck check;
    private int next;

    private ScalarAssembler(ScalarGraph graph, CancellationToken cancellationToken)
    {
        this.graph = graph;
        check = new CancellationCheck(cancellationToken, CancellationCheck.Nodes);
        pairs = Superinstructions.Join(graph, cancellationToken);
        order = EvaluationOrder.Of(graph, pairs, cancellationToken);
        Interleaving.Apply(graph, pairs, CollectionsMarshal.AsSpan(order), cancellationToken);
        uses = new int[graph.Code.Length];
        registers = new int[graph.Code.Length];
    }

    /// <summary>The program of a graph, or null if it is not a graph of numbers.</summary>
    public static ScalarProgram? Assemble(Graph graph, CancellationToken cancellationToken) =>
        ScalarGraph.Of(graph, cancellationToken) is { } flat ? new ScalarAssembler(flat, cancellationToken).Assemble() : null;

    private ScalarProgram Assemble()
    {
        CountUses();
        double[] constants = PlaceConstants();
        (int Input, int Register)[] inputs = PlaceInputs();
        var instructions = new Instruction[order.Count];
        for (int i = 0; i < instructions.Length; i++)
        {
            check.Before(1);
            instructions[i] = Instruction(order[i]);
        }

        CopyForwarding.Apply(instructions);

        int[] outputs = Array.ConvertAll(graph.Outputs, output => registers[output]);
        return new ScalarProgram(graph.Graph, graph.DType, instructions, constants, inputs, outputs, next);
    }

    private void CountUses()
    {
        foreach (int node in order)
        {
            check.Before(1);
            for (int i = 0; i < ScalarGraph.Arity(graph.Code[node]); i++)
            {
                uses[graph.Operand(node, i)]++;
            }
        }

        foreach (int output in graph.Outputs)
        {
            uses[output]++;
        }
    }

    private double[] PlaceConstants()
    {
        var constants = new List<double>();
        for (int node = 0; node < uses.Length; node++)
        {
            check.Before(1);
            if (uses[node] > 0 && graph.Graph.Nodes[node].Value is { } value)
            {
                constants.Add(value[0]);
                registers[node] = next++;
            }
        }

        return [.. constants];
    }

    private (int Input, int Register)[] PlaceInputs()
    {
        var positions = new Dictionary<Node, int>(graph.Graph.Inputs.Count);
        for (int i = 0; i < graph.Graph.Inputs.Count; i++)
        {
            check.Before(1);
            positions[graph.Graph.Inputs[i]] = i;
        }

        var inputs = new List<(int, int)>(positions.Count);
        for (int node = 0; node < uses.Length; node++)
        {
            check.Before(1);
            if (uses[node] > 0 && graph.Code[node] == Opcode.Leaf && graph.Graph.Nodes[node].Value is null)
            {
                inputs.Add((positions[graph.Graph.Nodes[node]], next));
                registers[node] = next++;
            }
        }

        return [.. inputs];
    }

    private Instruction Instruction(int node)
    {
        Opcode code = graph.Code[node];
        int arity = ScalarGraph.Arity(code);
        Span<int> operands = [0, 0, 0];
        for (int i = 0; i < arity; i++)
        {
            operands[i] = registers[graph.Operand(node, i)];
        }

        for (int i = 0; i < arity; i++)
        {
            Release(graph.Operand(node, i));
        }

        if (pairs[node] >= 0)
        {
            return Pair(node, operands[0]);
        }

        operands[1] = arity == 1 ? graph.B[node] : operands[1];
        return new Instruction(code, operands[0], operands[1], operands[2], registers[node] = Take());
    }

    private Instruction Pair(int node, int angle)
    {
        (registers[node], registers[pairs[node]]) = (Take(), Take());
        (int sine, int cosine) = graph.Code[node] == Opcode.Sin ? (node, pairs[node]) : (pairs[node], node);
        return new Instruction(Opcode.SinCos, angle, 0, registers[cosine], registers[sine]);
    }

    private void Release(int operand)
    {
        if (--uses[operand] == 0 && graph.Code[operand] != Opcode.Leaf)
        {
            free.Push(registers[operand]);
        }
    }

    private int Take() => free.TryPop(out int register) ? register : next++;
}
