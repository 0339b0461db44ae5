using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop.Compute.Host.Scalar;

/// <summary>The loop that runs the instructions of a scalar program.</summary>
internal static class ScalarLoop
{
    /// <summary>
    /// Runs instructions in order. They must name existing registers: the assembler guarantees it, and nothing is checked here because a check would
    /// cost as much as an addition.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(ReadOnlySpan<Instruction> instructions, Span<T> registers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T r = ref MemoryMarshal.GetReference(registers);
        ref Instruction at = ref MemoryMarshal.GetReference(instructions);
        ref Instruction end = ref Unsafe.Add(ref at, instructions.Length);
        T last = T.Zero;
        for (; Unsafe.IsAddressLessThan(ref at, ref end); at = ref Unsafe.Add(ref at, 1))
        {
            T a = Unsafe.Add(ref r, at.A), b = Unsafe.Add(ref r, at.B);
            last = at.Code switch
            {
                Opcode.Add => a + b,
                Opcode.Sub => a - b,
                Opcode.Mul => a * b,
                Opcode.Div => a / b,
                Opcode.Neg => -a,
                Opcode.MulAdd => (a * b) + Unsafe.Add(ref r, at.C),
                Opcode.MulSub => (a * b) - Unsafe.Add(ref r, at.C),
                Opcode.SubMul => Unsafe.Add(ref r, at.C) - (a * b),
                Opcode.TanhPullback => a * ((T.One - b) * (T.One + b)),
                Opcode.Sqrt => T.Sqrt(a),
                Opcode.Exp => Exp(a),
                Opcode.Log => T.Log(a),
                Opcode.Sin => Sin(a),
                Opcode.Cos => Cos(a),
                Opcode.SinCos => SinCos(a, out Unsafe.Add(ref r, at.C)),
                Opcode.Tanh => Tanh(a),
                Opcode.Max => T.Max(a, b),
                Opcode.Min => T.Min(a, b),
                Opcode.Where => T.IsZero(a) ? Unsafe.Add(ref r, at.C) : b,
                Opcode.Greater => a > b ? T.One : T.Zero,
                Opcode.GreaterOrEqual => a >= b ? T.One : T.Zero,
                Opcode.Equal => a == b ? T.One : T.Zero,
                Opcode.AddToLast => last + b,
                Opcode.SubFromLast => last - b,
                Opcode.MulLast => last * b,
                Opcode.MulAddLast => (last * b) + Unsafe.Add(ref r, at.C),
                Opcode.MulAddToLast => (a * b) + last,
                Opcode.MulSubLast => (last * b) - Unsafe.Add(ref r, at.C),
                Opcode.SubMulLast => Unsafe.Add(ref r, at.C) - (last * b),
                Opcode.SubMulFromLast => last - (a * b),
                Opcode.TanhPullbackLast => last * ((T.One - b) * (T.One + b)),
                Opcode.NegLast => -last,
                Opcode.ExpLast => Exp(last),
                Opcode.LogLast => T.Log(last),
                Opcode.SinLast => Sin(last),
                Opcode.CosLast => Cos(last),
                Opcode.SinCosLast => SinCos(last, out Unsafe.Add(ref r, at.C)),
                Opcode.TanhLast => Tanh(last),
                _ => RareOperations.Of(at.Code, a, b, at.B),
            };
            Unsafe.Add(ref r, at.Target) = last;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Exp<T>(T a)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a is double x ? (T)(object)FastMath.Exp(x) : T.Exp(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Sin<T>(T a)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a is double x ? (T)(object)FastMath.Sin(x) : T.Sin(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Cos<T>(T a)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a is double x ? (T)(object)FastMath.Cos(x) : T.Cos(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Tanh<T>(T a)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a is double x ? (T)(object)FastMath.Tanh(x) : T.Tanh(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SinCos<T>(T a, out T cosine)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (a is not double x)
        {
            (T single, cosine) = T.SinCos(a);
            return single;
        }

        FastMath.SinCos(x, out double sine, out double other);
        cosine = (T)(object)other;
        return (T)(object)sine;
    }
}
