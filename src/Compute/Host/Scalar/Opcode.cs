namespace Backprop.Compute.Host.Scalar;

/// <summary>What an instruction of a scalar program does. Truth values are the numbers 1 and 0.</summary>
internal enum Opcode
{
    /// <summary>No instruction: the value is given.</summary>
    Leaf,

    // Frequent: each has a case of its own in the loop.
    Add,
    Sub,
    Mul,
    Div,
    Neg,
    Sqrt,
    Exp,
    Log,
    Sin,
    Cos,
    Tanh,
    Max,
    Min,
    Where,
    Greater,
    GreaterOrEqual,
    Equal,

    /// <summary>a·b + c, rounded twice.</summary>
    MulAdd,

    /// <summary>a·b − c, rounded twice.</summary>
    MulSub,

    /// <summary>c − a·b, rounded twice.</summary>
    SubMul,

    /// <summary>a·((1 − b)·(1 + b)): a cotangent through a hyperbolic tangent.</summary>
    TanhPullback,

    /// <summary>Sine and cosine of one angle; the cosine goes to c.</summary>
    SinCos,

    // The same with the previous result as an operand, which need not go through memory; on a chain that takes longer than the operation. It is the
    // first operand unless stated otherwise.
    AddToLast,
    SubFromLast,
    MulLast,
    MulAddLast,

    /// <summary>a·b + last.</summary>
    MulAddToLast,
    MulSubLast,
    SubMulLast,

    /// <summary>last − a·b.</summary>
    SubMulFromLast,
    TanhPullbackLast,
    NegLast,
    ExpLast,
    LogLast,
    SinLast,
    CosLast,
    SinCosLast,
    TanhLast,

    // Rare: one call for all of them. The first two operands are a and b.
    Pow,
    Mod,
    Atan2,
    Hypot,
    And,
    Or,
    Xor,

    // Rare, with one operand; b is the node's parameter, if it has one.
    Abs,
    Sign,
    Floor,
    Ceil,
    Round,
    Not,
    IsTrue,
    IsNaN,
    IsInf,
    Tan,
    Asin,
    Acos,
    Atan,
    Sinh,
    Cosh,
    Asinh,
    Acosh,
    Atanh,
    Erf,
    Erfc,
    Log1p,
    Expm1,
    Lgamma,
    Digamma,
    Polygamma,
    Sigmoid,
    Softplus,
}

/// <summary>One step of a scalar program: registers in, a register out.</summary>
/// <param name="Code">What it does.</param>
/// <param name="A">The first operand.</param>
/// <param name="B">The second operand, or an integer parameter of the operation.</param>
/// <param name="C">The third operand, or the second result.</param>
/// <param name="Target">The register of the result; it may be an operand's.</param>
internal readonly record struct Instruction(Opcode Code, int A, int B, int C, int Target);
