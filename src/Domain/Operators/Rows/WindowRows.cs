using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators;

/// <summary>Sliding windows, of which convolutions and poolings are made.</summary>
internal static class WindowRows
{
    public static ImmutableArray<Operator> Rows { get; } =
    [
        Row("Unfold", "x:A", "axis:int=-1 size:int! stride:int=1 dilation:int=1", "g added where windows overlap", "0",
            c => c.B.Unfold(c.X, c.Int("axis"), c.Int("size"), c.Int("stride"), c.Int("dilation"))),
        Row("Fold", "x:N", "axis:int=-2 extent:int! stride:int=1 dilation:int=1", "the windows of g", "elements of x",
            c => c.B.Fold(c.X, c.Int("axis"), c.Int("extent"), c.Int("stride"), c.Int("dilation"))),
        Row("ArgMaxPool", "x:N", "kernel_shape:ints! strides:ints! dilations:ints! pads:ints!", "none: the result is positions", "n × elements of a window",
            c => c.B.ArgMaxPool(c.X, Ints(c, "kernel_shape"), Ints(c, "strides"), Ints(c, "dilations"), Ints(c, "pads"))),
    ];

    private static int[] Ints(OperatorCall c, string name) => WindowGeometry.Given(c, name)!;
}
