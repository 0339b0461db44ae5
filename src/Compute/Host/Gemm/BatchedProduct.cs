using System.Numerics;
using Backprop.Compute.Host.Threading;

namespace Backprop.Compute.Host.Gemm;

/// <summary>Many products of the same sizes, each on one thread.</summary>
internal readonly unsafe struct BatchedProduct<T, V, L, TTile>(
    Operands<T> first, int[] startsA, int[] startsB, int run, CancellationToken cancellation) : IWork
    where T : unmanaged, INumber<T>
    where V : struct
    where L : struct, ILanes<T, V>
    where TTile : ITile<T>
{
    private const long LargeFrom = 1 << 23;

    /// <summary>Multiplies the matrices at these starts; the results lie one after the other, and the memory must not move.</summary>
    public static void Multiply(in Operands<T> first, int[] startsA, int[] startsB, int threads, CancellationToken cancellation)
    {
        long work = (long)first.M * first.N * first.K;
        if (startsA.Length == 1 || work >= LargeFrom)
        {
            for (int i = 0; i < startsA.Length; i++)
            {
                Product<T, V, L, TTile>.Multiply(At(first, startsA, startsB, i), threads, cancellation);
            }

            return;
        }

        int run = (int)Math.Clamp(Product<T, V, L, TTile>.Share / work, 1, startsA.Length);
        var products = new BatchedProduct<T, V, L, TTile>(first, startsA, startsB, run, cancellation);
        ThreadTeam.Shared.Run(products, ((startsA.Length - 1) / run) + 1, threads, cancellation);
    }

    /// <inheritdoc/>
    public void Do(int item)
    {
        for (int i = item * run; i < Math.Min((item + 1) * run, startsA.Length); i++)
        {
            Product<T, V, L, TTile>.Multiply(At(first, startsA, startsB, i), 1, cancellation);
        }
    }

    private static Operands<T> At(in Operands<T> first, int[] startsA, int[] startsB, int i) => first with
    {
        A = first.A + startsA[i],
        B = first.B + startsB[i],
        C = first.C + ((nint)i * first.M * first.N),
    };
}
