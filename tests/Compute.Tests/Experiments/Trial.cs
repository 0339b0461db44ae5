using Backprop.Compute.Engine;
using Backprop.Compute.Experiments;
using Backprop.Compute.Host;

namespace Backprop.Compute.Tests.Experiments;

/// <summary>Runs experiments, and reads their results.</summary>
internal static class Trial
{
    private static readonly DerivativeEngine Engine = new(new HostExecutor(new BufferPool(1 << 26)), new EngineLimits());

    public static ExperimentResult Run(string name, long seed, params (string Name, ScalarValue Value)[] parameters) =>
        Run(Engine, name, seed, CancellationToken.None, parameters);

    public static ExperimentResult Run(
        DerivativeEngine engine, string name, long seed, CancellationToken cancellationToken, params (string Name, ScalarValue Value)[] parameters) =>
        new ExperimentRun(ExperimentCatalogue.Find(name)!, parameters.ToDictionary(given => given.Name, given => given.Value), seed, engine, cancellationToken)
            .Compute();

    /// <summary>A curve by its chart and name.</summary>
    public static ExperimentSeries Curve(this ExperimentResult result, string chart, string name) =>
        result.Charts.Single(one => one.Name == chart).Series.Single(series => series.Name == name);

    /// <summary>The rows of the table, by the text or number in their first cell.</summary>
    public static IReadOnlyList<ScalarValue> Row(this ExperimentResult result, ScalarValue first) =>
        result.Table!.Rows.Single(row => row[0] == first);

    /// <summary>A number of a row, by the name of its column.</summary>
    public static double Number(this ExperimentResult result, ScalarValue first, string column) =>
        result.Row(first)[result.Table!.Columns.Index().Single(one => one.Item.Name == column).Index].Number!.Value;

    /// <summary>The slope of ln y over ln x, by least squares.</summary>
    public static double Slope(IEnumerable<(double X, double Y)> points)
    {
        (double X, double Y)[] logs = [.. points.Select(point => (Math.Log(point.X), Math.Log(point.Y)))];
        (double x, double y) = (logs.Average(point => point.X), logs.Average(point => point.Y));
        return logs.Sum(point => (point.X - x) * (point.Y - y)) / logs.Sum(point => (point.X - x) * (point.X - x));
    }
}
