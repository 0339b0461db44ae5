using System.Numerics;
using Backprop.Compute.Compilation;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host.Kernels.Reductions;

/// <summary>
/// The 2-norm over some axes: a sum of squares, repeated with scaled elements only if it left the range. Over several axes it is the norm of norms.
/// </summary>
internal static class NormKernels
{
    public static IEnumerable<(string Name, Kernel Kernel)> Rows() =>
    [
        ("ReduceL2", Typed.Of(Run<double>, Run<float>)),
        ("NormGrad", Typed.Of(Gradient<double>, Gradient<float>)),
    ];

    /// <summary>√(Σ x² + ε) of a short row.</summary>
    public static T OfRow<T>(ReadOnlySpan<T> x, T epsilon, CancellationToken cancellationToken = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sum = Squares<T>.Plain.Row(x, cancellationToken) + epsilon, scale = NormRange<T>.Scale(sum);
        return scale == T.One ? T.Sqrt(sum) : T.Sqrt(Squares<T>.Scaled(scale).Row(x, cancellationToken) + (epsilon * scale * scale)) / scale;
    }

    /// <summary>Σ (x·scale)² of a short row.</summary>
    public static T SquaresOfRow<T>(ReadOnlySpan<T> x, T scale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => (scale == T.One ? Squares<T>.Plain : Squares<T>.Scaled(scale)).Row(x);

    private static void Run<T>(KernelCall call)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        View from = call.Operands[0];
        var epsilon = T.CreateChecked(Domain.Operators.Primitives.Norms.Epsilon(call.Node));
        if (from.Count == 0)
        {
            Stretches.Fill(call.Result.Values<T>(), T.Sqrt(epsilon), call.Cancellation);
            return;
        }

        // The norm of a gradient is part of every request, so it allocates nothing.
        if (call.Result.Count == 1)
        {
            call.Result.Values<T>()[0] = Row(from, 0, (int)from.Count, epsilon, call.Cancellation);
            return;
        }

        AxisView[] passes = AxisGroups.Passes(call.Node);
        passes = passes.Length > 0 ? passes : [new AxisView((int)from.Count, 1, 1)];
        for (int i = 0; i < passes.Length; i++)
        {
            bool isLast = i == passes.Length - 1;
            AxisView axis = passes[i];
            View to = isLast ? call.Result : new View(BufferPool.Allocate(new TensorType(from.DType, Shape.Of(axis.Outer * axis.Inner))));
            Pass(from, axis, to, isLast ? epsilon : T.Zero, call.Cancellation);
            from = to;
        }
    }

    private static void Pass<T>(View x, AxisView axis, View result, T epsilon, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (axis.Inner > 1)
        {
            ReductionKernels.ForTiles(axis, cancellationToken, (block, left, width) =>
                Columns(x.Values<T>()[((block * axis.Length * axis.Inner) + left)..], axis, result.Values<T>()
                    .Slice((block * axis.Inner) + left, width), epsilon, cancellationToken));
            return;
        }

        ReductionKernels.ForRows(axis, cancellationToken, row =>
            result.Values<T>()[row] = Row(x, row * axis.Length, axis.Length, epsilon, cancellationToken));
    }

    // g·x/norm; plans express it as Where, Mul and Div, which are fused.
    private static void Gradient<T>(KernelCall call)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        View g = call.Operands[0], x = call.Operands[1], norm = call.Operands[2], result = call.Result;
        if (result.Count == 0)
        {
            return;
        }

        int rank = result.Shape.Rank;
        var nest = new LoopNest(result.Shape.Dims, LoopNest.Broadcast(g.Shape, rank), LoopNest.Broadcast(x.Shape, rank),
            LoopNest.Broadcast(norm.Shape, rank));
        (int ofG, int ofX, int ofNorm) = ((int)nest.InnerStride(0), (int)nest.InnerStride(1), (int)nest.InnerStride(2));
        nest.ForRuns(call.Cancellation, (at, cursor, start, length) =>
        {
            for (int i = 0; i < length; i++)
            {
                int index = start + i;
                T divisor = norm.Values<T>()[cursor[2] + (index * ofNorm)];
                result.Values<T>()[at + i] = divisor == T.Zero
                    ? T.Zero
                    : g.Values<T>()[cursor[0] + (index * ofG)] * (x.Values<T>()[cursor[1] + (index * ofX)] / divisor);
            }
        });
    }

    private static T Row<T>(View x, int start, int length, T epsilon, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sum = Squares<T>.Plain.Row(x, start, length, cancellationToken) + epsilon, scale = NormRange<T>.Scale(sum);
        return scale == T.One
            ? T.Sqrt(sum)
            : T.Sqrt(Squares<T>.Scaled(scale).Row(x, start, length, cancellationToken) + (epsilon * scale * scale)) / scale;
    }

    private static void Columns<T>(ReadOnlySpan<T> x, AxisView axis, Span<T> result, T epsilon, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Reducers.Sum<T>()
            .Columns(x, axis.Length, axis.Inner, result, cancellationToken, static (x, _, squares) => TensorPrimitives.Multiply(x, x, squares));
        for (int column = 0; column < result.Length; column++)
        {
            T sum = result[column] + epsilon, scale = NormRange<T>.Scale(sum);
            result[column] = scale == T.One ? T.Sqrt(sum)
                : T.Sqrt(Column(x, axis, column, scale, cancellationToken) + (epsilon * scale * scale)) / scale;
        }
    }

    private static T Column<T>(ReadOnlySpan<T> x, AxisView axis, int column, T scale, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var check = new CancellationCheck(cancellationToken);
        T sum = T.Zero;
        for (int row = 0; row < axis.Length; row++)
        {
            check.Before(1);
            T element = x[(row * axis.Inner) + column] * scale;
            sum += element * element;
        }

        return sum;
    }

    private static class Squares<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static readonly Reducer<T> Plain = new(Summation.OfSquares, TensorPrimitives.Add, T.Zero);

        public static Reducer<T> Scaled(T scale) => new(x => Summation.OfSquares(x, scale), TensorPrimitives.Add, T.Zero);
    }
}
