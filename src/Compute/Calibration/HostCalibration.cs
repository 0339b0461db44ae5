using Backprop.Compute.Compilation;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Compute.Calibration;

/// <summary>
/// Measures the host with small plans, once, when it is first asked. It takes about a second and runs in rounds, so that other load at one moment is
/// not taken for the host's ceiling.
/// </summary>
/// <param name="executor">Runs them.</param>
public sealed class HostCalibration(HostExecutor executor)
{
    /// <summary>The elementwise primitives that are slower than an addition.</summary>
    internal static readonly Dictionary<string, Func<GraphBuilder, Node, Node>> Functions = new Primitive[]
    {
        Elementwise.ExpOp, Elementwise.LogOp, Elementwise.Log1pOp, Elementwise.Expm1Op, Elementwise.SinOp, Elementwise.CosOp, Elementwise.TanOp,
            Elementwise.AsinOp,
        Elementwise.AcosOp, Elementwise.AtanOp, Elementwise.SinhOp, Elementwise.CoshOp, Elementwise.TanhOp, Elementwise.AsinhOp, Elementwise.AcoshOp,
            Elementwise.AtanhOp,
        Elementwise.ErfOp, Elementwise.ErfcOp, Elementwise.LgammaOp, Elementwise.DigammaOp, Elementwise.SigmoidOp, Elementwise.SoftplusOp,
            Elementwise.SqrtOp,
    }.ToDictionary(primitive => primitive.Name, Unary);

    private static readonly int[] Sides = [16, 64, 256, 768];

    private static readonly int[] Moved = [1 << 13, 1 << 15, 1 << 17, 1 << 19, 1 << 21, 1 << 24];

    private const int InCache = 1 << 15;
    private const int Many = 1 << 17;
    private const int Short = 4;
    private const int Passes = 24;
    private const int Length = 400;
    private const int FlopsOfPass = 2;
    private const int Rounds = 3;
    private const double SecondsOfEach = 0.015;
    private const double SecondsOfFunction = 0.004;
    private const double Least = 1e-9;

    static HostCalibration()
    {
        Functions["Div"] = (b, x) => b.Reciprocal(x);
        Functions["Pow"] = (b, x) => b.Pow(x, x);
        Functions["Mod"] = (b, x) => b.Mod(b.Scalar(1, x.DType), x, true);
        Functions["Atan2"] = (b, x) => b.Atan2(x, b.Scalar(1, x.DType));
        Functions["Polygamma"] = (b, x) => b.Polygamma(x, 1);
    }

    private readonly CalibrationPlans plans = new(HostExecutor.Target);
    private readonly Lock gate = new();
    private readonly Dictionary<string, double> best = [];
    private HostRates? rates;

    /// <summary>The rates of the host.</summary>
    public HostRates Rates
    {
        get
        {
            lock (gate)
            {
                return rates ??= Measure();
            }
        }
    }

    // The first rounds fill in what the last one reads: the best time of each plan until then.
    private HostRates Measure()
    {
        for (int round = 1; round < Rounds; round++)
        {
            Once();
        }

        HostRates measured = Once();
        best.Clear();
        return measured;
    }

    private HostRates Once()
    {
        Plan once = plans.Chain(DType.Float64, Short, 1, Product), often = plans.Chain(DType.Float64, Short, Passes, Product);
        double one = Seconds(once), launch = Math.Max((Seconds(often) - one) / (often.Steps.Length - once.Steps.Length), Least);
        return new HostRates(
            Arithmetic(DType.Float32),
            Arithmetic(DType.Float64),
            new RateCurve([.. Moved.Select(count => (2.0 * count * sizeof(float), Bytes(count, Math.Min(one, launch * 4))))]),
            launch,
            Math.Max(one - (launch * once.Steps.Length), 0),
            Seconds(plans.Chain(DType.Float32, InCache, 1, Product)),
            Scalar());
    }

    private HostArithmetic Arithmetic(DType dtype)
    {
        double once = Seconds(plans.Chain(dtype, InCache, 1, Product)), often = Seconds(plans.Chain(dtype, InCache, Passes, Product));
        double elements = InCache * (Passes - 1.0), flops = FlopsOfPass * elements / Math.Max(often - once, Least);
        double addition = Seconds(plans.Chain(dtype, Many, 1, (b, x, _) => b.Plus(x, 1)));
        double picks = InCache / Math.Max(Seconds(plans.Picked(dtype, InCache)) - once, Least);
        return new HostArithmetic(
            new RateCurve([.. Sides.Select(side => (2.0 * side * side * side, 2.0 * side * side * side / Seconds(plans.Square(dtype, side))))]),
            flops,
            Functions.ToDictionary(function => function.Key, function => Function(dtype, function.Value, addition)),
            picks);
    }

    // The time beyond that of an addition, which moves as much.
    private double Function(DType dtype, Func<GraphBuilder, Node, Node> function, double addition)
    {
        double seconds = Seconds(plans.Chain(dtype, Many, 1, (b, x, _) => function(b, x)), SecondsOfFunction);
        return Many / Math.Max(seconds - addition, seconds / 3);
    }

    // One addition, which reads and writes every element; the fixed time of a run is not counted.
    private double Bytes(int count, double overhead)
    {
        double seconds = Seconds(plans.Chain(DType.Float32, count, 1, (b, y, _) => b.Plus(y, 1)));
        return 2.0 * count * sizeof(float) / Math.Max(seconds - overhead, seconds / 2);
    }

    // Dependent instructions wait for one another; those of several chains do not.
    private HostScalar Scalar()
    {
        double few = Seconds(plans.Chains(1, 1, Product));
        return new HostScalar(
            few,
            Each(1, Product) / FlopsOfPass,
            Each(8, Product) / FlopsOfPass,
            Each(1, (b, y, _) => b.Tanh(y)),
            Each(8, (b, y, _) => b.Tanh(y)));

        double Each(int width, Func<GraphBuilder, Node, Node, Node> step) =>
            Math.Max((Seconds(plans.Chains(width, Length, step)) - few) / (width * Length), 1e-11);
    }

    private static Node Product(GraphBuilder b, Node y, Node x) => b.Plus(b.Mul(y, x), 0.5);

    // The best of all rounds until now.
    private double Seconds(Plan plan, double window = SecondsOfEach)
    {
        string key = string.Join(' ', plan.Graph.Nodes.Select(node => node.Op.Name).GroupBy(name => name)
            .Select(group => $"{group.Key}{group.Count()}")) + plan.Graph.Inputs[0].Type;
        double seconds = PlanTimer.Best((plan, inputs) => Array.ForEach(executor.Run(plan, inputs), executor.Return), plan, window);
        return best[key] = Math.Min(best.GetValueOrDefault(key, double.PositiveInfinity), seconds);
    }

    private static Func<GraphBuilder, Node, Node> Unary(Primitive primitive) => (b, x) => b.Unary(primitive, x);
}
