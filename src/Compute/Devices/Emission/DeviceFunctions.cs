using System.Reflection;
using Backprop.Compute.Devices.Functions;
using Backprop.Domain.Graphs;
using ILGPU;

namespace Backprop.Compute.Devices.Emission;

/// <summary>The device function of an elementwise node, and the attributes that it takes as numbers after its operands.</summary>
/// <param name="Method">The function.</param>
/// <param name="Attributes">The numbers.</param>
internal readonly record struct DeviceFunction(MethodInfo Method, int[] Attributes)
{
    /// <summary>Whether it takes the fault flag.</summary>
    public bool Faults => Method.GetParameters()[^1].ParameterType == typeof(ArrayView<long>);

    /// <summary>The identity of the function.</summary>
    public string Key => $"{Method.DeclaringType!.Name}.{Method.Name}({string.Join(',', Attributes)})";
}

/// <summary>Finds device functions: they have the names of the primitives and are in one class per element type.</summary>
internal static class DeviceFunctions
{
    /// <summary>The function of a node.</summary>
    /// <exception cref="KernelException">There is none.</exception>
    public static DeviceFunction Of(Node node)
    {
        DType operand = node.Inputs[^1].DType;
        MethodInfo? method = node.Op.Name == "Cast"
            ? typeof(Conversions).GetMethod($"To{node.DType}", [TypeOf(operand)])
            : Functions(operand).GetMethod(node.Op.Name);
        return method is null
            ? throw new KernelException($"{node.Op.Name} is not defined for {operand.Label()}")
            : new DeviceFunction(method, Attributes(node, operand));
    }

    /// <summary>The .NET type of a value in a kernel.</summary>
    public static Type TypeOf(DType dtype) => dtype switch
    {
        DType.Float64 => typeof(double),
        DType.Float32 => typeof(float),
        DType.Int64 => typeof(long),
        _ => typeof(bool),
    };

    private static Type Functions(DType dtype) => dtype switch
    {
        DType.Float64 => typeof(Real64),
        DType.Float32 => typeof(Real32),
        DType.Int64 => typeof(Whole64),
        _ => typeof(Truth),
    };

    private static int[] Attributes(Node node, DType operand) => node.Op.Name switch
    {
        "Polygamma" => [node.Integer("n")],
        "Mod" when operand == DType.Int64 => [node.Integer("fmod")],
        "IsInf" => [node.Integer("detect_negative"), node.Integer("detect_positive")],
        _ => [],
    };
}
