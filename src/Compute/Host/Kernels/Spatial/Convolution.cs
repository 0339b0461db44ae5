using System.Buffers;
using System.Numerics;

namespace Backprop.Compute.Host.Kernels.Spatial;

/// <summary>
/// Convolutions as products of the kernel, a matrix with a row per output channel, and the windows of the values, a matrix with a column per window,
/// which are read in place.
/// </summary>
internal static class Convolution
{
    // With fewer windows per point, the windows of all points are the columns of one product.
    private const int FewWindows = 64;

    // A call for few windows takes as long as copying this many elements.
    private const int CallElements = 16;

    public static IEnumerable<(string Name, Kernel Kernel)> Rows() => [("Conv", Typed.Of(Convolve<double>, Convolve<float>))];

    private static void Convolve<T>(KernelCall call)
        where T : unmanaged, INumber<T>
    {
        if (call.Result.Count == 0)
        {
            return;
        }

        View y = call.Result;
        var product = new ConvolutionProduct(call.Node, call.Operands[0], call.Operands[1], y.Shape, call.Cancellation);
        if (product.Points == 1 || product.Windows >= FewWindows)
        {
            product.Multiply(call.Operands[0].Reach<T>(), call.Operands[1].Reach<T>(), y.Values<T>(), call.Epilogue, call.Cancellation);
            return;
        }

        T[] rented = ArrayPool<T>.Shared.Rent(y.Count);
        product.MultiplyJoined(call.Operands[0].Reach<T>(), call.Operands[1].Reach<T>(), rented.AsSpan(0, y.Count), call.Cancellation);
        Separate<T>(rented, product, y, call.Cancellation);
        ArrayPool<T>.Shared.Return(rented);
    }

    // From [channels, points, windows] to [points, channels, windows].
    private static void Separate<T>(ReadOnlySpan<T> joined, ConvolutionProduct product, View y, CancellationToken cancellationToken)
        where T : unmanaged
    {
        (int points, int channels, int windows) = (product.Points, product.Channels, product.Windows);
        Span<T> to = y.Values<T>();
        var check = new CancellationCheck(cancellationToken);
        for (int channel = 0; channel < channels; channel++)
        {
            for (int point = 0; point < points; point++)
            {
                check.Before(windows + CallElements);
                joined.Slice(((channel * points) + point) * windows, windows).CopyTo(to.Slice(((point * channels) + channel) * windows, windows));
            }
        }
    }
}
