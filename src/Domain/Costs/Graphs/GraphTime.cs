using Backprop.Domain.Costs.Steps;
using Backprop.Domain.Graphs;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Domain.Costs.Graphs;

/// <summary>The time of a planned graph on a device as an interval.</summary>
/// <param name="Seconds">The total.</param>
/// <param name="Operators">Per operator, the slowest first.</param>
public sealed record GraphTime(Interval Seconds, IReadOnlyList<OperatorDuration> Operators)
{
    private const long ManyElements = 1 << 14;

    /// <summary>
    /// The roofline, step by step: a step takes its launch plus the longer of its arithmetic and its traffic (Williams, Waterman, Patterson 2009). At
    /// the lower end, fused steps read and write shared values once; at the upper end, arithmetic and traffic do not overlap.
    /// </summary>
    /// <param name="steps">The steps.</param>
    /// <param name="fastest">The ceilings of the device.</param>
    /// <param name="typical">The typical rates of the device.</param>
    /// <param name="operatorOf">The operator to which a node belongs; if omitted, its primitive.</param>
    public static GraphTime Of(IReadOnlyList<PlannedStep> steps, DeviceRates fastest, DeviceRates typical, Func<Node, string>? operatorOf = null)
    {
        var total = new Interval(fastest.RunSeconds, typical.RunSeconds);
        var operators = new Dictionary<string, (Traffic Work, Interval Seconds, double Arithmetic, double Memory)>(StringComparer.Ordinal);
        foreach (PlannedStep step in steps)
        {
            double least = step.Nodes.Sum(node => Arithmetic(node, fastest)), most = step.Nodes.Sum(node => Arithmetic(node, typical));
            double bytes = Bytes(step, fastest);
            double memory = bytes / fastest.BytesPerSecond(bytes);
            var seconds = new Interval(
                fastest.LaunchSeconds + Math.Max(least, memory),
                typical.LaunchSeconds + Wake(step, typical) + most + (bytes / typical.BytesPerSecond(bytes)));
            total += seconds;
            Share(step, seconds, bytes, memory, fastest, operatorOf, operators);
        }

        return new GraphTime(total, [.. operators
            .Select(pair => new OperatorDuration(pair.Key, pair.Value.Work, pair.Value.Seconds, pair.Value.Arithmetic >= pair.Value.Memory))
            .OrderByDescending(duration => duration.Seconds.Lower).ThenBy(duration => duration.Name, StringComparer.Ordinal)]);
    }

    private static double Arithmetic(Node node, DeviceRates rates)
    {
        Work work = NodeWork.Of(node);
        bool isDouble = node.DType == DType.Float64 || (node.Inputs.Length > 0 && node.Inputs[0].DType == DType.Float64);
        ArithmeticRates arithmetic = isDouble ? rates.Double : rates.Single;
        if (node.Op == LinearAlgebra.MatMulOp || node.Op == Convolutions.ConvOp)
        {
            return work.Flops == 0 ? 0 : (double)work.Flops / arithmetic.ProductFlops((double)work.Flops);
        }

        if (node.Op.Name is "Softmax" or "LogSoftmax" or "ReduceLogSumExp")
        {
            return ((double)(work.Flops - work.Transcendentals) / arithmetic.Flops)
                + ((double)work.Transcendentals / (arithmetic.Elements("Exp") ?? arithmetic.Flops));
        }

        return arithmetic.Elements(node.Op.Name) is { } rate ? Moved(node) / rate : (double)work.Flops / arithmetic.Flops;
    }

    // Elements that are not scattered to are not moved.
    private static long Moved(Node node) => node.Op == Indexing.ScatterElementsOp || node.Op == Indexing.ScatterNDOp ? node.Inputs[2].Type.Count
        : node.Type.Count;

    // A step on few elements runs on the calling thread.
    private static double Wake(PlannedStep step, DeviceRates rates) => step.Nodes.Any(node => node.Type.Count >= ManyElements)
        ? rates.WakeSeconds : 0;

    private static double Bytes(PlannedStep step, DeviceRates rates) =>
        step.Bytes * (step.Nodes.Any(node => node.DType.IsFloat()) ? rates.FloatBytes : 1);

    // A step's time is divided among its operators in proportion to their arithmetic, or evenly if there is none.
    private static void Share(
        PlannedStep step,
        Interval seconds,
        double bytes,
        double memory,
        DeviceRates rates,
        Func<Node, string>? operatorOf,
        Dictionary<string, (Traffic Work, Interval Seconds, double Arithmetic, double Memory)> operators)
    {
        double[] each = [.. step.Nodes.Select(node => Arithmetic(node, rates))];
        double all = each.Sum();
        for (int i = 0; i < each.Length; i++)
        {
            string name = operatorOf?.Invoke(step.Nodes[i]) ?? step.Nodes[i].Op.Name;
            double share = all > 0 ? each[i] / all : 1.0 / each.Length;
            (Traffic work, Interval time, double arithmetic, double traffic) = operators.GetValueOrDefault(name);
            operators[name] = (
                work + new Traffic((double)NodeWork.Of(step.Nodes[i]).Flops, bytes * share), time + (seconds * share), arithmetic + each[i], traffic
                    + (memory * share));
        }
    }
}
