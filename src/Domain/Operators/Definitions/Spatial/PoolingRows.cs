using System.Collections.Immutable;
using Backprop.Domain.Graphs.Building;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators.Definitions.Spatial;

/// <summary>Poolings: one number per window, or per channel.</summary>
internal static class PoolingRows
{
    private const string Windows = "auto_pad:string=NOTSET ceil_mode:int=0 dilations:ints kernel_shape:ints! pads:ints strides:ints";
    private const string Sums = "along each spatial axis, the last first: elements of its windows, with the other axes at their current extents";

    public static ImmutableArray<Operator> Rows { get; } =
    [
        RowSyntax.Rows("MaxPool", "x:N", Windows + " storage_order:int=0", "y indices", "1 at the largest of each window, the first of equals",
            "n × elements of a window; for the indices + n + points × channels, with storage_order 1 another 4n for each spatial axis minus n",
                MaxPooling.MaxPool),
        Row("AveragePool", "x:F", Windows + " count_include_pad:int=0", "1/count in each window, added where windows overlap", Sums + "; + n",
            AveragePooling.AveragePool),
        Row("LpPool", "x:F", Windows + " p:int=2", "sign(x)·(|x|/y)^(p-1) in each window, 0 where y = 0", "1 for each element of x, 2 for p above 2; "
            + Sums + "; + 2n for p above 2. For p 2 twice " + Sums + "; and 1 for each norm", AveragePooling.LpPool),
        Row("GlobalAveragePool", "x:F", "", "1/count", "elements of x + n", c => c.B.ReduceMean(c.X, Spatial(c), true)),
        Row("GlobalMaxPool", "x:N", "", "1 at the largest, the first of equals", "elements of x", MaxPooling.GlobalMaxPool),
        Row("GlobalLpPool", "x:F", "p:int=2", "sign(x)·(|x|/y)^(p-1), 0 where y = 0", "2 × elements of x, 3 × for p above 2; + n for p 2, 2n above",
            c => AveragePooling.Norm(c, x => c.B.ReduceSum(x, Spatial(c), true), x => c.B.Norm(x, Spatial(c), true))),
        Row("LRN", "x:F", "alpha:float=0.0001 beta:float=0.75 bias:float=1.0 size:int!",
            "by its definition: x/(bias + alpha/size·Σ x² over neighbouring channels)^beta",
            "(size + 5)·n", AveragePooling.LocalResponse),
        Row("MaxUnpool", "x:N indices:I output_shape:I?!", "kernel_shape:ints! pads:ints strides:ints", "g at the indices", "0",
            MaxPooling.MaxUnpool),
    ];

    /// <summary>The axes after points and channels.</summary>
    public static int[] Spatial(OperatorCall c) => [.. Enumerable.Range(2, WindowGeometry.SpatialRank(c))];
}
