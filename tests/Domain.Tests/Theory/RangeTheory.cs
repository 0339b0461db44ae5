using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators;
using Backprop.Domain.Operators.Primitives;
using Backprop.Testing.Running;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Theory;

/// <summary>
/// Elementwise operators over the whole range of their element type: value and derivatives are those recorded by <c>Range/make_range.py</c>, in both
/// modes, within the operator's promised precision.
/// </summary>
public class RangeTheory
{
    private const int Ulps = 4;

    private static readonly RangeRecord[] All = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Theory", "Range", "range.jsonl")).Select(RangeRecord.Parse)];

    public static TheoryData<string> Names => [.. All.Select(record => record.Name)];

    // Compared with sixty digits where their kernels are tested (tests/Compute.Tests/Data/special-functions.csv), to parts in 10¹⁵ rather than units
    // in the last place.
    private static readonly string[] RecordedElsewhere = ["Erfinv", "Erfcinv", "Erfcx", "Gamma", "BesselI"];

    // A matrix product, which a single vector also has.
    private static readonly string[] NotElementwise = ["MultiDot"];

    [Fact]
    public void Every_elementwise_operator_of_one_or_two_floats_is_recorded()
    {
        string[] recorded = [.. All.Select(record => record.Operator)];
        OperatorTable.All.Where(IsElementwise).Select(row => row.Name).Except(recorded).Except(NotElementwise)
            .ShouldBe(RecordedElsewhere, ignoreOrder: true, "Add an operator that is missing to Range/make_range.py, and run it.");
    }

    [Fact]
    public void Rows_say_what_they_promise() => OperatorTable.All.Where(row => row.Precision is not null).Select(row => row.Name).Order()
        .ShouldBe(RangePromises.Names.Select(name => name.Split(' ')[0]).Distinct().Order(), "The precision of a row and its entry in RangePromises go together.");

    [Theory]
    [MemberData(nameof(Names))]
    public void Value_and_derivatives_are_right(string name)
    {
        RangeRecord record = All.Single(record => record.Name == name);
        Execution answer = record.Gradient(DType.Float64);
        var wrong = new List<string>();
        Compare("value", answer[ResultKey.Value], record.Values, Ulps);
        for (int i = 0; i < record.Points.Length; i++)
        {
            Compare($"derivative by {record.Inputs[i]}", answer[ResultKey.Gradient(record.Inputs[i])], record.Slopes[i], Ulps);
        }

        wrong.ShouldBeEmpty();

        void Compare(string what, Tensor got, double[] right, int allowed) => wrong.AddRange(Enumerable.Range(0, right.Length)
            .Where(i => !(Distance(got[i], right[i]) <= allowed) && !record.IsWithin(i, got[i], right[i], RangePromises.Double))
            .Select(i => $"{what} at {record.At(i)}: {got[i]:R}, right {right[i]:R}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Float32_is_float64_rounded(string name)
    {
        RangeRecord record = All.Single(record => record.Name == name).Single();
        Execution wide = record.Gradient(DType.Float64), answer = record.Gradient(DType.Float32);
        var wrong = new List<string>();
        foreach (KeyedTensor result in answer.Results.Where(result => result.Key != ResultKey.GradientNorm))
        {
            Tensor right = wide[result.Key];
            wrong.AddRange(Enumerable.Range(0, right.Count).Where(i => !(SingleDistance((float)result.Value[i], (float)right[i]) <= 2) && !record.IsWithin(i, result.Value[i], right[i], RangePromises.Single))
                .Select(i => $"{result.Key} at {record.At(i)}: {(float)result.Value[i]:R}, right {(float)right[i]:R}"));
        }

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_is_reverse(string name)
    {
        RangeRecord record = All.Single(record => record.Name == name);
        Execution reverse = record.Gradient(DType.Float64);
        foreach (string input in record.Inputs)
        {
            Tensor forward = record.Along(input), backward = reverse[ResultKey.Gradient(input)];
            Enumerable.Range(0, forward.Count).Where(i => !(Distance(forward[i], backward[i]) <= 1) && !record.IsWithin(i, forward[i], backward[i], RangePromises.Double)).Select(i => $"{input} at {record.At(i)}: {forward[i]:R}, {backward[i]:R}").ShouldBeEmpty();
        }
    }

    // In units in the last place; the distance of NaN from NaN is zero.
    private static double Distance(double a, double b) =>
        a.Equals(b) || a == b ? 0 : double.IsNaN(a) || double.IsNaN(b) ? double.PositiveInfinity : Math.Abs((double)(Ordered(a) - Ordered(b)));

    private static Int128 Ordered(double x) => BitConverter.DoubleToInt64Bits(x) is >= 0 and long bits ? bits : long.MinValue - (Int128)BitConverter.DoubleToInt64Bits(x);

    private static double SingleDistance(float a, float b) =>
        a.Equals(b) || a == b ? 0 : float.IsNaN(a) || float.IsNaN(b) ? double.PositiveInfinity : Math.Abs((double)(Ordered(a) - Ordered(b)));

    private static long Ordered(float x) => BitConverter.SingleToInt32Bits(x) is >= 0 and int bits ? bits : int.MinValue - (long)BitConverter.SingleToInt32Bits(x);

    private static bool IsElementwise(Operator row)
    {
        int count = row.Operands.Length;
        bool takesFloats = count is 1 or 2 && row.Operands.All(operand => operand.Accepts(DType.Float64) && !operand.Static && !operand.Optional)
            && row.Differentiability != Differentiability.NotDifferentiable && row.Attributes.All(attribute => !attribute.Required || attribute.Name is "n");
        if (!takesFloats || row.Name is "Cast" or "CastLike" or "Dropout" or "Sum" or "Mean" or "Transpose" or "Bernoulli" || row.Name.StartsWith("Random", StringComparison.Ordinal))
        {
            return false;
        }

        try
        {
            string[] inputs = count == 1 ? ["x"] : ["x", "y"];
            var record = new RangeRecord(row.Name, new Dictionary<string, AttributeValue> { ["n"] = 1L }.Where(pair => row.Name == "Polygamma").ToDictionary(), [.. inputs.Select(_ => new double[] { 0.5, 0.75 })], [], []);
            return Engine.Bind(record.Definition, record.Literals(DType.Float64)).Graph.Nodes.Where(node => !node.IsLeaf()).All(node => node.IsElementwise());
        }
        catch (GraphException)
        {
            return false;
        }
    }
}
