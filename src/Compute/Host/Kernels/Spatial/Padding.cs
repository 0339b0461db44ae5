using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Backprop.Compute.Host.Kernels.Spatial;

/// <summary>Pad: planes of rows between borders.</summary>
internal static class Padding
{
    // Up to this many bytes a row of the result is short: rows are filled together, and then the elements between their borders are copied without a
    // call for each row.
    private const int ShortRow = 512;

    // As many rows as are still in the L1 cache when they are copied to.
    private const int RowsAtATime = 32;

    public static IEnumerable<(string Name, Kernel Kernel)> Rows() => [("Pad", Typed.OfResult(Pad<double>, Pad<float>, Pad<long>, Pad<bool>))];

    private static void Pad<T>(KernelCall call)
        where T : unmanaged
    {
        View x = call.Operands[0], border = call.Operands[1], result = call.Result;
        if (result.Count == 0)
        {
            return;
        }

        var planes = new PaddedPlanes(x.Shape, result.Shape, call.Node.Integers("pads"));
        CancellationToken cancellationToken = call.Cancellation;
        Chunks.ForItems(result.Count / planes.Width, planes.Width, cancellationToken, (first, count) =>
        {
            T value = border.Values<T>()[0];
            for (int row = first, end = first + count; row < end;)
            {
                (int plane, int at) = Math.DivRem(row, planes.Height);
                int rows = Math.Min(RowsAtATime, Math.Min(planes.Height - at, end - row));
                Span<T> to = result.Values<T>().Slice(row * planes.Width, rows * planes.Width);
                (int from, int top, int bottom) = planes.Inside(plane, at, rows);
                FillAround(to, planes, top, bottom, value, cancellationToken);
                Copy(x.Values<T>().Slice(from * planes.InnerWidth, (bottom - top) * planes.InnerWidth), planes, to[(top * planes.Width)..],
                    cancellationToken);
                row += rows;
            }
        });
    }

    private static void FillAround<T>(Span<T> to, PaddedPlanes planes, int top, int bottom, T value, CancellationToken cancellationToken)
        where T : unmanaged
    {
        if (planes.Width * Unsafe.SizeOf<T>() <= ShortRow)
        {
            to.Fill(value);
            return;
        }

        Stretches.Fill(to[..(top * planes.Width)], value, cancellationToken);
        Stretches.Fill(to[(bottom * planes.Width)..], value, cancellationToken);
        for (int row = top; row < bottom; row++)
        {
            Span<T> line = to.Slice(row * planes.Width, planes.Width);
            Stretches.Fill(line[..planes.Left], value, cancellationToken);
            Stretches.Fill(line[(planes.Left + planes.InnerWidth)..], value, cancellationToken);
        }
    }

    private static void Copy<T>(ReadOnlySpan<T> from, PaddedPlanes planes, Span<T> to, CancellationToken cancellationToken)
        where T : unmanaged
    {
        (int inner, int width) = (planes.InnerWidth, planes.Width);
        if (inner * Unsafe.SizeOf<T>() >= Vector256<byte>.Count && width * Unsafe.SizeOf<T>() <= ShortRow)
        {
            CopyShort(MemoryMarshal.AsBytes(from), inner * Unsafe.SizeOf<T>(), MemoryMarshal.AsBytes(to), width * Unsafe.SizeOf<T>(),
                planes.Left * Unsafe.SizeOf<T>());
            return;
        }

        for (int row = 0; inner > 0 && row < from.Length / inner; row++)
        {
            Stretches.Copy(from.Slice(row * inner, inner), to.Slice((row * width) + planes.Left, inner), cancellationToken);
        }
    }

    // Rows of at least a vector: the last vector of each overlaps the previous one, so that none extends beyond their end.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyShort(ReadOnlySpan<byte> from, int inner, Span<byte> to, int width, int left)
    {
        ref byte source = ref MemoryMarshal.GetReference(from), target = ref MemoryMarshal.GetReference(to);
        nint last = inner - Vector256<byte>.Count;
        for (nint row = 0, index = left; row < from.Length; row += inner, index += width)
        {
            for (nint i = 0; i < last; i += Vector256<byte>.Count)
            {
                Vector256.LoadUnsafe(ref source, (nuint)(row + i)).StoreUnsafe(ref target, (nuint)(index + i));
            }

            Vector256.LoadUnsafe(ref source, (nuint)(row + last)).StoreUnsafe(ref target, (nuint)(index + last));
        }
    }
}
