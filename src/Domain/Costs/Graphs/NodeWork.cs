using System.Collections.Frozen;
using Backprop.Domain.Graphs;
using Backprop.Domain.Operators;
using Backprop.Domain.Operators.Primitives;
using static Backprop.Domain.Operators.Primitives.Elementwise;

namespace Backprop.Domain.Costs.Graphs;

/// <summary>
/// The work of one node. FLOPs are those of its primitive; which of them are transcendental, and which bytes go through memory, is defined here for
/// every primitive.
/// </summary>
public static class NodeWork
{
    private delegate Int128 Count(Node node);

    private static readonly FrozenDictionary<Primitive, (Count Transcendentals, Count Read, Count Written)> Rules = All().ToFrozenDictionary(
        row => row.Primitive, row => (row.Transcendentals, row.Read, row.Written));

    /// <summary>The work of a node.</summary>
    /// <exception cref="GraphException">There is no rule for its primitive, which must not be counted as free.</exception>
    public static Work Of(Node node) => Rules.TryGetValue(node.Op, out (Count Transcendentals, Count Read, Count Written) rule)
        ? new Work(node.Op.Flops(node), rule.Transcendentals(node), rule.Read(node), rule.Written(node))
        : throw new GraphException($"graph.nodes[{node.Origin.Index}].op", $"{node.Op.Name} has no rule for its cost", node.Origin.Node);

    private static IEnumerable<(Primitive Primitive, Count Transcendentals, Count Read, Count Written)> All() =>
    [
        .. Each(Nothing, Nothing, Nothing, Structure.Input, Structure.Constant, IdentityOp, StopGradientOp, Layout.ReshapeOp),
        .. Each(
            Nothing, Operands, Result,
            AddOp, SubOp, MulOp, DivOp, MaxOp, MinOp, ModOp, NegOp, AbsOp, SqrtOp, WhereOp, CastOp,
            Piecewise.SignOp, Piecewise.FloorOp, Piecewise.CeilOp, Piecewise.RoundOp, Piecewise.EqualOp, Piecewise.GreaterOp,
                Piecewise.GreaterOrEqualOp,
            Piecewise.LessOp, Piecewise.LessOrEqualOp, Piecewise.AndOp, Piecewise.OrOp, Piecewise.XorOp, Piecewise.NotOp, Piecewise.IsNaNOp,
                Piecewise.IsInfOp,
            Reductions.ReduceSumOp, Reductions.ReduceMaxOp, Reductions.ReduceMinOp, Norms.ReduceL2Op, Norms.HypotOp, Norms.NormGradOp,
                Reductions.ArgMaxOp, Reductions.ArgMinOp, Reductions.ArgTopKOp, Reductions.CumSumOp,
            LinearSystems.SolveOp, LinearSystems.TriangularSolveOp, LinearSystems.DetSignOp, Factorizations.CholeskyOp, Factorizations.QROp,
                Factorizations.EighOp, Factorizations.EigvalshOp, Factorizations.SvdvalsOp,
            Factorizations.SVDOp, Factorizations.PinvOp, Factorizations.ExpmOp, LinearAlgebra.MatMulOp, Convolutions.ConvOp, Windowing.FoldOp,
                Windowing.ArgMaxPoolOp, Layout.ExpandOp, Layout.TransposeOp, Layout.ConcatOp, Layout.PadOp),
        .. Each(
            Elements, Operands, Result,
            ExpOp, LogOp, Log1pOp, Expm1Op, SinOp, CosOp, TanOp, AsinOp, AcosOp, AtanOp, SinhOp, CoshOp, TanhOp, AsinhOp, AcoshOp, AtanhOp,
            ErfOp, ErfcOp, LgammaOp, DigammaOp, PolygammaOp, SigmoidOp, SoftplusOp, Atan2Op, Reductions.SoftmaxOp,
            SpecialPrimitives.ErfinvOp, SpecialPrimitives.ErfcinvOp, SpecialPrimitives.ErfcxOp, SpecialPrimitives.GammaOp,
                SpecialPrimitives.BesselIOp),
        .. Each(node => (Int128)node.Type.Count * node.Inputs[0].Shape[^1], Operands, Result, LinearSystems.LogAbsDetOp),
        .. Each(node => node.DType.IsFloat() ? node.Type.Count : 0, Operands, Result, PowOp),
        .. Each(node => node.Type.Count + Reductions.Lines(node), Operands, Result, Reductions.LogSoftmaxOp),
        .. Each(node => (Int128)node.Inputs[0].Type.Count + node.Type.Count, Operands, Result, Reductions.ReduceLogSumExpOp),
        .. Each(Nothing, Picked, Result, Layout.SliceOp, Windowing.UnfoldOp, Indexing.GatherOp, Indexing.GatherElementsOp, Indexing.GatherNDOp),
        .. Each(Nothing, Joined, Result, Indexing.ScatterElementsOp, Indexing.ScatterNDOp),
    ];

    private static IEnumerable<(Primitive, Count, Count, Count)> Each(Count transcendentals, Count read, Count written,
        params Primitive[] primitives) =>
        primitives.Select(primitive => (primitive, transcendentals, read, written));

    private static Int128 Nothing(Node node) => 0;

    private static Int128 Elements(Node node) => node.Type.Count;

    private static Int128 Result(Node node) => Bytes(node, node.Type.Count);

    // An operand that occurs twice is read once.
    private static Int128 Operands(Node node) => node.Inputs.Distinct().Aggregate((Int128)0, (sum, input) => sum + Bytes(input, input.Type.Count));

    // As many elements as there are results, plus all positions.
    private static Int128 Picked(Node node) =>
        Bytes(node, node.Type.Count) + node.Inputs.Skip(1).Aggregate((Int128)0, (sum, input) => sum + Bytes(input, input.Type.Count));

    // An element that is added to is first read.
    private static Int128 Joined(Node node) => Operands(node)
        + (node.Text("reduction") == "none" ? 0 : Bytes(node.Inputs[2], node.Inputs[2].Type.Count));

    private static Int128 Bytes(Node node, long elements) => (Int128)elements * node.DType.Size();
}
