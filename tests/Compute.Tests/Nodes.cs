using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Operators;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Compute.Tests;

/// <summary>Makes nodes by hand, with normalized attributes, and runs them one at a time.</summary>
internal static class Nodes
{
    private static readonly ConcurrentDictionary<string, Primitive> Unknown = new();

    /// <summary>The primitives of the domain by their names.</summary>
    public static FrozenDictionary<string, Primitive> Primitives { get; } = typeof(Elementwise).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(Elementwise).Namespace)
        .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Static))
        .Select(property => property.GetValue(null)).OfType<Primitive>().ToFrozenDictionary(primitive => primitive.Name);

    private static int lastId;

    public static Node Input(TensorType type) => new(Interlocked.Increment(ref lastId), Structure.Input, [], NodeDefinition.NoAttributes, type);

    public static Node Constant(Tensor value) =>
        new(Interlocked.Increment(ref lastId), Structure.Constant, [], NodeDefinition.NoAttributes, value.Type) { Value = value };

    public static Node Op(string op, TensorType type, Node[] inputs, params (string Name, AttributeValue Value)[] attributes) =>
        new(Interlocked.Increment(ref lastId), Named(op), inputs, attributes.ToDictionary(a => a.Name, a => a.Value), type)
        {
            Origin = new Origin("made", 3),
        };

    /// <summary>The value of one node for these operands.</summary>
    public static Tensor Eval(string op, TensorType type, Tensor[] operands, params (string Name, AttributeValue Value)[] attributes) =>
        HostExecutor.Evaluate(Op(op, type, Array.ConvertAll(operands, o => Input(o.Type)), attributes), operands);

    public static TensorType F64(params int[] dims) => new(DType.Float64, Shape.Of(dims));

    public static TensorType F32(params int[] dims) => new(DType.Float32, Shape.Of(dims));

    public static TensorType I64(params int[] dims) => new(DType.Int64, Shape.Of(dims));

    public static TensorType Bits(params int[] dims) => new(DType.Bool, Shape.Of(dims));

    /// <summary>Numbers between −2 and 2 (bool: either), always the same for a random seed.</summary>
    public static Tensor Random(TensorType type, int seed)
    {
        var random = new Random(seed);
        Tensor tensor = Tensor.Zeros(type);
        for (int i = 0; i < tensor.Count; i++)
        {
            double value = (random.NextDouble() * 4) - 2;
            switch (type.DType)
            {
                case DType.Float64: tensor.Values<double>()[i] = value; break;
                case DType.Float32: tensor.Values<float>()[i] = (float)value; break;
                case DType.Int64: tensor.Values<long>()[i] = (long)(value * 10); break;
                default: tensor.Values<bool>()[i] = value > 0; break;
            }
        }

        return tensor;
    }

    /// <summary>A primitive by its name, by which kernels are found; a name that the domain lacks gives one without a kernel.</summary>
    public static Primitive Named(string name) => Primitives.TryGetValue(name, out Primitive? known)
        ? known
        : Unknown.GetOrAdd(name, key => new Primitive(key, null, (_, node, _, _, _) => node, _ => 0));

    /// <summary>All elements as doubles.</summary>
    public static double[] Doubles(this Tensor tensor) => [.. Enumerable.Range(0, tensor.Count).Select(i => tensor[i])];

    /// <summary>The row-major position of a multi-index in a tensor that is broadcast to its rank.</summary>
    public static int Position(Shape shape, ReadOnlySpan<int> index)
    {
        long[] strides = shape.Strides();
        long position = 0;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            position += shape[axis] == 1 ? 0 : strides[axis] * index[index.Length - shape.Rank + axis];
        }

        return (int)position;
    }
}
