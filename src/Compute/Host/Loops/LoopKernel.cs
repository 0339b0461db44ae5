using System.Reflection.Emit;
using Backprop.Compute.Compilation;
using Backprop.Compute.Compilation.Loops;

namespace Backprop.Compute.Host.Loops;

/// <summary>Runs an emitted loop.</summary>
/// <param name="pointers">Where each input and output begins.</param>
/// <param name="strides">By how many bytes each moves on from one row to the next.</param>
/// <param name="rows">The rows, at least one.</param>
/// <param name="count">The elements of a row, at least one.</param>
internal unsafe delegate void LoopKernel(byte** pointers, nint* strides, nint rows, nint count);

/// <summary>The emitted loops of the process, those of the same form once. Code that nobody uses any more is collected with its delegate.</summary>
internal static class LoopKernels
{
    private const int Kept = 2048;

    // Machine code of a loop: some kilobytes for the loop, about one for each function.
    private const long BytesOfStep = 1024;

    private static readonly PlanCache<Entry> Cache = new(Kept, 64L << 20, entry => entry.Bytes);

    /// <summary>The kernel of a loop, emitted at its first use.</summary>
    public static LoopKernel Of(LoopBody body, CancellationToken cancellation) =>
        Cache.GetOrAdd(body.Key(), () => new Entry(Emit(body), (4 + body.Steps.Length) * BytesOfStep), out _, cancellation).Kernel;

    private static LoopKernel Emit(LoopBody body)
    {
        DynamicMethod method = new LoopEmitter(body).Emit();
        return method.CreateDelegate<LoopKernel>();
    }

    private sealed record Entry(LoopKernel Kernel, long Bytes);
}
