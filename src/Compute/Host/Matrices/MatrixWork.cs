using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host.Matrices;

/// <summary>One matrix or one system of a call: its operands and its result, row-major and in double precision whatever the element type.</summary>
/// <param name="node">The node, for its attributes.</param>
/// <param name="operands">The operands' elements, which may be overwritten.</param>
/// <param name="result">The result's elements.</param>
/// <param name="cancellationToken">Ends the computation early.</param>
internal sealed class MatrixWork(Node node, double[][] operands, double[] result, CancellationToken cancellationToken)
{
    private CancellationCheck check = new(cancellationToken);

    /// <summary>The node.</summary>
    public Node Node { get; } = node;

    /// <summary>The first operand.</summary>
    public double[] A => operands[0];

    /// <summary>The second operand.</summary>
    public double[] B => operands[1];

    /// <summary>The result.</summary>
    public double[] Result { get; } = result;

    /// <summary>The rows of the first operand.</summary>
    public int Rows { get; } = node.Inputs[0].Shape[^2];

    /// <summary>The columns of the first operand.</summary>
    public int Columns { get; } = node.Inputs[0].Shape[^1];

    /// <summary>Counts the elements that are processed next.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public void Before(long elements) => check.Before(elements);

    /// <summary>Fills the result with NaN, since there is none.</summary>
    public void Fail() => Array.Fill(Result, double.NaN);

    /// <summary>True if all elements of the first operand are finite.</summary>
    public bool IsFinite()
    {
        double sum = 0;
        foreach (double x in A)
        {
            sum += x - x;
        }

        return sum == 0;
    }
}
