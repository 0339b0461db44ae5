using System.Globalization;
using Backprop.Domain.Graphs;

namespace Backprop.Domain.Training.Binding;

/// <summary>Reads submitted values.</summary>
/// <param name="dtype">The element type of values that state none.</param>
/// <param name="cancellationToken">Ends long conversions.</param>
internal sealed class ValueReader(DType dtype, CancellationToken cancellationToken)
{
    private const int CheckMask = (1 << 16) - 1;

    /// <summary>The element type of values that state none.</summary>
    public DType DType => dtype;

    /// <summary>The value in its element type: the declared one, the stated one, or the request's.</summary>
    /// <exception cref="GraphException">It does not fit.</exception>
    public Tensor Read(Literal literal, DType? declared, string path)
    {
        try
        {
            return literal.As(declared ?? literal.Natural ?? dtype, cancellationToken);
        }
        catch (FormatException error)
        {
            throw new GraphException(path, error.Message);
        }
    }

    /// <summary>Requires that no element is NaN; an infinity may be a mask.</summary>
    public void RequireNumbers(Tensor tensor, string path) => Require(tensor, path, double.IsNaN);

    /// <summary>Requires that all elements are finite.</summary>
    public void RequireFinite(Tensor tensor, string path) => Require(tensor, path, value => !double.IsFinite(value));

    private void Require(Tensor tensor, string path, Predicate<double> isRefused)
    {
        for (int i = 0; tensor.DType.IsFloat() && i < tensor.Count; i++)
        {
            if ((i & CheckMask) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (isRefused(tensor[i]))
            {
                string at = tensor.Shape.Rank == 0 ? string.Empty : $" at [{string.Join(',', tensor.Shape.IndexOf(i))}]";
                throw new GraphException(path, $"the value is {tensor[i].ToString(CultureInfo.InvariantCulture)}{at}, expected a number");
            }
        }
    }
}
