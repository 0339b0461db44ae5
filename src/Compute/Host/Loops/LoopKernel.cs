using System.Reflection.Emit;
using Backprop.Compute.Compilation;
using Backprop.Compute.Compilation.Loops;

namespace Backprop.Compute.Host.Loops;

/// <summary>Runs an emitted loop.</summary>
/// <param name="pointers">Where each input and output begins.</param>
/// <param name="strides">The bytes by which each advances from one row to the next.</param>
/// <param name="rows">The number of rows, at least one.</param>
/// <param name="count">The number of elements per row, at least one.</param>
internal unsafe delegate void LoopKernel(byte** pointers, nint* strides, nint rows, nint count);

/// <summary>The emitted loops of the process, one for each form. Code that is no longer used is collected with its delegate.</summary>
internal static class LoopKernels
{
    private const int Kept = 2048;

    // Machine code of a loop: some kilobytes for the loop, about one for each function.
    private const long BytesOfStep = 1024;

    private static readonly PlanCache<Entry> Cache = new(Kept, 64L << 20, entry => entry.Bytes);

    /// <summary>The kernel of a loop, emitted on first use.</summary>
    public static LoopKernel Of(LoopBody body, CancellationToken cancellation) =>
        Cache.GetOrAdd(body.Key(), () => new Entry(Emit(body), (4 + body.Steps.Length) * BytesOfStep), out _, cancellation).Kernel;

    private static LoopKernel Emit(LoopBody body)
    {
        DynamicMethod method = new LoopEmitter(body).Emit();
        return method.CreateDelegate<LoopKernel>();
    }

    private sealed record Entry(LoopKernel Kernel, long Bytes);
}
