using System.Reflection;
using System.Runtime.Intrinsics;
using Backprop.Compute.Host.VectorMath;
using Backprop.Compute.Host.VectorMath.Vectors;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host.Loops;

/// <summary>The vectors of an element type on this machine, and the functions on them by name.</summary>
internal sealed class LaneTypes
{
    private static readonly Type[] Functions =
    [
        typeof(Exp<,>), typeof(Expm1<,>), typeof(Sigmoid<,>), typeof(Log<,>), typeof(Log1p<,>), typeof(Softplus<,>), typeof(Sin<,>), typeof(Cos<,>),
        typeof(Tan<,>), typeof(Sinh<,>), typeof(Cosh<,>), typeof(Tanh<,>), typeof(Erf<,>), typeof(Erfc<,>), typeof(Sign<>),
    ];

    private readonly Type element;
    private readonly Type precision;
    private readonly Type operations;
    private readonly Type memory;
    private readonly Type folds;

    public LaneTypes(DType dtype)
    {
        (element, precision) = dtype == DType.Float32 ? (typeof(float), typeof(SinglePrecision)) : (typeof(double), typeof(DoublePrecision));
        ElementBytes = dtype.Size();
        Type lanes =
            Vector512.IsHardwareAccelerated ? typeof(SimdVector512<>)
            : Vector256.IsHardwareAccelerated ? typeof(SimdVector256<>)
            : typeof(SimdVector128<>);
        Count = (Vector512.IsHardwareAccelerated ? 64 : Vector256.IsHardwareAccelerated ? 32 : 16) / ElementBytes;
        Vector = lanes.MakeGenericType(element);
        operations = typeof(LaneOperations<,>).MakeGenericType(Vector, element);
        memory = typeof(LaneMemory<,>).MakeGenericType(Vector, element);
        folds = typeof(LaneFolds<,>).MakeGenericType(Vector, element);
    }

    /// <summary>The vector type.</summary>
    public Type Vector { get; }

    /// <summary>The number of lanes.</summary>
    public int Count { get; }

    /// <summary>The bytes per lane.</summary>
    public int ElementBytes { get; }

    /// <summary>A constant in every lane.</summary>
    public MethodInfo Splat => Of(Vector, "Splat");

    /// <summary>A function of vectors.</summary>
    public MethodInfo Function(string name)
    {
        Type? type = Array.Find(Functions, candidate => candidate.Name.StartsWith(name + '`', StringComparison.Ordinal));
        if (type is null)
        {
            return Of(operations, name);
        }

        Type function = type.GetGenericArguments().Length == 1 ? type.MakeGenericType(element) : type.MakeGenericType(element, precision);
        return Of(function, "Of").MakeGenericMethod(Vector);
    }

    /// <summary>A function that reads or writes.</summary>
    public MethodInfo Memory(string name) => Of(memory, name);

    /// <summary>A function that ends a reduction.</summary>
    public MethodInfo Fold(string name) => Of(folds, name);

    private static MethodInfo Of(Type type, string name) =>
        type.GetMethod(name, BindingFlags.Static | BindingFlags.Public) ?? throw new InvalidOperationException($"{type} has no function {name}.");
}
