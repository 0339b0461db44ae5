using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;

namespace Backprop.Api.Platform.Hosting;

/// <summary>
/// Memory for receiving and sending, in blocks sixteen times as large as the server's own: a large body needs a sixteenth of the reads. A connection
/// holds blocks only while it has a request. Thread-safe.
/// </summary>
internal sealed class BlockPool : MemoryPool<byte>
{
    private const int BlockBytes = 64 << 10;
    private const int MostIdle = 512;

    private readonly ConcurrentQueue<Block> idle = new();

    /// <inheritdoc/>
    public override int MaxBufferSize => BlockBytes;

    /// <inheritdoc/>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
        return idle.TryDequeue(out Block? block) ? block : new Block(this);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => idle.Clear();

    private void Return(Block block)
    {
        if (idle.Count < MostIdle)
        {
            idle.Enqueue(block);
        }
    }

    // Pinned, since the operating system writes into it.
    private sealed class Block(BlockPool pool) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } = MemoryMarshal.CreateFromPinnedArray(GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true), 0,
            BlockBytes);

        public void Dispose() => pool.Return(this);
    }
}

/// <summary>Makes the server use this pool.</summary>
internal sealed class BlockPoolFactory : IMemoryPoolFactory<byte>
{
    /// <inheritdoc/>
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new BlockPool();
}
