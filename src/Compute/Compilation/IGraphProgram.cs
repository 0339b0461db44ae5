namespace Backprop.Compute.Compilation;

/// <summary>A whole graph in a form of the executor's own, which replaces the steps and buffers of a plan.</summary>
public interface IGraphProgram
{
    /// <summary>The bytes that a run allocates: working memory and results.</summary>
    long PeakBytes { get; }

    /// <summary>Approximately how many bytes the program itself holds.</summary>
    long HeldBytes { get; }
}
