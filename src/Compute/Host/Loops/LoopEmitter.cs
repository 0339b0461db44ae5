using System.Reflection.Emit;
using Backprop.Compute.Compilation.Loops;

namespace Backprop.Compute.Host.Loops;

/// <summary>
/// Emits a loop as IL over the machine's widest vectors: <c>for each row { splats; for each vector { loads, functions, stores }; the rest; folds
/// }</c>. All calls are to small functions that the JIT compiler inlines, so that values stay in registers.
/// </summary>
internal sealed partial class LoopEmitter
{
    private const int Column = -1;

    private readonly LoopBody body;
    private readonly LaneTypes lanes;
    private readonly DynamicMethod method;
    private readonly ILGenerator il;
    private readonly LocalBuilder[] pointers;
    private readonly Dictionary<int, LocalBuilder> values = [];
    private readonly LocalBuilder at;
    private readonly LocalBuilder left;
    private readonly Dictionary<int, (LocalBuilder OfRow, LocalBuilder OfLoop)> carried = [];
    private readonly bool hasColumn;
    private bool isInLoop;

    public LoopEmitter(LoopBody body)
    {
        this.body = body;
        lanes = new LaneTypes(body.DType);
        hasColumn = body.Steps.Any(step => LoopOperation.TakesColumn(step.Function));
        Type[] parameters = [typeof(byte).MakePointerType().MakePointerType(), typeof(nint).MakePointerType(), typeof(nint), typeof(nint)];
        method = new DynamicMethod("Loop", typeof(void), parameters, typeof(LoopEmitter).Module, skipVisibility: true);
        il = method.GetILGenerator();
        pointers = Array.ConvertAll(new int[body.Inputs.Length + body.Outputs.Length], _ => il.DeclareLocal(typeof(byte).MakePointerType()));
        at = il.DeclareLocal(typeof(nint));
        left = il.DeclareLocal(typeof(nint));
    }

    public DynamicMethod Emit()
    {
        LoadPointers();
        Accumulators(LoopAccess.Join);
        Label row = il.DefineLabel();
        il.MarkLabel(row);
        Row();
        NextRow(row);
        Ends(LoopAccess.Join);
        il.Emit(OpCodes.Ret);
        return method;
    }

    private void LoadPointers()
    {
        for (int i = 0; i < pointers.Length; i++)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldc_I4, i * sizeof(long));
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Ldind_I);
            il.Emit(OpCodes.Stloc, pointers[i]);
        }
    }

    private void Row()
    {
        for (int i = 0; i < body.Inputs.Length; i++)
        {
            if (body.Inputs[i].Access == LoopAccess.Splat)
            {
                il.Emit(OpCodes.Ldloc, pointers[i]);
                il.Emit(OpCodes.Call, lanes.Memory(body.Inputs[i].IsTruth ? "FillTruth" : "Fill"));
                il.Emit(OpCodes.Stloc, Value(body.Inputs[i].Value));
            }
        }

        Accumulators(LoopAccess.Fold);
        if (hasColumn)
        {
            il.Emit(OpCodes.Call, lanes.Memory("LaneIndices"));
            il.Emit(OpCodes.Stloc, Carried(Column));
        }

        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Stloc, at);
        WholeVectors();
        Rest();
        Ends(LoopAccess.Fold);
    }

    // Only calls that are inlined may occur here: any other would spill the values from their registers.
    private void WholeVectors()
    {
        Label vector = il.DefineLabel(), end = il.DefineLabel();
        il.Emit(OpCodes.Ldarg_3);
        il.Emit(OpCodes.Ldc_I4, lanes.Count);
        il.Emit(OpCodes.Blt, end);
        Carry(inwards: true);
        il.MarkLabel(vector);
        isInLoop = true;
        Vector(isWhole: true);
        isInLoop = false;
        il.Emit(OpCodes.Ldloc, at);
        il.Emit(OpCodes.Ldarg_3);
        il.Emit(OpCodes.Ldc_I4, lanes.Count);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Ble, vector);
        Carry(inwards: false);
        il.MarkLabel(end);
    }

    private void Carry(bool inwards)
    {
        foreach ((LocalBuilder ofRow, LocalBuilder ofLoop) in carried.Values)
        {
            il.Emit(OpCodes.Ldloc, inwards ? ofRow : ofLoop);
            il.Emit(OpCodes.Stloc, inwards ? ofLoop : ofRow);
        }
    }

    private void Rest()
    {
        Label end = il.DefineLabel();
        il.Emit(OpCodes.Ldarg_3);
        il.Emit(OpCodes.Ldloc, at);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Stloc, left);
        il.Emit(OpCodes.Ldloc, left);
        il.Emit(OpCodes.Brfalse, end);
        Vector(isWhole: false);
        il.MarkLabel(end);
    }

    private void Vector(bool isWhole)
    {
        Loads(isWhole);
        foreach (LoopStep step in body.Steps)
        {
            Step(step);
        }

        Stores(isWhole);
        Join(isWhole);
        if (hasColumn)
        {
            il.Emit(OpCodes.Ldloc, Carried(Column));
            il.Emit(OpCodes.Ldc_R8, (double)lanes.Count);
            il.Emit(OpCodes.Call, lanes.Splat);
            il.Emit(OpCodes.Call, lanes.Function("Add"));
            il.Emit(OpCodes.Stloc, Carried(Column));
        }

        il.Emit(OpCodes.Ldloc, at);
        il.Emit(OpCodes.Ldc_I4, lanes.Count);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stloc, at);
    }

    private void Accumulators(LoopAccess access)
    {
        for (int i = 0; i < body.Outputs.Length; i++)
        {
            if (body.Outputs[i].Access == access)
            {
                il.Emit(OpCodes.Ldc_R8, LoopOperation.Identity(body.Outputs[i].Fold));
                il.Emit(OpCodes.Call, lanes.Splat);
                il.Emit(OpCodes.Stloc, Accumulator(i));
            }
        }
    }

    private void Ends(LoopAccess access)
    {
        for (int i = 0; i < body.Outputs.Length; i++)
        {
            if (body.Outputs[i].Access == access)
            {
                il.Emit(OpCodes.Ldloc, Accumulator(i));
                il.Emit(OpCodes.Ldloc, pointers[body.Inputs.Length + i]);
                il.Emit(OpCodes.Call, lanes.Fold(access + body.Outputs[i].Fold));
            }
        }
    }

    private void NextRow(Label row)
    {
        for (int i = 0; i < pointers.Length; i++)
        {
            il.Emit(OpCodes.Ldloc, pointers[i]);
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Ldc_I4, i * sizeof(long));
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Ldind_I);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Stloc, pointers[i]);
        }

        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Starg_S, (byte)2);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Bgt, row);
    }

    private void Address(int port, bool isTruth)
    {
        il.Emit(OpCodes.Ldloc, pointers[port]);
        il.Emit(OpCodes.Ldloc, at);
        if (!isTruth)
        {
            il.Emit(OpCodes.Ldc_I4, lanes.ElementBytes);
            il.Emit(OpCodes.Mul);
        }

        il.Emit(OpCodes.Add);
    }

    private LocalBuilder Value(int number) => values.TryGetValue(number, out LocalBuilder? local) ? local
        : values[number] = il.DeclareLocal(lanes.Vector);

    private LocalBuilder Accumulator(int output) => Carried(output);

    // What is carried from one vector to the next, an output's accumulator or the columns, has a second local in the loop over whole vectors: one
    // that is alive at the calls after the loop would be stored and loaded again for every vector.
    private LocalBuilder Carried(int number)
    {
        if (!carried.TryGetValue(number, out (LocalBuilder OfRow, LocalBuilder OfLoop) locals))
        {
            carried[number] = locals = (il.DeclareLocal(lanes.Vector), il.DeclareLocal(lanes.Vector));
        }

        return isInLoop ? locals.OfLoop : locals.OfRow;
    }
}
