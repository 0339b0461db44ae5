using Backprop.Domain.Graphs;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Backprop.Compute.Devices.Kernels;

/// <summary>Matrix products by NVIDIA's library, where it is installed.</summary>
internal sealed class CublasProduct
{
    private readonly CuBlas library;

    private CublasProduct(CuBlas library) => this.library = library;

    /// <summary>The library for a device; null where the device or the library is not there.</summary>
    public static CublasProduct? Find(Accelerator accelerator)
    {
        try
        {
            return accelerator is CudaAccelerator cuda ? new CublasProduct(new CuBlas(cuda)) : null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException or TypeInitializationException or CuBlasException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The product as a launch; null where the library does not serve it: integers, and batches that need more than one call.</summary>
    public Launch? Launch(Place a, Place b, Place c, int m, int k, int n, int batches) => (c.DType, batches) switch
    {
        // The library counts by columns: row-major C = A·B is Cᵀ = Bᵀ·Aᵀ there.
        (DType.Float64, 1) => run => library.Gemm(
            CuBlasOperation.NonTranspose, CuBlasOperation.NonTranspose, n, m, k, 1.0, run.View<double>(b), n, run.View<double>(a), k, 0.0, run.View<double>(c), n),
        (DType.Float32, 1) => run => library.Gemm(
            CuBlasOperation.NonTranspose, CuBlasOperation.NonTranspose, n, m, k, 1f, run.View<float>(b), n, run.View<float>(a), k, 0f, run.View<float>(c), n),
        _ => null,
    };
}
