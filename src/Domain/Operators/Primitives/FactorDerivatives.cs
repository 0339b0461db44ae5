using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Operators.Primitives;

/// <summary>
/// Derivatives of factorizations whose factors are stacked. If two eigenvalues or singular values coincide, their vectors have no derivative: the
/// quotient by their difference is not finite, and must not be, since the dividend may be 0 there although the limit of the quotient is not.
/// Eigenvalues and singular values by themselves have their own primitives, whose derivatives divide by nothing.
/// </summary>
internal static class FactorDerivatives
{
    /// <summary>
    /// Sources: Walter and Lehmann, Algorithmic differentiation of linear algebra functions with application in optimum experimental design, 2010,
    /// section 4; JAX, lax.linalg.
    /// </summary>
    public static Derivative QR { get; } = new(
        (b, node, g, _) =>
        {
            (Node q, Node r) = Two(b, node, node);
            (Node gq, Node gr) = Two(b, node, g);
            Node m = b.Sub(b.MatMul(r, b.SwapLast(b.Triu(gr))), b.MatMul(b.SwapLast(gq), q));
            Node lower = b.Add(b.Tril(m), b.SwapLast(b.Tril(m, -1)));
            return OverR(b, r, b.Add(gq, b.MatMul(q, lower)), isTransposed: true);
        },
        (b, node, t) =>
        {
            if (t[0] is not { } d)
            {
                return null;
            }

            (Node q, Node r) = Two(b, node, node);
            Node change = OverR(b, r, d, isTransposed: false), inner = b.MatMul(b.SwapLast(q), change);
            Node lower = b.Tril(inner, -1), turn = b.Sub(lower, b.SwapLast(lower)), rest = b.Sub(inner, turn);
            return Above(b, b.Sub(change, b.MatMul(q, rest)), b.MatMul(b.Triu(rest), r));
        });

    /// <summary>
    /// Eigenvalues of a symmetric matrix: vᵀ·dA·v of each. Source: Giles, Collected matrix derivative results for forward and reverse mode
    /// algorithmic differentiation, 2008, section 3.1.
    /// </summary>
    public static Derivative Eigvalsh { get; } = new(
        (b, node, g, _) =>
        {
            Node v = b.TakeRows(b.Eigh(node.Inputs[0]), 1, node.Shape[^1]);
            return b.MatMul(b.Mul(v, AsRow(b, g)), b.SwapLast(v));
        },
        (b, node, t) =>
        {
            if (t[0] is not { } d)
            {
                return null;
            }

            Node v = b.TakeRows(b.Eigh(node.Inputs[0]), 1, node.Shape[^1]);
            return b.ReduceSum(b.Mul(v, b.MatMul(d, v)), [-2], false);
        });

    /// <summary>Singular values: uᵀ·dA·v of each. Source: Giles, 2008, section 3.2.</summary>
    public static Derivative Svdvals { get; } = new(
        (b, node, g, _) =>
        {
            (Node u, Node v) = Vectors(b, node.Inputs[0]);
            return b.MatMul(b.Mul(u, AsRow(b, g)), b.SwapLast(v));
        },
        (b, node, t) =>
        {
            if (t[0] is not { } d)
            {
                return null;
            }

            (Node u, Node v) = Vectors(b, node.Inputs[0]);
            return b.ReduceSum(b.Mul(u, b.MatMul(d, v)), [-2], false);
        });

    /// <summary>Source: Giles, 2008, section 3.1.</summary>
    public static Derivative Eigh { get; } = new(
        (b, node, g, _) =>
        {
            int n = node.Shape[^1];
            Node v = b.TakeRows(node, 1, n), m = b.MatMul(b.SwapLast(v), b.TakeRows(g, 1, n));
            Node turn = b.Times(b.Sub(m, b.SwapLast(m)), 0.5);
            Node core = b.Add(b.DiagonalMatrix(Row(b, g, 0)), b.Div(turn, Gaps(b, Row(b, node, 0))));
            return b.MatMul(b.MatMul(v, core), b.SwapLast(v));
        },
        (b, node, t) =>
        {
            if (t[0] is not { } d)
            {
                return null;
            }

            Node v = b.TakeRows(node, 1, node.Shape[^1]), p = b.MatMul(b.MatMul(b.SwapLast(v), d), v);
            return Above(b, Diagonal(b, p), b.MatMul(v, b.Div(OffDiagonal(b, p), Gaps(b, Row(b, node, 0)))));
        });

    /// <summary>Sources: Townsend, Differentiating the singular value decomposition, 2016; JAX, lax.linalg.</summary>
    public static Derivative SVD { get; } = new(
        (b, node, g, _) =>
        {
            (Node u, Node s, Node v) = Three(b, node, node);
            (Node gu, Node gs, Node gv) = Three(b, node, g);
            Node gaps = SquareGaps(b, s), ut = b.SwapLast(u), vt = b.SwapLast(v), column = b.SwapLast(s);
            Node left = b.MatMul(ut, gu), right = b.MatMul(vt, gv);
            Node turns = b.Add(
                b.Mul(b.Div(b.Sub(left, b.SwapLast(left)), gaps), s),
                b.Mul(column, b.Div(b.Sub(right, b.SwapLast(right)), gaps)));
            Node back = b.MatMul(b.MatMul(u, b.Add(turns, b.DiagonalMatrix(b.Reshape(gs, Shape.Of([.. gs.Shape.Dims[..^2], gs.Shape[^1]]))))), vt);
            back = IsSquare(node) ? back : b.Add(back, b.MatMul(b.Div(Outside(b, u, gu), s), vt));
            return back;
        },
        (b, node, t) =>
        {
            if (t[0] is not { } d)
            {
                return null;
            }

            (Node u, Node s, Node v) = Three(b, node, node);
            Node gaps = SquareGaps(b, s), column = b.SwapLast(s), p = b.MatMul(b.MatMul(b.SwapLast(u), d), v), pt = b.SwapLast(p);
            Node du = b.MatMul(u, b.Div(OffDiagonal(b, b.Add(b.Mul(p, s), b.Mul(column, pt))), gaps));
            Node dv = b.MatMul(v, b.Div(OffDiagonal(b, b.Add(b.Mul(column, p), b.Mul(pt, s))), gaps));
            du = IsSquare(node) ? du : b.Add(du, b.Div(Outside(b, u, b.MatMul(d, v)), s));
            return Above(b, du, Above(b, Diagonal(b, p), dv));
        });

    private static bool IsSquare(Node node) => node.Inputs[0].Shape[^1] == node.Inputs[0].Shape[^2];

    private static (Node Q, Node R) Two(GraphBuilder b, Node node, Node value)
    {
        int m = node.Inputs[0].Shape[^2];
        return (b.TakeRows(value, 0, m), b.TakeRows(value, m, node.Shape[^1]));
    }

    private static (Node U, Node S, Node V) Three(GraphBuilder b, Node node, Node value)
    {
        int m = node.Inputs[0].Shape[^2];
        return (b.TakeRows(value, 0, m), b.TakeRows(value, m, 1), b.TakeRows(value, m + 1, node.Shape[^1]));
    }

    // Left and right singular vectors as columns, as many as there are singular values.
    private static (Node U, Node V) Vectors(GraphBuilder b, Node a)
    {
        bool isWide = a.Shape[^2] < a.Shape[^1];
        (int m, int n) = isWide ? (a.Shape[^1], a.Shape[^2]) : (a.Shape[^2], a.Shape[^1]);
        Node packed = b.SVD(isWide ? b.SwapLast(a) : a), u = b.TakeRows(packed, 0, m), v = b.TakeRows(packed, m + 1, n);
        return isWide ? (v, u) : (u, v);
    }

    private static Node AsRow(GraphBuilder b, Node values) => b.Reshape(values, Shape.Of([.. values.Shape.Dims[..^1], 1, values.Shape[^1]]));

    private static Node Row(GraphBuilder b, Node x, int row) => b.Reshape(b.TakeRows(x, row, 1), Shape.Of([.. x.Shape.Dims[..^2], x.Shape[^1]]));

    private static Node Above(GraphBuilder b, Node first, Node second) => b.Concat([first, second], first.Shape.Rank - 2);

    // X·R⁻¹ or X·R⁻ᵀ.
    private static Node OverR(GraphBuilder b, Node r, Node x, bool isTransposed) => b.SwapLast(isTransposed
        ? b.TriangularSolve(r, b.SwapLast(x), false, false)
        : b.TriangularSolve(b.SwapLast(r), b.SwapLast(x), true, false));

    // λⱼ − λᵢ at row i, column j, and 1 on the diagonal, where nothing is divided.
    private static Node Gaps(GraphBuilder b, Node values)
    {
        Shape lead = Shape.Of(values.Shape.Dims[..^1]);
        int n = values.Shape[^1];
        return WithUnits(b, b.Sub(b.Reshape(values, Shape.Of([.. lead.Dims, 1, n])), b.Reshape(values, Shape.Of([.. lead.Dims, n, 1]))));
    }

    private static Node SquareGaps(GraphBuilder b, Node s) => WithUnits(b, b.Mul(b.Sub(s, b.SwapLast(s)), b.Add(s, b.SwapLast(s))));

    private static Node WithUnits(GraphBuilder b, Node gaps) => b.Add(gaps, b.Identity(gaps));

    private static Node OffDiagonal(GraphBuilder b, Node x) => b.Add(b.Tril(x, -1), b.Triu(x, 1));

    // As a row.
    private static Node Diagonal(GraphBuilder b, Node x) => b.ReduceSum(b.Tril(b.Triu(x)), [-2], true);

    // (I − U·Uᵀ)·X.
    private static Node Outside(GraphBuilder b, Node u, Node x) => b.Sub(x, b.MatMul(u, b.MatMul(b.SwapLast(u), x)));
}
