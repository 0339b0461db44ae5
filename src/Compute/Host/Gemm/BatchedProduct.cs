using System.Numerics;
using Backprop.Compute.Host.Gemm.Microkernels;
using Backprop.Compute.Host.Threading;

namespace Backprop.Compute.Host.Gemm;

/// <summary>Many products of the same sizes, each on one thread.</summary>
internal readonly struct BatchedProduct<T, V, L, TTile>(Batch<T> batch, int run, CancellationToken cancellationToken) : IWork
    where T : unmanaged, INumber<T>
    where V : struct
    where L : struct, IGemmVector<T, V>
    where TTile : ITile<T>
{
    private const long LargeFrom = 1 << 23;

    /// <summary>Multiplies on at most the given number of threads; the memory must not move.</summary>
    public static void Multiply(in Batch<T> batch, int threads, CancellationToken cancellationToken)
    {
        if (batch.Count == 1 || batch.Work >= LargeFrom)
        {
            for (int i = 0; i < batch.Count; i++)
            {
                Product<T, V, L, TTile>.Multiply(batch[i], threads, cancellationToken);
            }

            return;
        }

        int run = (int)Math.Clamp(Product<T, V, L, TTile>.Share / batch.Work, 1, batch.Count);
        var products = new BatchedProduct<T, V, L, TTile>(batch, run, cancellationToken);
        ThreadTeam.Current.Run(products, ((batch.Count - 1) / run) + 1, threads, cancellationToken);
    }

    /// <inheritdoc/>
    public void Do(int item)
    {
        int first = item * run, end = Math.Min(first + run, batch.Count);
        for (int i = first; i < end; i++)
        {
            Product<T, V, L, TTile>.Multiply(batch[i] with { Epilogue = null }, 1, cancellationToken);
        }

        Operands<T> product = batch[first];
        if (product.Epilogue?.Suits(run * product.M, product.N) == true)
        {
            product.HandOn(0, (end - first) * product.M);
        }
    }
}
