using Backprop.Compute.Compilation;

namespace Backprop.Compute.Host;

/// <summary>Runs the innermost loops of a nest, over several cores if there is enough work.</summary>
internal static class LoopRuns
{
    /// <summary>One run or part of a run.</summary>
    /// <param name="result">The element of the result at which the part begins.</param>
    /// <param name="cursor">Where the operands' runs begin.</param>
    /// <param name="start">The position in the run at which the part begins.</param>
    /// <param name="length">The elements of the part.</param>
    public delegate void Body(int result, LoopNest.Cursor cursor, int start, int length);

    /// <summary>Calls <paramref name="body"/> for every run of the nest, part by part for long runs.</summary>
    public static void ForRuns(this LoopNest nest, CancellationToken cancellationToken, Body body)
    {
        if (nest.Outer == 1)
        {
            LoopNest.Cursor only = nest.At(0);
            Chunks.For(nest.Inner, cancellationToken, (start, length) => body(start, only, start, length));
            return;
        }

        if (nest.Inner > Chunks.Length)
        {
            ForParts(nest, cancellationToken, body);
            return;
        }

        Chunks.ForItems(nest.Outer, nest.Inner, cancellationToken, (first, count) =>
        {
            LoopNest.Cursor cursor = nest.At(first);
            for (int run = first; run < first + count; run++)
            {
                body(run * nest.Inner, cursor, 0, nest.Inner);
                cursor.Next();
            }
        });
    }

    private static void ForParts(LoopNest nest, CancellationToken cancellationToken, Body body)
    {
        int parts = ((nest.Inner - 1) / Chunks.Length) + 1;
        Chunks.Each(nest.Outer * parts, nest.Outer * (double)nest.Inner, cancellationToken, item =>
        {
            (int run, int part) = Math.DivRem(item, parts);
            int start = part * Chunks.Length;
            body((run * nest.Inner) + start, nest.At(run), start, Math.Min(Chunks.Length, nest.Inner - start));
        });
    }
}
