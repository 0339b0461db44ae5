using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host;

/// <summary>Keeps working memory between runs, up to a bound. Safe for concurrent use.</summary>
/// <param name="limit">The most bytes kept while unused.</param>
public sealed class BufferPool(long limit)
{
    // A tensor, its array's header, and its entry in the stack.
    private const long BytesOfObjects = 128;

    private readonly Lock gate = new();
    private readonly Dictionary<(DType DType, int Length), Stack<Tensor>> idle = [];

    /// <summary>The bytes kept and unused at the moment.</summary>
    public long IdleBytes { get; private set; }

    /// <summary>A tensor of exactly the given number of elements, of any shape and contents.</summary>
    public Tensor Rent(DType dtype, int length)
    {
        lock (gate)
        {
            if (idle.TryGetValue((dtype, length), out Stack<Tensor>? kept) && kept.TryPop(out Tensor? buffer))
            {
                IdleBytes -= Bytes(buffer);
                return buffer;
            }
        }

        return Allocate(new TensorType(dtype, Shape.Of(length)));
    }

    /// <summary>Takes back a tensor that <see cref="Rent"/> returned, possibly reshaped; it must no longer be used.</summary>
    public void Return(Tensor buffer)
    {
        lock (gate)
        {
            if (IdleBytes + Bytes(buffer) > limit)
            {
                // Lengths go out of use as plans do, so start afresh instead of keeping old ones.
                idle.Clear();
                IdleBytes = 0;
            }

            if (Bytes(buffer) <= limit)
            {
                (DType DType, int Length) key = (buffer.DType, buffer.Count);
                if (!idle.TryGetValue(key, out Stack<Tensor>? kept))
                {
                    idle[key] = kept = [];
                }

                kept.Push(buffer);
                IdleBytes += Bytes(buffer);
            }
        }
    }

    /// <summary>A new tensor of any contents.</summary>
    internal static Tensor Allocate(TensorType type) => type.DType switch
    {
        DType.Float64 => Tensor.Of(GC.AllocateUninitializedArray<double>((int)type.Count), type.Shape),
        DType.Float32 => Tensor.Of(GC.AllocateUninitializedArray<float>((int)type.Count), type.Shape),
        DType.Int64 => Tensor.Of(GC.AllocateUninitializedArray<long>((int)type.Count), type.Shape),
        _ => Tensor.Of(GC.AllocateUninitializedArray<bool>((int)type.Count), type.Shape),
    };

    private static long Bytes(Tensor buffer) => BytesOfObjects + ((long)buffer.Count * buffer.DType.Size());
}
