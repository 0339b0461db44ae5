using Backprop.Domain.Costs.FiniteDifferences;
using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Differences;

/// <summary>Copies of the values of a graph's inputs, of which single elements are moved in place.</summary>
internal sealed class MovedInputs
{
    private readonly int[] indices;
    private readonly long[] starts;

    /// <param name="definition">The graph.</param>
    /// <param name="wrt">The inputs whose elements are moved.</param>
    /// <param name="inputs">All values, in the order of the inputs.</param>
    /// <exception cref="GraphException">A name denotes a constant.</exception>
    public MovedInputs(GraphDefinition definition, IReadOnlyList<string> wrt, Tensor[] inputs)
    {
        Dictionary<string, int> known = definition.Inputs.Index().ToDictionary(pair => pair.Item.Name, pair => pair.Index, StringComparer.Ordinal);
        Inputs = (Tensor[])inputs.Clone();
        indices = [.. wrt.Select(name => known.TryGetValue(name, out int index)
            ? index
            : throw new GraphException("wrt", $"'{name}' is a constant; finite differences move inputs"))];
        starts = new long[indices.Length + 1];
        for (int i = 0; i < indices.Length; i++)
        {
            Inputs[indices[i]] = inputs[indices[i]].Copy();
            starts[i + 1] = starts[i] + inputs[indices[i]].Count;
        }
    }

    /// <summary>All values.</summary>
    public Tensor[] Inputs { get; }

    /// <summary>The elements that may be moved.</summary>
    public long Count => starts[^1];

    /// <summary>The i-th of <paramref name="count"/> elements that are spread evenly over all.</summary>
    public (int Input, int Element) Spread(long i, long count)
    {
        long element = (long)((Int128)Count * ((2 * i) + 1) / (2 * count));
        int input = Array.BinarySearch(starts, element);
        input = input < 0 ? ~input - 1 : Array.FindLastIndex(starts, start => start == element);
        return (input, (int)(element - starts[input]));
    }

    /// <summary>The value of an element.</summary>
    public double Get((int Input, int Element) at) => Inputs[indices[at.Input]][at.Element];

    /// <summary>The element type of an element.</summary>
    public DType TypeOf((int Input, int Element) at) => Inputs[indices[at.Input]].DType;

    /// <summary>Moves an element.</summary>
    /// <returns>Its new value, which is rounded to its type.</returns>
    public double Move((int Input, int Element) at, double by)
    {
        Tensor tensor = Inputs[indices[at.Input]];
        return tensor.DType == DType.Float64
            ? tensor.Values<double>()[at.Element] += by
            : tensor.Values<float>()[at.Element] += (float)by;
    }

    /// <summary>Sets an element.</summary>
    public void Set((int Input, int Element) at, double value) => Inputs[indices[at.Input]][at.Element] = value;

    /// <summary>The best step for an element in its type: relative to the element, or to 1 if it is smaller.</summary>
    public double Step((int Input, int Element) at, DifferenceScheme scheme)
    {
        ComputePrecision precision = Inputs[indices[at.Input]].DType == DType.Float64 ? ComputePrecision.Fp64 : ComputePrecision.Fp32;
        return scheme.BestStep(precision.Roundoff()) * Math.Max(1, Math.Abs(Get(at)));
    }
}
