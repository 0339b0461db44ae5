using System.Reflection;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using ILGPU.IR.Values;
using ILGPU.Runtime.Cuda;

namespace Backprop.Compute.Devices.Functions;

/// <summary>x · y + z rounded once, which ILGPU lacks: OpenCL's <c>fma</c>, PTX's <c>fma.rn</c>, .NET's on the processor.</summary>
internal static class Fused
{
    [IntrinsicImplementation]
    public static double MultiplyAdd(double x, double y, double z) => Math.FusedMultiplyAdd(x, y, z);

    [IntrinsicImplementation]
    public static float MultiplyAdd(float x, float y, float z) => MathF.FusedMultiplyAdd(x, y, z);

    /// <summary>Registers the devices' own instructions for it with a context.</summary>
    public static Context.Builder Fusing(this Context.Builder builder)
    {
        IntrinsicImplementationManager manager = builder.GetIntrinsicManager();
        MethodInfo generator = Own(nameof(GenerateOpenCL), typeof(CLBackend), typeof(CLCodeGenerator), typeof(Value));
        foreach (Type type in new[] { typeof(double), typeof(float) })
        {
            MethodInfo function = Own(nameof(MultiplyAdd), type, type, type);
            manager.RegisterMethod(function, new CLIntrinsic(generator, IntrinsicImplementationMode.GenerateCode));
            manager.RegisterMethod(function, new PTXIntrinsic(Own(nameof(Ptx), type, type, type), IntrinsicImplementationMode.Redirect));
        }

        return builder;
    }

    private static MethodInfo Own(string name, params Type[] types) =>
        typeof(Fused).GetMethod(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, types)!;

#pragma warning disable IDE0060 // ILGPU requires this signature
    private static void GenerateOpenCL(CLBackend backend, CLCodeGenerator generator, Value value)
    {
        var call = (MethodCall)value;
        (var x, var y, var z) = (generator.Load(call[0]), generator.Load(call[1]), generator.Load(call[2]));
        using CLCodeGenerator.StatementEmitter statement = generator.BeginStatement(generator.Allocate(value));
        statement.AppendCommand("fma");
        statement.BeginArguments();
        statement.AppendArgument(x);
        statement.AppendArgument(y);
        statement.AppendArgument(z);
        statement.EndArguments();
    }
#pragma warning restore IDE0060

    private static double Ptx(double x, double y, double z)
    {
        CudaAsm.Emit("fma.rn.f64 %0, %1, %2, %3;", out double result, x, y, z);
        return result;
    }

    private static float Ptx(float x, float y, float z)
    {
        CudaAsm.Emit("fma.rn.f32 %0, %1, %2, %3;", out float result, x, y, z);
        return result;
    }
}
