using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;

namespace Backprop.Compute.Devices.Emission;

/// <summary>
/// Creates methods at run time whose instructions can be read back, as ILGPU requires: they are written to an assembly in memory and loaded from
/// there, to be collected with it.
/// </summary>
internal static class KernelAssembly
{
    private const string Name = "Run";

    /// <summary>A static void method with these parameters.</summary>
    public static MethodInfo Emit(Type[] parameters, Action<ILGenerator> body)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Backprop.Devices.Emitted"), typeof(object).Assembly);
        TypeBuilder type = assembly.DefineDynamicModule("Emitted")
            .DefineType("Kernel", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        body(type.DefineMethod(Name, MethodAttributes.Public | MethodAttributes.Static, typeof(void), parameters).GetILGenerator());
        type.CreateType();
        using var stream = new MemoryStream();
        assembly.Save(stream);
        stream.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(stream).GetType("Kernel")!.GetMethod(Name)!;
    }
}
