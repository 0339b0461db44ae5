using Backprop.Compute.Devices.Memory;
using Backprop.Domain.Graphs;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Backprop.Compute.Devices.Kernels;

/// <summary>Matrix products by NVIDIA's library, where it is installed.</summary>
internal sealed class CublasProduct
{
    // Some tenths of a second on a slow device.
    private const double MostOperations = 5e10;

    private readonly CuBlas library;

    private CublasProduct(CuBlas library) => this.library = library;

    /// <summary>The library for a device; null if the device is not one of NVIDIA's or the library is missing.</summary>
    public static CublasProduct? Find(Accelerator accelerator)
    {
        try
        {
            return accelerator is CudaAccelerator cuda ? new CublasProduct(new CuBlas(cuda)) : null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException or TypeInitializationException
            or CuBlasException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>
    /// The product as a launch; null if the library does not support it: integers, and batches that need more than one call. A large one is cut into
    /// blocks of rows, always at the same positions, since the library adds in an order that depends on the sizes.
    /// </summary>
    public Launch? Launch(ValueLayout a, ValueLayout b, ValueLayout c, int m, int k, int n, int batches)
    {
        int rows = (int)Math.Clamp(MostOperations / (2.0 * k * n), 1, m);
        var size = new LaunchSize(((m - 1) / rows) + 1, 2.0 * rows * k * n);
        return (c.DType, batches) switch
        {
            // The library is column-major: row-major C = A·B is Cᵀ = Bᵀ·Aᵀ there.
            (DType.Float64, 1) => Blocks(size, rows, m, (run, first, height) => library.Gemm(
                CuBlasOperation.NonTranspose, CuBlasOperation.NonTranspose, n, height, k,
                1.0, run.View<double>(b), n, Rows<double>(run, a, first, k), k, 0.0, Rows<double>(run, c, first, n), n)),
            (DType.Float32, 1) => Blocks(size, rows, m, (run, first, height) => library.Gemm(
                CuBlasOperation.NonTranspose, CuBlasOperation.NonTranspose, n, height, k,
                1f, run.View<float>(b), n, Rows<float>(run, a, first, k), k, 0f, Rows<float>(run, c, first, n), n)),
            _ => null,
        };
    }

    private static ArrayView<T> Rows<T>(DeviceRun run, ValueLayout index, int first, int width)
        where T : unmanaged
    {
        ArrayView<T> view = run.View<T>(index);
        return view.SubView((long)first * width, view.Length - ((long)first * width));
    }

    private static Launch Blocks(LaunchSize size, int rows, int m, Action<DeviceRun, int, int> multiply) => new(size, (run, items, count) =>
    {
        for (int block = items.First; block < items.First + count; block++)
        {
            multiply(run, block * rows, Math.Min(rows, m - (block * rows)));
        }
    });
}
