using System.Collections.Frozen;
using Backprop.Compute.Compilation;
using Backprop.Domain.Graphs;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Compute.Host.Scalar;

/// <summary>
/// A graph of numbers as flat arrays: for every node an opcode and up to three operands, by index in the graph's list of nodes. A node that only
/// passes a value on (a reshape, a cast to the same type) is left out: its users refer to the value itself.
/// </summary>
internal sealed class ScalarGraph
{
    // ∞ of either sign, as IsInf detects them.
    private const int Negative = 1, Positive = 2;

    private static readonly FrozenDictionary<string, Opcode> Codes =
        Enum.GetValues<Opcode>().ToFrozenDictionary(code => code.ToString());

    private ScalarGraph(Graph graph, DType dtype)
    {
        (Graph, DType) = (graph, dtype);
        int count = graph.Nodes.Count;
        (Code, A, B, C, Root) = (new Opcode[count], new int[count], new int[count], new int[count], new int[count]);
    }

    /// <summary>The graph.</summary>
    public Graph Graph { get; }

    /// <summary>The one float type of its values.</summary>
    public DType DType { get; }

    /// <summary>The operation of each node.</summary>
    public Opcode[] Code { get; }

    /// <summary>First operands, or 0.</summary>
    public int[] A { get; }

    /// <summary>Second operands, integer parameters of the operation, or 0.</summary>
    public int[] B { get; }

    /// <summary>Third operands, or 0.</summary>
    public int[] C { get; }

    /// <summary>For every node the one whose value it has: itself, or another if it only passes the value on.</summary>
    public int[] Root { get; }

    /// <summary>The index of every output's value.</summary>
    public required int[] Outputs { get; init; }

    /// <summary>The flat form, or null if a value does not have exactly one element or is an integer, or the float types differ.</summary>
    public static ScalarGraph? Of(Graph graph, CancellationToken cancellationToken)
    {
        var check = new CancellationCheck(cancellationToken, CancellationCheck.Nodes);
        if (Float(graph, ref check) is not { } dtype)
        {
            return null;
        }

        int[] indices = Fusion.NodeIndices(graph, cancellationToken);
        var flat = new ScalarGraph(graph, dtype) { Outputs = [.. graph.Outputs.Select(output => indices[output.Node.Id])] };
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            check.Before(1);
            if (!flat.Add(graph.Nodes[i], i, indices))
            {
                return null;
            }
        }

        for (int i = 0; i < flat.Outputs.Length; i++)
        {
            flat.Outputs[i] = flat.Root[flat.Outputs[i]];
        }

        return flat;
    }

    /// <summary>How many of A, B and C are operands.</summary>
    public static int Arity(Opcode code) => code switch
    {
        Opcode.Leaf => 0,
        Opcode.Where or Opcode.MulAdd or Opcode.MulSub or Opcode.SubMul => 3,
        Opcode.Add or Opcode.Sub or Opcode.Mul or Opcode.Div or Opcode.Max or Opcode.Min or Opcode.Greater or Opcode.GreaterOrEqual
            or Opcode.Equal or Opcode.TanhPullback or Opcode.Pow or Opcode.Mod or Opcode.Atan2
            or Opcode.Hypot or Opcode.And or Opcode.Or or Opcode.Xor => 2,
        _ => 1,
    };

    /// <summary>The operand of a node, 0 ≤ <paramref name="position"/> &lt; its arity.</summary>
    public int Operand(int node, int position) => position switch { 0 => A[node], 1 => B[node], _ => C[node] };

    private static DType? Float(Graph graph, ref CancellationCheck check)
    {
        DType? found = null;
        foreach (Node node in graph.Nodes)
        {
            check.Before(1);
            if (node.Type.Count != 1 || node.DType == DType.Int64 || (node.DType.IsFloat() && found is not null && found != node.DType))
            {
                return null;
            }

            found = node.DType.IsFloat() ? node.DType : found;
        }

        return found;
    }

    private bool Add(Node node, int index, int[] indices)
    {
        Root[index] = index;
        if (node.IsLeaf())
        {
            return true;
        }

        if (PassesOn(node))
        {
            Root[index] = Root[indices[node.Inputs[0].Id]];
            return true;
        }

        SetOperands(node, index, indices);
        return Encode(node, index);
    }

    private static bool PassesOn(Node node) => node.Op.Name switch
    {
        "Expand" or "Transpose" => true,
        "Cast" => node.DType.IsFloat() || node.Inputs[0].DType == DType.Bool,
        _ => node.Op.IsAlias,
    };

    private bool Encode(Node node, int index)
    {
        switch (node.Op.Name)
        {
            case "Cast":
                Code[index] = Opcode.IsTrue;
                return true;
            case "Less":
                Code[index] = Opcode.Greater;
                return true;
            case "LessOrEqual":
                Code[index] = Opcode.GreaterOrEqual;
                return true;
            case "Polygamma":
                B[index] = node.Integer("n");
                break;
            case "IsInf":
                B[index] = (node.Flag("detect_negative") ? Negative : 0) | (node.Flag("detect_positive") ? Positive : 0);
                break;
        }

        return node.Op.IsFusible && Codes.TryGetValue(node.Op.Name, out Code[index]);
    }

    private void SetOperands(Node node, int index, int[] indices)
    {
        bool turned = node.Op.Name is "Less" or "LessOrEqual";
        for (int i = 0; i < node.Inputs.Length; i++)
        {
            int operand = Root[indices[node.Inputs[i].Id]];
            (i switch { 0 => turned ? B : A, 1 => turned ? A : B, _ => C })[index] = operand;
        }
    }
}
