using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop.Compute.Host.Scalar;

/// <summary>The loop that runs the instructions of a scalar program.</summary>
internal static class ScalarLoop
{
    /// <summary>
    /// Runs instructions in order. They must name registers that exist: the assembler sees to it, and nothing is checked here,
    /// since a check would cost as much as an addition.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(ReadOnlySpan<Instruction> instructions, Span<T> registers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T r = ref MemoryMarshal.GetReference(registers);
        ref Instruction at = ref MemoryMarshal.GetReference(instructions);
        ref Instruction end = ref Unsafe.Add(ref at, instructions.Length);
        for (; Unsafe.IsAddressLessThan(ref at, ref end); at = ref Unsafe.Add(ref at, 1))
        {
            T a = Unsafe.Add(ref r, at.A), b = Unsafe.Add(ref r, at.B);
            switch (at.Code)
            {
                case Opcode.Add:
                    Unsafe.Add(ref r, at.Target) = a + b;
                    break;
                case Opcode.Sub:
                    Unsafe.Add(ref r, at.Target) = a - b;
                    break;
                case Opcode.Mul:
                    Unsafe.Add(ref r, at.Target) = a * b;
                    break;
                case Opcode.Div:
                    Unsafe.Add(ref r, at.Target) = a / b;
                    break;
                case Opcode.Neg:
                    Unsafe.Add(ref r, at.Target) = -a;
                    break;
                case Opcode.MulAdd:
                    Unsafe.Add(ref r, at.Target) = (a * b) + Unsafe.Add(ref r, at.C);
                    break;
                case Opcode.MulSub:
                    Unsafe.Add(ref r, at.Target) = (a * b) - Unsafe.Add(ref r, at.C);
                    break;
                case Opcode.SubMul:
                    Unsafe.Add(ref r, at.Target) = Unsafe.Add(ref r, at.C) - (a * b);
                    break;
                case Opcode.TanhPullback:
                    Unsafe.Add(ref r, at.Target) = a * ((T.One - b) * (T.One + b));
                    break;
                case Opcode.Sqrt:
                    Unsafe.Add(ref r, at.Target) = T.Sqrt(a);
                    break;
                case Opcode.Exp:
                    Unsafe.Add(ref r, at.Target) = T.Exp(a);
                    break;
                case Opcode.Log:
                    Unsafe.Add(ref r, at.Target) = T.Log(a);
                    break;
                case Opcode.Sin:
                    Unsafe.Add(ref r, at.Target) = Sin(a);
                    break;
                case Opcode.Cos:
                    Unsafe.Add(ref r, at.Target) = Cos(a);
                    break;
                case Opcode.SinCos:
                    (Unsafe.Add(ref r, at.Target), Unsafe.Add(ref r, at.C)) = SinCos(a);
                    break;
                case Opcode.Tanh:
                    Unsafe.Add(ref r, at.Target) = Tanh(a);
                    break;
                case Opcode.Max:
                    Unsafe.Add(ref r, at.Target) = T.Max(a, b);
                    break;
                case Opcode.Min:
                    Unsafe.Add(ref r, at.Target) = T.Min(a, b);
                    break;
                case Opcode.Where:
                    Unsafe.Add(ref r, at.Target) = T.IsZero(a) ? Unsafe.Add(ref r, at.C) : b;
                    break;
                case Opcode.Greater:
                    Unsafe.Add(ref r, at.Target) = a > b ? T.One : T.Zero;
                    break;
                case Opcode.GreaterOrEqual:
                    Unsafe.Add(ref r, at.Target) = a >= b ? T.One : T.Zero;
                    break;
                case Opcode.Equal:
                    Unsafe.Add(ref r, at.Target) = a == b ? T.One : T.Zero;
                    break;
                default:
                    Unsafe.Add(ref r, at.Target) = SeldomOperations.Of(at.Code, a, b, at.B);
                    break;
            }
        }
    }

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
    private static (T Sine, T Cosine) SinCos<T>(T a)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (a is not double x)
        {
            return T.SinCos(a);
        }

        FastMath.SinCos(x, out double sine, out double cosine);
        return ((T)(object)sine, (T)(object)cosine);
    }
}
