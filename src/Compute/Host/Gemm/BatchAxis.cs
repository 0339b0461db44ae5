namespace Backprop.Compute.Host.Gemm;

/// <summary>An axis along which products repeat.</summary>
/// <param name="Extent">How often.</param>
/// <param name="A">From a left operand to the next, in elements; 0 where all have the same.</param>
/// <param name="B">The same for the right operands.</param>
/// <param name="C">The same for the results.</param>
internal readonly record struct BatchAxis(int Extent, int A, int B, int C);
