namespace Backprop.Compute.Host.Scalar;

/// <summary>
/// Finds instructions that use the previous result and gives them opcodes that take it from the loop's own variable. On a chain of dependent
/// operations, going through memory would take half of the time.
/// </summary>
internal static class CopyForwarding
{
    /// <summary>Rewrites the opcodes; a run may begin at any multiple of <see cref="ScalarProgram.CheckEvery"/>.</summary>
    public static void Apply(Span<Instruction> instructions)
    {
        for (int i = instructions.Length - 1; i > 0; i--)
        {
            if (i % ScalarProgram.CheckEvery != 0)
            {
                instructions[i] = Using(instructions[i], instructions[i - 1].Target);
            }
        }
    }

    // If no opcode takes the last result at this operand's position, the instruction stays as it is: the operand's register holds it, too.
    private static Instruction Using(Instruction at, int last)
    {
        bool isThird = at.C == last;
        at = at.A != last && at.B == last && IsSymmetric(at.Code) ? at with { A = at.B, B = at.A } : at;
        return at.Code switch
        {
            Opcode.MulAdd when isThird => at with { Code = Opcode.MulAddToLast },
            Opcode.SubMul when isThird => at with { Code = Opcode.SubMulFromLast },
            _ when at.A == last => at with { Code = OfFirst(at.Code) },
            _ => at,
        };
    }

    private static bool IsSymmetric(Opcode code) => code is Opcode.Add or Opcode.Mul or Opcode.MulAdd or Opcode.MulSub or Opcode.SubMul;

    private static Opcode OfFirst(Opcode code) => code switch
    {
        Opcode.Add => Opcode.AddToLast,
        Opcode.Sub => Opcode.SubFromLast,
        Opcode.Mul => Opcode.MulLast,
        Opcode.MulAdd => Opcode.MulAddLast,
        Opcode.MulSub => Opcode.MulSubLast,
        Opcode.SubMul => Opcode.SubMulLast,
        Opcode.TanhPullback => Opcode.TanhPullbackLast,
        Opcode.Neg => Opcode.NegLast,
        Opcode.Exp => Opcode.ExpLast,
        Opcode.Log => Opcode.LogLast,
        Opcode.Sin => Opcode.SinLast,
        Opcode.Cos => Opcode.CosLast,
        Opcode.SinCos => Opcode.SinCosLast,
        Opcode.Tanh => Opcode.TanhLast,
        _ => code,
    };
}
