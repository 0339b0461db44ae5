using System.Reflection.Emit;
using Backprop.Compute.Caching;
using Backprop.Compute.Compilation.Loops;

namespace Backprop.Compute.Host.Loops;

/// <summary>The emitted loops of the process, one for each form. Code that is no longer used is collected with its delegate.</summary>
internal static class LoopKernels
{
    private const int Kept = 2048;

    // Machine code of a loop: some kilobytes for the loop, about one for each function.
    private const long BytesOfStep = 1024;

    private static readonly PlanCache<Entry> Cache = new(Kept, 64L << 20, entry => entry.Bytes);

    /// <summary>The kernel of a loop; it is emitted on first use unless it folds rows that may have to be read twice.</summary>
    public static LoopKernel Of(LoopBody body, double epsilon, CancellationToken cancellationToken) => body.Outputs[0] switch
    {
        { Fold: RowFolds.Norm, Access: var access } => LoopRows.NormOf(body.DType, access == LoopAccess.Join, epsilon),
        { Fold: RowFolds.LogSum } => LoopRows.LogSumOf(body.DType),
        _ => Emitted(body, cancellationToken),
    };

    private static LoopKernel Emitted(LoopBody body, CancellationToken cancellationToken) =>
        Cache.GetOrAdd(body.Key(), () => new Entry(Emit(body), (4 + body.Steps.Length) * BytesOfStep), out _, cancellationToken).Kernel;

    private static LoopKernel Emit(LoopBody body)
    {
        DynamicMethod method = new LoopEmitter(body).Emit();
        return method.CreateDelegate<LoopKernel>();
    }

    private sealed record Entry(LoopKernel Kernel, long Bytes);
}
