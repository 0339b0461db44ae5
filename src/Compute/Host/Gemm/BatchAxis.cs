namespace Backprop.Compute.Host.Gemm;

/// <summary>An axis along which products repeat.</summary>
/// <param name="Extent">How often.</param>
/// <param name="A">The distance from one left operand to the next, in elements; 0 if all share one.</param>
/// <param name="B">The same for the right operands.</param>
/// <param name="C">The same for the results.</param>
internal readonly record struct BatchAxis(int Extent, int A, int B, int C);
