using System.Collections.Frozen;
using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Definitions;
using Backprop.Domain.Operators.Definitions.Layers;
using Backprop.Domain.Operators.Definitions.Matrices;
using Backprop.Domain.Operators.Definitions.Spatial;
using Backprop.Domain.Suggestions;

namespace Backprop.Domain.Operators;

/// <summary>
/// The table of every operator that a graph may name. An entry is written <c>Row("LeakyRelu", "x:F", "alpha:float=0.01", "derivative", "flops", c
/// =&gt; definition)</c> in one of the files in Definitions.
/// </summary>
public static class OperatorTable
{
    /// <summary>The operators that ONNX lacks.</summary>
    public static FrozenSet<string> Extensions { get; } = new[]
    {
        "Square", "Rsqrt", "Log1p", "Expm1", "Erfc", "Lgamma", "Digamma", "Polygamma", "Erfinv", "Erfcinv", "Erfcx", "Gamma", "BesselI", "Atan2",
            "Hypot", "NormGrad", "StopGradient", "ArgTopK", "Unfold", "Fold", "ArgMaxPool",
        "CumMax", "CumMin", "LogCumSumExp", "Sort", "Quantile",
        "Cholesky", "TriangularSolve", "Solve", "Inverse", "Slogdet", "QR", "Eigh", "SVD", "Pinv", "Expm", "MatrixPower", "LogAbsDet", "DetSign",
            "Eigvalsh", "Svdvals", "PackedQR", "PackedEigh", "PackedSVD",
        "Diagonal", "Diag", "Kron", "Cross", "Tensordot", "MultiDot",
        "Flip", "Roll", "Rot90", "MoveAxis", "SwapAxes", "Stack", "Repeat", "BlockDiag", "TensorInverse", "SearchSorted", "Interp", "Polyval",
            "Convolve", "Correlate",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The operators of ONNX's training domain.</summary>
    public static FrozenSet<string> Training { get; } = OptimizerRows.Rows.Concat(GradientRows.Rows).Select(row => row.Name)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>All operators.</summary>
    public static ImmutableArray<Operator> All { get; } =
    [
        .. UnaryRows.Rows, .. BinaryRows.Rows, .. LogicRows.Rows, .. ActivationRows.Rows, .. ProductRows.Rows, .. NormalizationRows.Rows,
        .. ReductionRows.Rows, .. ShapeRows.Rows, .. IndexRows.Rows, .. WindowRows.Rows, .. ConvolutionRows.Rows, .. PoolingRows.Rows,
        .. ChannelNormalizationRows.Rows, .. RandomRows.Rows, .. BlockRows.Rows, .. SelectionRows.Rows,
        .. RecurrentRows.Rows, .. AttentionRows.Rows, .. OptimizerRows.Rows, .. ResizeRows.Rows, .. SignalRows.Rows, .. SamplingRows.Rows,
            .. GradientRows.Rows,
        .. ScanRows.Rows, .. OrderRows.Rows, .. MatrixRows.Rows, .. TensorProductRows.Rows, .. ArrangementRows.Rows, .. CurveRows.Rows,
    ];

    private static readonly FrozenDictionary<string, Operator> ByName = All.ToFrozenDictionary(row => row.Name, StringComparer.Ordinal);

    /// <summary>The operator of this name, or null.</summary>
    public static Operator? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The operators that an unknown name may mean: their names, and what other libraries call them.</summary>
    public static NameSuggestions Suggestions { get; } = new(All.Select(row => row.Name), OperatorSynonyms.All);
}

/// <summary>The notation of operators.</summary>
internal static class RowSyntax
{
    /// <summary>An operator with one result.</summary>
    public static Operator Row(
        string name, string operands, string attributes, string derivative, string flops, Func<OperatorCall, Node> build) =>
        Rows(name, operands, attributes, "y", derivative, flops, c => [build(c)]);

    /// <summary>The operator with a note on the precision of its results.</summary>
    public static Operator Within(this Operator row, string precision) => row with { Precision = precision };

    /// <summary>An operator with several results.</summary>
    public static Operator Rows(
        string name, string operands, string attributes, string outputs, string derivative, string flops, Func<OperatorCall, Node[]> build) => new(
        name,
        [.. Words(operands).Select(OperandSpec.Parse)],
        [.. Words(attributes).Select(AttributeSpec.Parse)],
        [.. Words(outputs)],
        build,
        derivative,
        flops,
        derivative.StartsWith("zero", StringComparison.Ordinal) ? Differentiability.PiecewiseConstant
            : derivative.StartsWith("none", StringComparison.Ordinal) ? Differentiability.NotDifferentiable
            : Differentiability.Differentiable);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
