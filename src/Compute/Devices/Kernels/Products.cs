using Backprop.Compute.Compilation;
using Backprop.Compute.Devices.Functions;
using Backprop.Compute.Devices.Memory;
using Backprop.Domain.Graphs;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;

namespace Backprop.Compute.Devices.Kernels;

/// <summary>
/// Matrix products of the last two axes. A group of threads computes a square block of the result: it loads strips of both operands into shared
/// memory in turn, and every thread keeps four by four sums in its registers.
/// </summary>
internal static class Products
{
    /// <summary>The rows and columns that a thread computes.</summary>
    private const int Micro = 4;

    /// <summary>The threads along a side of a group, if a device has that many.</summary>
    private const int MostSide = 16;

    public static IEnumerable<(string Name, Action<StepPreparation> Prepare)> Rows() => [("MatMul", Prepare)];

    private static void Prepare(StepPreparation step)
    {
        if (step.Result.Count == 0)
        {
            return;
        }

        if (step.Operands[0].Shape.Dims[^1] == 0)
        {
            Copies.Fill(step, step.Single(0, step.Result.DType), step.Result);
            return;
        }

        switch (step.Result.DType)
        {
            case DType.Float64: Prepare<double, Arithmetic64>(step); break;
            case DType.Float32: Prepare<float, Arithmetic32>(step); break;
            default: Prepare<long, ArithmeticWhole>(step); break;
        }
    }

    private static void Prepare<T, A>(StepPreparation step)
        where T : unmanaged
        where A : struct, IArithmetic<T> => Multiply<T, A>(step, step.Operands[0], step.Operands[1], step.Result);

    /// <summary>Launches the products of the matrices stored there, c = a·b.</summary>
    public static void Multiply<T, A>(StepPreparation step, ValueLayout a, ValueLayout b, ValueLayout c)
        where T : unmanaged
        where A : struct, IArithmetic<T>
    {
        int m = a.Shape.Dims[^2], k = a.Shape.Dims[^1], n = b.Shape.Dims[^1], batches = c.Count / (m * n);
        if (b.Count == k * n)
        {
            // One matrix on the right serves all: the rows of the left ones form a single matrix.
            (m, batches) = (m * batches, 1);
        }

        if (step.Kernels.Cublas?.Launch(a, b, c, m, k, n, batches) is { } library)
        {
            step.Launches.Add(library);
            return;
        }

        if (step.Kernels.Accelerator is CLAccelerator { Device.DeviceType: CLDeviceType.CL_DEVICE_TYPE_CPU })
        {
            long tiles = (((m - 1) / Micro) + 1L) * (((n - 1) / Micro) + 1) * batches;
            step.Map<T, T, T>(ProcessorProducts.Multiply<T, A>, Size(tiles, Micro, k), a, b, c,
                [m, k, n, .. Starts(a.Shape, c.Shape, batches), .. Starts(b.Shape, c.Shape, batches)]);
            return;
        }

        int side = Side(step.Kernels.Accelerator), block = side * Micro;
        long[] numbers = [m, k, n, side, .. Starts(a.Shape, c.Shape, batches), .. Starts(b.Shape, c.Shape, batches)];
        int groups = checked(((m - 1) / block + 1) * ((n - 1) / block + 1) * batches);
        (int row, var launch) = (step.Row(numbers), step.Kernels.LoadGrouped<ArrayView<T>, ArrayView<T>, ArrayView<T>,
            ArrayView<long>>(Multiply<T, A>));
        step.Launches.Add(new Launch(Size(groups, block, k), (run, items, count) => launch(
            new KernelConfig(count, side * side), items, run.View<T>(a), run.View<T>(b), run.View<T>(c), run.Numbers(row, numbers.Length))));
    }

    // Square blocks of the result, each the sum of the given number of terms.
    private static LaunchSize Size(long blocks, int side, int terms) =>
        new(blocks, 2.0 * side * side * Math.Min(terms, ProductTile.TermsOfRound), LaunchSize.RoundsOf(terms, ProductTile.TermsOfRound));

    /// <summary>The threads along a side of a group: few on the emulated device, where each is a thread of the processor.</summary>
    private static int Side(Accelerator accelerator) => accelerator.MaxNumThreadsPerGroup >= MostSide * MostSide ? MostSide : 2;

    /// <summary>The first element of each matrix of an operand.</summary>
    private static long[] Starts(Shape operand, Shape result, int batches)
    {
        var starts = new long[batches];
        if (batches == 1)
        {
            return starts;
        }

        var nest = new LoopNest(result.Dims[..^2], LoopNest.Broadcast(Shape.Of(operand.Dims[..^2]), result.Rank - 2));
        LoopNest.Cursor cursor = nest.At(0);
        long matrix = (long)operand.Dims[^2] * operand.Dims[^1];
        for (int batch = 0; batch < batches; batch++)
        {
            int inner = batch % nest.Inner;
            starts[batch] = (cursor[0] + (inner * nest.InnerStride(0))) * matrix;
            if (inner == nest.Inner - 1)
            {
                cursor.Next();
            }
        }

        return starts;
    }

    private static void Multiply<T, A>(Items items, ArrayView<T> a, ArrayView<T> b, ArrayView<T> c, ArrayView<long> numbers)
        where T : unmanaged
        where A : struct, IArithmetic<T>
    {
        int m = (int)numbers[0], k = (int)numbers[1], n = (int)numbers[2], side = (int)numbers[3];
        int block = side * Micro, columns = ((n - 1) / block) + 1, rows = ((m - 1) / block) + 1;
        int batches = ((int)numbers.Length - 4) / 2, group = items.First + Grid.IdxX;
        int batch = group / (rows * columns), tile = group % (rows * columns);
        int top = tile / columns * block, left = tile % columns * block;
        int ty = Group.IdxX / side, tx = Group.IdxX % side;
        ArrayView<T> from = a.SubView(numbers[4 + batch], (long)m * k), with = b.SubView(numbers[4 + batches + batch], (long)k * n);
        ArrayView<T> shared = SharedMemory.Allocate<T>(2 * MostSide * MostSide * Micro);
        T c00 = A.Zero, c01 = A.Zero, c02 = A.Zero, c03 = A.Zero, c10 = A.Zero, c11 = A.Zero, c12 = A.Zero, c13 = A.Zero;
        T c20 = A.Zero, c21 = A.Zero, c22 = A.Zero, c23 = A.Zero, c30 = A.Zero, c31 = A.Zero, c32 = A.Zero, c33 = A.Zero;
        ArrayView<T> to = c.SubView((long)batch * m * n, (long)m * n);
        int first = items.Round * ProductTile.TermsOfRound;
        if (first > 0)
        {
            ProductTile.Load(to, top + ty, left + tx, side, m, n, ref c00, ref c01, ref c02, ref c03);
            ProductTile.Load(to, top + ty + side, left + tx, side, m, n, ref c10, ref c11, ref c12, ref c13);
            ProductTile.Load(to, top + ty + (2 * side), left + tx, side, m, n, ref c20, ref c21, ref c22, ref c23);
            ProductTile.Load(to, top + ty + (3 * side), left + tx, side, m, n, ref c30, ref c31, ref c32, ref c33);
        }

        for (int depth = first; depth < k && depth < first + ProductTile.TermsOfRound; depth += side)
        {
            for (int i = 0; i < Micro; i++)
            {
                int row = ty + (i * side), column = tx + (i * side);
                bool insideA = top + row < m && depth + tx < k, insideB = depth + ty < k && left + column < n;
                shared[(tx * block) + row] = insideA ? from[((long)(top + row) * k) + depth + tx] : A.Zero;
                shared[((side + ty) * block) + column] = insideB ? with[((long)(depth + ty) * n) + left + column] : A.Zero;
            }

            Group.Barrier();
            for (int i = 0; i < side; i++)
            {
                int atA = (i * block) + ty, atB = ((side + i) * block) + tx;
                T a0 = shared[atA], a1 = shared[atA + side], a2 = shared[atA + (2 * side)], a3 = shared[atA + (3 * side)];
                T b0 = shared[atB], b1 = shared[atB + side], b2 = shared[atB + (2 * side)], b3 = shared[atB + (3 * side)];
                (c00, c01, c02, c03) = (A.MultiplyAdd(a0, b0, c00), A.MultiplyAdd(a0, b1, c01), A.MultiplyAdd(a0, b2, c02),
                    A.MultiplyAdd(a0, b3, c03));
                (c10, c11, c12, c13) = (A.MultiplyAdd(a1, b0, c10), A.MultiplyAdd(a1, b1, c11), A.MultiplyAdd(a1, b2, c12),
                    A.MultiplyAdd(a1, b3, c13));
                (c20, c21, c22, c23) = (A.MultiplyAdd(a2, b0, c20), A.MultiplyAdd(a2, b1, c21), A.MultiplyAdd(a2, b2, c22),
                    A.MultiplyAdd(a2, b3, c23));
                (c30, c31, c32, c33) = (A.MultiplyAdd(a3, b0, c30), A.MultiplyAdd(a3, b1, c31), A.MultiplyAdd(a3, b2, c32),
                    A.MultiplyAdd(a3, b3, c33));
            }

            Group.Barrier();
        }

        ProductTile.Store(to, top + ty, left + tx, side, m, n, c00, c01, c02, c03);
        ProductTile.Store(to, top + ty + side, left + tx, side, m, n, c10, c11, c12, c13);
        ProductTile.Store(to, top + ty + (2 * side), left + tx, side, m, n, c20, c21, c22, c23);
        ProductTile.Store(to, top + ty + (3 * side), left + tx, side, m, n, c30, c31, c32, c33);
    }
}
