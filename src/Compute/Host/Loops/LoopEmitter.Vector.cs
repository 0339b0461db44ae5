using System.Reflection.Emit;
using Backprop.Compute.Compilation.Loops;

namespace Backprop.Compute.Host.Loops;

/// <content>The code for the elements of one vector, a whole one or the rest of a row.</content>
internal sealed partial class LoopEmitter
{
    // All loads come before all stores: an output may take the memory of an input.
    private void Loads(bool isWhole)
    {
        for (int i = 0; i < body.Inputs.Length; i++)
        {
            LoopPort input = body.Inputs[i];
            if (input.Access == LoopAccess.Stream)
            {
                Address(i, input.IsTruth);
                Move(input.IsTruth ? "LoadTruth" : "Load", isWhole);
                il.Emit(OpCodes.Stloc, Value(input.Value));
            }
        }
    }

    private void Move(string name, bool isWhole)
    {
        if (!isWhole)
        {
            il.Emit(OpCodes.Ldloc, left);
        }

        il.Emit(OpCodes.Call, lanes.Memory(isWhole ? name : name + "Part"));
    }

    private void Step(LoopStep step)
    {
        foreach (int operand in step.Operands)
        {
            il.Emit(OpCodes.Ldloc, Value(operand));
        }

        if (LoopOperation.TakesColumn(step.Function))
        {
            il.Emit(OpCodes.Ldloc, Carried(Column));
        }

        il.Emit(OpCodes.Call, lanes.Function(step.Function));
        il.Emit(OpCodes.Stloc, Value(step.Target));
    }

    private void Stores(bool isWhole)
    {
        for (int i = 0; i < body.Outputs.Length; i++)
        {
            LoopPort output = body.Outputs[i];
            if (output.Access == LoopAccess.Stream)
            {
                il.Emit(OpCodes.Ldloc, Value(output.Value));
                Address(body.Inputs.Length + i, output.IsTruth);
                Move(output.IsTruth ? "StoreTruth" : "Store", isWhole);
            }
        }
    }

    private void Join(bool isWhole)
    {
        for (int i = 0; i < body.Outputs.Length; i++)
        {
            LoopPort output = body.Outputs[i];
            if (output.Access is LoopAccess.Fold or LoopAccess.Join)
            {
                il.Emit(OpCodes.Ldloc, Accumulator(i));
                il.Emit(OpCodes.Ldloc, Value(output.Value));
                if (!isWhole)
                {
                    il.Emit(OpCodes.Ldloc, left);
                    il.Emit(OpCodes.Ldc_R8, LoopOperation.Identity(output.Fold));
                    il.Emit(OpCodes.Call, lanes.Memory("KeptPart"));
                }

                il.Emit(OpCodes.Call, lanes.Function(output.Fold));
                il.Emit(OpCodes.Stloc, Accumulator(i));
            }
        }
    }
}
