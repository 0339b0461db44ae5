namespace Backprop.Compute.Host.Gemm;

/// <summary>
/// What is done with a product's result. A thread that has finished some whole rows passes them on at once, while they are in its cache; a product
/// that is cut differently passes nothing on, and the result is processed once it is complete.
/// </summary>
/// <param name="Multiple">The number of elements of which every part but the last must be a multiple.</param>
/// <param name="Take">Takes a range of elements, given by its start and length; on any thread, each element once.</param>
internal sealed record Epilogue(int Multiple, Action<int, int> Take)
{
    /// <summary>Whether a result in parts of this many rows can be passed on.</summary>
    public bool Suits(int rows, int columns) => (long)rows * columns % Multiple == 0;
}
