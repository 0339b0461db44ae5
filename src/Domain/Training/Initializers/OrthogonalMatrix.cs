using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Sampling;

namespace Backprop.Domain.Training.Initializers;

/// <summary>
/// A matrix with orthonormal rows or columns, whichever are fewer, uniformly distributed: Q of a QR factorization of normal numbers, each column
/// times the sign of R's diagonal. Source: Mezzadri, "How to generate random matrices from the classical compact groups" (2007); all axes but the
/// first are flattened, as in <c>torch.nn.init.orthogonal_</c>.
/// </summary>
internal static class OrthogonalMatrix
{
    public static Tensor Draw(TensorType type, SeededGenerator random, double gain, Evaluator evaluator)
    {
        (int rows, int columns) = Extents(type.Shape);
        bool isTall = rows >= columns;
        var b = new GraphBuilder();
        Tensor normal = Initializer.Drawn(new TensorType(DType.Float64, Shape.Of(rows, columns)), () => random.Normal());
        Node matrix = b.Constant(normal);
        Node tall = isTall ? matrix : b.SwapLast(matrix);
        (int m, int n) = isTall ? (rows, columns) : (columns, rows);
        double[] factors = Evaluated(b.QR(tall), evaluator).Values<double>().ToArray();
        Tensor drawn = Tensor.Zeros(type);
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                drawn[isTall ? (i * n) + j : (j * m) + i] = gain * factors[(i * n) + j] * (factors[((m + j) * n) + j] < 0 ? -1 : 1);
            }
        }

        return drawn;
    }

    /// <summary>The matrix as which a tensor is drawn.</summary>
    public static (int Rows, int Columns) Extents(Shape shape) => (shape[0], (int)shape.CountOf(1, shape.Rank));

    private static Tensor Evaluated(Node node, Evaluator evaluator) =>
        evaluator(node, Array.ConvertAll(node.Inputs, input => Evaluated(input, evaluator)), CancellationToken.None);
}
