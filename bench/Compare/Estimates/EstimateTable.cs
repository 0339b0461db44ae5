using System.Text;
using Backprop.Compare.Candidates;
using Backprop.Compute.Calibration;
using Backprop.Domain.Costs.Steps;

namespace Backprop.Compare.Estimates;

/// <summary>Predicted and measured forward time, backward time and peak memory, as Markdown.</summary>
internal static class EstimateTable
{
    /// <summary>The name that selects it.</summary>
    public const string Name = "estimates against reality";

    /// <summary>Runs all of them and prints the table; true if every prediction holds.</summary>
    public static bool Print(LocalEngine engine, TextWriter output)
    {
        HostCalibration calibration = engine.Calibration;
        EstimateRow[] rows = [.. EstimateGraphs.All().Select(estimate => estimate.Run(engine, calibration))];
        output.WriteLine(Text(rows));
        output.WriteLine($"{Described(calibration.Rates)} {Machine.Describe()}.");
        return rows.All(row => row.Holds);
    }

    private static string Text(EstimateRow[] rows)
    {
        var text = new StringBuilder();
        text.AppendLine("| graph | GFLOP forward | backward / forward | forward, ms | predicted | backward, ms | predicted | peak, bytes | predicted | holds |");
        text.AppendLine("| --- | --: | --: | --: | --: | --: | --: | --: | --: | --- |");
        foreach (EstimateRow row in rows)
        {
            text.AppendLine(
                $"| {row.Name} | {(double)row.Price.Forward.Total.Flops / 1e9:G3} | {row.Price.BackwardToForward:0.00} | {Ms(row.ForwardMs)} | {Ends(row.Forward)} | {Ms(row.BackwardMs)} | {Ends(row.Backward)} "
                + $"| {row.PeakMeasured:#,0} | {(row.Peak == row.PeakMeasured ? "the same" : $"{row.Peak:#,0}")} | {(row.Holds ? "yes" : "no")} |");
        }

        return text.ToString();
    }

    private static string Ends(Interval interval) => $"{Ms(interval.Lower)}–{Ms(interval.Upper)}";

    private static string Ms(double ms) => ms >= 10 ? $"{ms:0.0}" : ms >= 1 ? $"{ms:0.00}" : $"{ms:0.000}";

    private static string Described(HostRates rates) =>
        $"Calibration: products {rates.Single.Products.Points[^1].PerSecond / 1e9:0} (fp32) and {rates.Double.Products.Points[^1].PerSecond / 1e9:0} (fp64) GFLOP/s, elements {rates.Single.Flops / 1e9:0} and {rates.Double.Flops / 1e9:0} GFLOP/s, "
        + $"exponentials {rates.Single.Functions["Exp"] / 1e9:0.0} and {rates.Double.Functions["Exp"] / 1e9:0.0} G/s, caches {rates.Bytes.Points.Max(point => point.PerSecond) / 1e9:0} and memory {rates.Bytes.Points[^1].PerSecond / 1e9:0} GB/s, a step {rates.LaunchSeconds * 1e6:0.00} µs, "
        + $"a run {rates.RunSeconds * 1e6:0.00} µs, a scalar instruction {rates.Scalar.FreeSeconds * 1e9:0.00} to {rates.Scalar.ChainSeconds * 1e9:0.00} ns.";
}
