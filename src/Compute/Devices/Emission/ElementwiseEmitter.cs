using System.Reflection;
using System.Reflection.Emit;
using Backprop.Compute.Compilation;
using Backprop.Compute.Devices.Memory;
using ILGPU;

namespace Backprop.Compute.Devices.Emission;

/// <summary>An emitted kernel: for one element it reads all operands, computes, and writes all results.</summary>
/// <param name="thread">The element, counted from the first of the part.</param>
/// <param name="work">The working memory.</param>
/// <param name="constants">The constants, including the table.</param>
/// <param name="row">The row of the table with the offsets of operands and results, followed by the loops over strides.</param>
/// <param name="items">The part of the elements that this start covers.</param>
internal delegate void ElementwiseKernel(Index1D thread, DeviceMemory work, DeviceMemory constants, int row, Items items);

/// <summary>Emits the kernel of a form.</summary>
internal sealed class ElementwiseEmitter
{
    private static readonly Type[] Parameters = [typeof(Index1D), typeof(DeviceMemory), typeof(DeviceMemory), typeof(int), typeof(Items)];

    private const byte ItemsArgument = 4;

    private readonly ElementwiseForm form;
    private readonly ILGenerator il;
    private readonly LocalBuilder index;
    private readonly LocalBuilder[] operands;
    private readonly LocalBuilder[] registers;
    private readonly LocalBuilder[] results;

    private ElementwiseEmitter(ElementwiseForm form, ILGenerator il)
    {
        this.form = form;
        this.il = il;
        index = il.DeclareLocal(typeof(int));
        operands = Array.ConvertAll(form.Operands, operand => il.DeclareLocal(DeviceFunctions.TypeOf(operand.DType)));
        registers = Array.ConvertAll(form.Group.Registers, dtype => il.DeclareLocal(DeviceFunctions.TypeOf(dtype)));
        results = Array.ConvertAll(form.Results, dtype => il.DeclareLocal(DeviceFunctions.TypeOf(dtype)));
    }

    /// <summary>The kernel as a method.</summary>
    public static MethodInfo Emit(ElementwiseForm form) => KernelAssembly.Emit(Parameters, il => new ElementwiseEmitter(form, il).Write());

    private void Write()
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_S, ItemsArgument);
        Call(nameof(MemoryAccess.ElementIndex), typeof(Index1D), typeof(Items));
        il.Emit(OpCodes.Stloc, index);
        int strided = 0;
        for (int i = 0; i < operands.Length; i++)
        {
            il.Emit(form.Operands[i].Constant ? OpCodes.Ldarg_2 : OpCodes.Ldarg_1);
            PushIndex(i, form.Operands[i].Reading, strided);
            strided += form.Operands[i].Reading == Reading.Strided ? 1 : 0;
            Call(form.Operands[i].DType.ToString(), typeof(DeviceMemory), typeof(long));
            il.Emit(OpCodes.Stloc, operands[i]);
        }

        Array.ForEach(form.Group.Instructions, Compute);
        for (int i = 0; i < results.Length; i++)
        {
            il.Emit(OpCodes.Ldarg_1);
            PushIndex(operands.Length + i, Reading.Contiguous, 0);
            il.Emit(OpCodes.Ldloc, results[i]);
            Call(nameof(MemoryAccess.Store), typeof(DeviceMemory), typeof(long), results[i].LocalType);
        }

        il.Emit(OpCodes.Ret);
    }

    private void PushIndex(int entry, Reading reading, int operand)
    {
        il.Emit(OpCodes.Ldarg_2);
        PushRow(entry);
        il.Emit(OpCodes.Conv_I8);
        Call(nameof(MemoryAccess.Int64), typeof(DeviceMemory), typeof(long));
        switch (reading)
        {
            case Reading.Single:
                return;
            case Reading.Contiguous:
                il.Emit(OpCodes.Ldloc, index);
                il.Emit(OpCodes.Conv_I8);
                break;
            default:
                il.Emit(OpCodes.Ldarg_2);
                PushRow(operands.Length + results.Length);
                il.Emit(OpCodes.Ldc_I4, operand);
                il.Emit(OpCodes.Ldloc, index);
                Call(nameof(MemoryAccess.Strided), typeof(DeviceMemory), typeof(int), typeof(int), typeof(int));
                break;
        }

        il.Emit(OpCodes.Add);
    }

    private void PushRow(int entry)
    {
        il.Emit(OpCodes.Ldarg_3);
        il.Emit(OpCodes.Ldc_I4, entry);
        il.Emit(OpCodes.Add);
    }

    private void Compute(TileInstruction instruction)
    {
        DeviceFunction function = DeviceFunctions.Of(instruction.Node);
        foreach (TileReference operand in instruction.Operands)
        {
            il.Emit(OpCodes.Ldloc, At(operand));
        }

        foreach (int attribute in function.Attributes)
        {
            il.Emit(OpCodes.Ldc_I4, attribute);
        }

        if (function.Faults)
        {
            il.Emit(OpCodes.Ldarg_1);
            Call(nameof(MemoryAccess.Fault), typeof(DeviceMemory));
        }

        il.Emit(OpCodes.Call, function.Method);
        il.Emit(OpCodes.Stloc, At(instruction.Target));
    }

    private LocalBuilder At(TileReference reference) => reference.Source switch
    {
        TileSource.Operand => operands[reference.Index],
        TileSource.Register => registers[reference.Index],
        _ => results[reference.Index],
    };

    private void Call(string name, params Type[] types) => il.Emit(OpCodes.Call, typeof(MemoryAccess).GetMethod(name, types)!);
}
