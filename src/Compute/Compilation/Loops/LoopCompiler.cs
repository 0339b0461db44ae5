namespace Backprop.Compute.Compilation.Loops;

/// <summary>Runs a compiled loop.</summary>
/// <param name="pointers">Where each input and output begins.</param>
/// <param name="strides">The bytes by which each advances from one row to the next.</param>
/// <param name="rows">The number of rows, at least one.</param>
/// <param name="count">The number of elements per row, at least one.</param>
internal unsafe delegate void LoopKernel(byte** pointers, nint* strides, nint rows, nint count);

/// <summary>Compiles a loop.</summary>
/// <param name="body">The loop.</param>
/// <param name="epsilon">For norms of rows, what is added to each sum of squares.</param>
/// <param name="cancellationToken">Ends the compilation early.</param>
internal delegate LoopKernel LoopCompiler(LoopBody body, double epsilon, CancellationToken cancellationToken);
