using static Backprop.Testing.Samples.SampleValues;

namespace Backprop.Testing.Samples;

internal static class ProductSamples
{
    public static IEnumerable<Sample> All { get; } =
    [
        .. Enumerable.Range(0, 7).Select(n => Of("Det", $"{n} rows", [X(n, n)])),
        Of("Det", "many", [X(2, 2, 4, 4)]),
        Of("Det", "singular", [F([1, 2, 3, 4, 2, 4, 6, 8, 0, 1, 1, 2, 3, 1, 0, 1], 4, 4)]),
        Of("Det", "of low rank", [F([.. Enumerable.Range(0, 25).Select(i => (double)((i / 5) + 1) * ((i % 5) - 1.5))], 5, 5)]),
        Of("Det", "zeros", [F(new double[25], 5, 5)]) with { IsSmooth = false },
        Of("MatMul", "matrices", [X(2, 3), Y(3, 4)]),
        Of("MatMul", "vectors", [X(3), Y(3)]),
        Of("MatMul", "matrix and vector", [X(2, 3), Y(3)]),
        Of("MatMul", "vector and matrix", [X(3), Y(3, 2)]),
        Of("MatMul", "vector and stack", [X(3), Y(2, 3, 2)]),
        Of("MatMul", "stack and vector", [X(2, 2, 3), Y(3)]),
        Of("MatMul", "stack and matrix", [X(2, 2, 3), Y(3, 2)]),
        Of("MatMul", "matrix and stack", [X(2, 3), Y(2, 3, 2)]),
        Of("MatMul", "outer stacks", [X(2, 1, 2, 3), Y(3, 3, 2)]),
        Of("MatMul", "integers", [I([1, 2, 3, 4], 2, 2), I([5, 6], 2, 1)]),
        Of("Gemm", "plain", [X(2, 3), Y(3, 4)]),
        Of("Gemm", "row", [X(2, 3), Y(3, 4), Z(4)], ("alpha", 0.5), ("beta", 1.5)),
        Of("Gemm", "column", [X(2, 3), Y(3, 4), Z(2, 1)], ("beta", -1)),
        Of("Gemm", "scalar", [X(2, 3), Y(3, 4), Z()]),
        Of("Gemm", "transA", [X(3, 2), Y(3, 4), Z(2, 4)], ("transA", 1)),
        Of("Gemm", "transB", [X(2, 3), Y(4, 3), Z(1, 4)], ("transB", 1)),
        Of("Gemm", "transA transB", [X(3, 2), Y(4, 3)], ("transA", 1), ("transB", 1), ("alpha", 2)),
        Equation("ij,jk->ik", [X(2, 3), Y(3, 2)]),
        Equation("ij,jk", [X(2, 3), Y(3, 2)]),
        Equation("bi,io->bo", [X(2, 1), Y(2, 2)], "stretched"),
        Equation("ij,jk,ik->ik", [X(2, 3), Y(1, 2), Z(1, 2)], "stretched"),
        Equation("i,i->", [X(3), Y(1)], "stretched"),
        Equation("ij->ji", [X(2, 3)]),
        Equation("ij->", [X(2, 3)]),
        Equation("ij->j", [X(2, 3)]),
        Equation("ii->i", [X(3, 3)]),
        Equation("ii", [X(3, 3)]),
        Equation("iij->ij", [X(2, 2, 3)]),
        Equation("iji->j", [X(2, 3, 2)]),
        Equation("iii->i", [X(2, 2, 2)]),
        Equation("i,j->ij", [X(2), Y(3)]),
        Equation("i,i->i", [X(3), Y(3)]),
        Equation("i,i->", [X(3), Y(3)]),
        Equation("ij,ij->i", [X(2, 3), Y(2, 3)]),
        Equation("bij,bjk->bik", [X(2, 2, 3), Y(2, 3, 2)]),
        Equation("bhqd,bhkd->bhqk", [X(1, 2, 2, 3), Y(1, 2, 3, 3)]),
        Equation("...ij,...jk->...ik", [X(2, 2, 3), Y(3, 2)]),
        Equation("...ij,...jk->...ik", [X(2, 1, 2, 2), Y(3, 2, 2)], "ranks"),
        Equation("i...->...", [X(2, 3)]),
        Equation("...,...", [X(2, 3), Y(3)]),
        Equation("...i->i...", [X(2, 3)]),
        Equation("ij,jk,kl->il", [X(2, 3), Y(3, 2), Z(2, 2)]),
        Equation("i,ij,j->", [X(2), Y(2, 3), Z(3)]),
        Equation("ij,ik,il->jkl", [X(2, 2), Y(2, 3), Z(2, 2)]),
        Equation("ij,k->i", [X(2, 3), Y(2)]),
        Equation(",i->i", [X(), Y(3)]),
        Equation("ij,jk->ik", [I([1, 2, 3, 4], 2, 2), I([5, 6], 2, 1)], "integers"),
    ];

    private static Sample Equation(string equation, Argument[] operands, string form = "") => Of("Einsum", equation + form, operands, ("equation", equation));
}
