namespace Backprop.Compute.Host.Scalar;

/// <summary>
/// Fuses operations that nearly always occur together, so that one instruction replaces two or three. The result of a fused operation must have no
/// other user. Rounding is that of the single operations.
/// </summary>
internal sealed class Superinstructions
{
    private readonly ScalarGraph graph;
    private readonly int[] uses;
    private CancellationCheck check;

    private Superinstructions(ScalarGraph graph, CancellationToken cancellationToken)
    {
        this.graph = graph;
        check = new CancellationCheck(cancellationToken, CancellationCheck.Nodes);
        uses = new int[graph.Code.Length];
        for (int node = 0; node < uses.Length; node++)
        {
            check.Before(1);
            for (int i = 0; graph.Root[node] == node && i < ScalarGraph.Arity(graph.Code[node]); i++)
            {
                uses[graph.Operand(node, i)]++;
            }
        }

        foreach (int output in graph.Outputs)
        {
            uses[output]++;
        }
    }

    /// <summary>Rewrites the graph in place; fused nodes have no users any more.</summary>
    /// <returns>For a sine the cosine that is computed with it, for a cosine the sine, or −1.</returns>
    public static int[] Join(ScalarGraph graph, CancellationToken cancellationToken)
    {
        var joining = new Superinstructions(graph, cancellationToken);
        for (int node = 0; node < graph.Code.Length; node++)
        {
            joining.check.Before(1);
            joining.Join(node);
        }

        return joining.Pairs();
    }

    private void Join(int node)
    {
        (int a, int b) = (graph.A[node], graph.B[node]);
        switch (graph.Code[node])
        {
            case Opcode.Add when Joins(b, Opcode.Mul):
                Take(node, Opcode.MulAdd, b, a);
                break;
            case Opcode.Add when Joins(a, Opcode.Mul):
                Take(node, Opcode.MulAdd, a, b);
                break;
            case Opcode.Sub when Joins(b, Opcode.Mul):
                Take(node, Opcode.SubMul, b, a);
                break;
            case Opcode.Sub when Joins(a, Opcode.Mul):
                Take(node, Opcode.MulSub, a, b);
                break;
            case Opcode.Mul when Tangent(b) is { } tangent:
                (graph.Code[node], graph.B[node]) = (Opcode.TanhPullback, tangent);
                break;
            case Opcode.Mul when Tangent(a) is { } tangent:
                (graph.Code[node], graph.A[node], graph.B[node]) = (Opcode.TanhPullback, b, tangent);
                break;
        }
    }

    private bool Joins(int operand, Opcode code) => graph.Code[operand] == code && uses[operand] == 1;

    private void Take(int node, Opcode code, int product, int other) =>
        (graph.Code[node], graph.A[node], graph.B[node], graph.C[node]) = (code, graph.A[product], graph.B[product], other);

    // The t of (1 − t)·(1 + t).
    private int? Tangent(int node)
    {
        if (!Joins(node, Opcode.Mul))
        {
            return null;
        }

        (int less, int more) = graph.Code[graph.A[node]] == Opcode.Sub ? (graph.A[node], graph.B[node]) : (graph.B[node], graph.A[node]);
        if (!Joins(less, Opcode.Sub) || !Joins(more, Opcode.Add) || !IsOne(graph.A[less]))
        {
            return null;
        }

        int t = graph.B[less];
        bool fits = (graph.A[more] == t && IsOne(graph.B[more])) || (graph.B[more] == t && IsOne(graph.A[more]));
        return fits ? t : null;
    }

    private bool IsOne(int node) => graph.Graph.Nodes[node].Value is { } value && value[0] == 1;

    private int[] Pairs()
    {
        var pairs = new int[uses.Length];
        Array.Fill(pairs, -1);
        var waiting = new int[uses.Length];
        for (int node = 0; node < pairs.Length; node++)
        {
            check.Before(1);
            if (graph.Root[node] != node || graph.Code[node] is not (Opcode.Sin or Opcode.Cos))
            {
                continue;
            }

            int other = waiting[graph.A[node]] - 1;
            if (other >= 0 && pairs[other] < 0 && graph.Code[other] != graph.Code[node])
            {
                (pairs[node], pairs[other]) = (other, node);
            }

            waiting[graph.A[node]] = node + 1;
        }

        return pairs;
    }
}
