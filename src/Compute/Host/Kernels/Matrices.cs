using System.Numerics;
using Backprop.Compute.Host.Matrices;

namespace Backprop.Compute.Host.Kernels;

/// <summary>
/// Systems, factorizations and functions of the matrices in the last two axes, sequentially or in parallel, in double precision whatever the element
/// type.
/// </summary>
internal static class Matrices
{
    public static IEnumerable<(string Name, Kernel Kernel)> Rows() =>
    [
        Row("Solve", Elimination.Solve), Row("LogAbsDet", Elimination.LogAbsDet), Row("DetSign", Elimination.DetSign),
        Row("TriangularSolve", Triangles.Solve), Row("Cholesky", Triangles.Cholesky), Row("PackedQR", Reflections.QR),
        Row("Eigvalsh", Eigenvalues.Eigvalsh), Row("Svdvals", SingularValues.Svdvals),
        Row("PackedEigh", Eigenvalues.Eigh), Row("PackedSVD", SingularValues.SVD), Row("Pinv", SingularValues.Pinv), Row("Expm", Exponentials.Expm),
    ];

    private static (string Name, Kernel Kernel) Row(string name, Action<MatrixWork> compute) =>
        (name, Typed.Of(call => Each<double>(call, compute), call => Each<float>(call, compute)));

    private static void Each<T>(KernelCall call, Action<MatrixWork> compute)
        where T : unmanaged, INumber<T>
    {
        Domain.Graphs.Node node = call.Node;
        View result = call.Result;
        View[] operands = [.. call.Operands];
        Domain.Graphs.Shape shape = operands[0].Shape;
        int count = (int)shape.CountOf(0, shape.Rank - 2);
        if (count == 0 || result.Count == 0)
        {
            return;
        }

        CancellationToken cancellationToken = call.Cancellation;
        Chunks.ForItems(count, Math.Max(node.Op.Flops(node) / count, 1), cancellationToken, (first, some) =>
        {
            for (int i = first; i < first + some; i++)
            {
                double[] made = new double[result.Count / count];
                compute(new MatrixWork(node, [.. operands.Select(operand => Read<T>(operand, i, count))], made, cancellationToken));
                Span<T> to = result.Values<T>().Slice(i * made.Length, made.Length);
                for (int k = 0; k < made.Length; k++)
                {
                    to[k] = T.CreateTruncating(made[k]);
                }
            }
        });
    }

    private static double[] Read<T>(View operand, int index, int count)
        where T : unmanaged, INumber<T>
    {
        int length = operand.Count / count;
        double[] values = new double[length];
        ReadOnlySpan<T> from = operand.Values<T>().Slice(index * length, length);
        for (int i = 0; i < length; i++)
        {
            values[i] = double.CreateTruncating(from[i]);
        }

        return values;
    }
}
