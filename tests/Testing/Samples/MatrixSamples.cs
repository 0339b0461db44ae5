using Backprop.Domain.Graphs;
using static Backprop.Testing.Samples.SampleValues;

namespace Backprop.Testing.Samples;

internal static class MatrixSamples
{
    private static readonly double[] Plain = [2, -0.5, 0.3, 0.4, 1.5, -0.7, -0.2, 0.6, 1.8];
    private static readonly double[] Definite = [2.5, 0.6, -0.3, 0.4, 1.9, 0.5, -0.1, 0.7, 1.4];
    private static readonly double[] Tall = [1.2, -0.4, 0.3, 0.9, -1.1, 0.5, 0.7, 1.6];

    public static IEnumerable<Sample> All { get; } =
    [
        Of("Solve", "matrix", [A(3, 3), Y(3, 2)]),
        Of("Solve", "vector", [A(3, 3), Y(3)]),
        Of("Solve", "one matrix for many", [A(3, 3), Y(2, 3, 2)]),
        Of("Solve", "many matrices", [Many(Plain), Y(3, 1)]),
        Of("TriangularSolve", "lower", [A(3, 3), Y(3, 2)]),
        Of("TriangularSolve", "upper", [A(3, 3), Y(3)], ("lower", 0)),
        Of("TriangularSolve", "transposed", [Many(Plain), Y(2, 3, 2)], ("transpose", 1)),
        Of("TriangularSolve", "unit diagonal", [A(3, 3), Y(3, 2)], ("lower", 0), ("unit_diagonal", 1)),
        Of("Inverse", "matrix", [A(3, 3)]),
        Of("Inverse", "many", [Many(Plain)]),
        Of("Slogdet", "matrix", [A(3, 3)]) with { Outputs = ["s", "l"] },
        Of("Slogdet", "many", [Many(Plain)]) with { Outputs = ["s", "l"] },
        Of("Slogdet", "negative", [F([0.2, 1.3, 1.1, 0.4], 2, 2)]) with { Outputs = ["s", "l"] },
        Of("Cholesky", "matrix", [F(Definite, 3, 3)]),
        Of("Cholesky", "upper", [Many(Definite)], ("upper", 1)),
        Of("QR", "square", [A(3, 3)]) with { Outputs = ["Q", "R"] },
        Of("QR", "tall", [F(Tall, 4, 2)]) with { Outputs = ["Q", "R"] },
        Of("QR", "wide", [F(Tall, 2, 4)]) with { Outputs = ["Q", "R"] },
        Of("QR", "many", [Many(Tall[..6], 3, 2)]) with { Outputs = ["Q", "R"] },
        Of("Eigh", "matrix", [F(Definite, 3, 3)]) with { Outputs = ["w", "v"] },
        Of("Eigh", "many", [Many(Plain)]) with { Outputs = ["w", "v"] },
        Of("Eigh", "values alone", [F(Definite, 3, 3)]),
        Of("Eigvalsh", "matrix", [F(Definite, 3, 3)]),
        Of("Eigvalsh", "many", [Many(Plain)]),
        Of("Svdvals", "tall", [F(Tall, 4, 2)]),
        Of("Svdvals", "wide", [Many(Tall, 2, 4)]),
        Of("SVD", "square", [A(3, 3)]) with { Outputs = ["U", "S", "Vh"] },
        Of("SVD", "tall", [F(Tall, 4, 2)]) with { Outputs = ["U", "S", "Vh"] },
        Of("SVD", "wide", [F(Tall, 2, 4)]) with { Outputs = ["U", "S", "Vh"] },
        Of("SVD", "many values", [Many(Tall[..6], 3, 2)]) with { Outputs = ["", "S", ""] },
        Of("LogAbsDet", "matrix", [A(3, 3)]),
        Of("DetSign", "matrix", [A(3, 3)]),
        Of("PackedQR", "tall", [F(Tall, 4, 2)]),
        Of("PackedEigh", "symmetric", [F([2, 0.5, 0.5, 1], 2, 2)]) with { IsSmooth = false },
        Of("PackedSVD", "tall", [F(Tall, 4, 2)]),
        Of("Pinv", "square", [A(3, 3)]),
        Of("Pinv", "tall", [F(Tall, 4, 2)]),
        Of("Pinv", "wide", [Many(Tall, 2, 4)], ("rcond", 1e-10)),
        Of("Expm", "matrix", [F([.. Plain.Select(x => x / 2)], 3, 3)]),
        Of("Expm", "small", [F([0.01, -0.02, 0.03, 0.015], 2, 2)]),
        Of("Expm", "many", [Many([.. Plain.Select(x => x / 3)])]),
        Of("MatrixPower", "0", [A(3, 3)], ("n", 0)) with { IsSmooth = false },
        Of("MatrixPower", "1", [A(3, 3)], ("n", 1)),
        Of("MatrixPower", "5", [F([.. Plain.Select(x => x / 2)], 3, 3)], ("n", 5)),
        Of("MatrixPower", "-2", [A(3, 3)], ("n", -2)),
        Of("Diagonal", "matrix", [X(3, 4)]),
        Of("Diagonal", "above", [X(3, 4)], ("offset", 2)),
        Of("Diagonal", "below", [X(4, 3)], ("offset", -1)),
        Of("Diagonal", "of axes", [X(3, 2, 3)], ("axis1", 2), ("axis2", 0)),
        Of("Diagonal", "integers", [I([1, 2, 3, 4], 2, 2)]),
        Of("Diag", "vector", [X(3)]),
        Of("Diag", "vector above", [X(2)], ("offset", 1)),
        Of("Diag", "vector below", [X(2)], ("offset", -2)),
        Of("Diag", "matrix", [X(3, 3)], ("offset", 1)),
        Of("Kron", "matrices", [X(2, 3), Y(3, 2)]),
        Of("Kron", "vector and matrix", [X(2), Y(2, 2)]),
        Of("Cross", "vectors", [X(3), Y(3)]),
        Of("Cross", "many with one", [X(3, 2), Y(3, 1)], ("axis", 0)),
        Of("Tensordot", "two axes", [X(2, 3, 2), Y(3, 2, 2)]),
        Of("Tensordot", "no axis", [X(2), Y(3)], ("axes", 0)),
        Of("Tensordot", "named", [X(2, 3, 2), Y(2, 3)], ("axes_a", new[] { 1, 0 }), ("axes_b", new[] { 1, 0 })),
        Of("MultiDot", "matrices", [X(2, 4), Y(4, 3), Z(3, 2)]),
        Of("MultiDot", "vectors at the ends", [X(3), Y(3, 4), Z(4)]),
        Of("MultiDot", "one", [X(2, 2)]),
    ];

    private static Tensor A(params int[] dims) => F(Plain, dims);

    // Two matrices; the second is 1.5 times the first minus a part of its off-diagonal elements.
    private static Tensor Many(double[] matrix, int rows = 3, int columns = 3) =>
        F([.. matrix, .. matrix.Select((x, i) => 1.5 * (i / columns == i % columns ? x : 0.7 * x))], 2, rows, columns);
}
