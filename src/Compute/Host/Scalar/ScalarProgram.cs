using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Compute.Compilation;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host.Scalar;

/// <summary>
/// A graph of numbers as instructions for one loop: no call and no allocation per node. Arithmetic gives the bits of the ordinary kernels; a
/// transcendental function may differ from its kernel in the last place.
/// </summary>
public sealed class ScalarProgram : IGraphProgram
{
    /// <summary>The number of instructions between two checks of the cancellation.</summary>
    internal const int CheckEvery = 1 << 16;

    private const int SmallFile = 512;

    private readonly Graph graph;
    private readonly DType dtype;
    private readonly Instruction[] instructions;
    private readonly double[] constants;
    private readonly (int Input, int Register)[] inputs;
    private readonly int[] outputs;
    private readonly TensorType[] resultTypes;

    /// <param name="graph">What is computed.</param>
    /// <param name="dtype">The type of the registers.</param>
    /// <param name="instructions">What is done.</param>
    /// <param name="constants">The values of the first registers.</param>
    /// <param name="inputs">The mapping of inputs to registers.</param>
    /// <param name="outputs">For every output its register.</param>
    /// <param name="registers">The number of registers.</param>
    internal ScalarProgram(
        Graph graph, DType dtype, Instruction[] instructions, double[] constants, (int Input, int Register)[] inputs, int[] outputs, int registers)
    {
        (this.graph, this.dtype, this.instructions, this.constants) = (graph, dtype, instructions, constants);
        (this.inputs, this.outputs, Registers) = (inputs, outputs, registers);
        resultTypes = [.. graph.Outputs.Select(output => output.Node.Type)];
    }

    /// <summary>The number of instructions.</summary>
    public int Length => instructions.Length;

    /// <summary>The number of registers.</summary>
    public int Registers { get; }

    /// <summary>The bytes that a run allocates: registers and results.</summary>
    public long PeakBytes => ((long)Registers * dtype.Size()) + graph.Outputs.Sum(output => output.Node.DType.Size());

    /// <summary>Approximately how many bytes the program holds, without its graph.</summary>
    public long HeldBytes => ((long)instructions.Length * Unsafe.SizeOf<Instruction>()) + ((long)constants.Length * sizeof(double));

    /// <summary>The program of a graph, or null if it is not a graph of numbers of one float type.</summary>
    /// <param name="graph">What to compute.</param>
    /// <param name="cancellationToken">Ends the assembly early.</param>
    public static ScalarProgram? Of(Graph graph, CancellationToken cancellationToken = default) => ScalarAssembler.Assemble(graph, cancellationToken);

    /// <summary>Computes the outputs.</summary>
    /// <param name="values">A value for each of the graph's inputs, of their types.</param>
    /// <param name="pool">The source of a large register file.</param>
    /// <param name="cancellationToken">Checked every 65,536 instructions.</param>
    public Tensor[] Run(IReadOnlyList<Tensor> values, BufferPool pool, CancellationToken cancellationToken)
    {
        var results = new Tensor[outputs.Length];
        Run(values, results, pool, cancellationToken);
        return results;
    }

    /// <summary>Computes the outputs into given memory.</summary>
    /// <param name="values">A value for each of the graph's inputs, of their types.</param>
    /// <param name="results">A tensor for each of the graph's outputs, of their types; null for one to be created.</param>
    /// <param name="pool">The source of a large register file.</param>
    /// <param name="cancellationToken">Checked every 65,536 instructions.</param>
    public void Run(IReadOnlyList<Tensor> values, Tensor?[] results, BufferPool pool, CancellationToken cancellationToken)
    {
        if (dtype == DType.Float64)
        {
            Run<double>(values, results, pool, cancellationToken);
        }
        else
        {
            Run<float>(values, results, pool, cancellationToken);
        }
    }

    private void Run<T>(IReadOnlyList<Tensor> values, Tensor?[] results, BufferPool pool, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Registers <= SmallFile)
        {
            Run(values, results, stackalloc T[Registers], cancellationToken);
            return;
        }

        Tensor file = pool.Rent(dtype, Registers);
        try
        {
            Run(values, results, file.Values<T>(), cancellationToken);
        }
        finally
        {
            pool.Return(file);
        }
    }

    private void Run<T>(IReadOnlyList<Tensor> values, Tensor?[] results, Span<T> registers, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < constants.Length; i++)
        {
            registers[i] = T.CreateSaturating(constants[i]);
        }

        foreach ((int input, int register) in inputs)
        {
            Tensor tensor = values[input];
            registers[register] = tensor.DType == DType.Bool ? (tensor.Values<bool>()[0] ? T.One : T.Zero) : tensor.Values<T>()[0];
        }

        for (int start = 0; start < instructions.Length; start += CheckEvery)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ScalarLoop.Run(instructions.AsSpan(start, Math.Min(CheckEvery, instructions.Length - start)), registers);
        }

        for (int i = 0; i < results.Length; i++)
        {
            T value = registers[outputs[i]];
            if (results[i] is { } result)
            {
                Write(value, result);
            }
            else
            {
                results[i] = Result(value, resultTypes[i]);
            }
        }
    }

    private static void Write<T>(T value, Tensor result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (result.DType == DType.Bool)
        {
            result.Values<bool>()[0] = !T.IsZero(value);
        }
        else
        {
            result.Values<T>()[0] = value;
        }
    }

    private static Tensor Result<T>(T value, TensorType type)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        type.DType == DType.Bool ? Tensor.Of([!T.IsZero(value)], type.Shape) : Tensor.Of([value], type.Shape);
}
