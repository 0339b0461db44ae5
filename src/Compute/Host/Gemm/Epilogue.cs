namespace Backprop.Compute.Host.Gemm;

/// <summary>
/// What is done with a product's result. A thread that has finished some whole rows hands them on at once, while they are in its cache; a product
/// that is cut otherwise hands nothing on, and the result is taken up when all of it is there.
/// </summary>
/// <param name="Multiple">Of how many elements a part must be a multiple, where it is not the last one.</param>
/// <param name="Take">Takes up the elements from one on, so many; on any thread, each element once.</param>
internal sealed record Epilogue(int Multiple, Action<int, int> Take)
{
    /// <summary>Whether a result in parts of so many rows can be handed on.</summary>
    public bool Suits(int rows, int columns) => (long)rows * columns % Multiple == 0;
}
