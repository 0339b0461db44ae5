namespace Backprop.Compute.Compilation.Loops;

/// <summary>The folds over rows that may have to be read twice, so that they are not part of an emitted loop.</summary>
internal static class RowFolds
{
    /// <summary>Computes norms of rows, or one norm of all rows of a tile.</summary>
    public const string Norm = "Norm";

    /// <summary>Computes the logarithm of the sum of exponentials from the differences from the maximum and their sum of exponentials.</summary>
    public const string LogSum = "LogSum";

    /// <summary>True for the folds of this class.</summary>
    public static bool Contains(string fold) => fold is Norm or LogSum;
}
