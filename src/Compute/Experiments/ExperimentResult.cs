namespace Backprop.Compute.Experiments;

/// <summary>What an experiment found.</summary>
/// <param name="Charts">The curves, one chart per pair of axes.</param>
/// <param name="Table">Figures that are no curve, or null.</param>
/// <param name="Conclusion">What the figures say.</param>
public sealed record ExperimentResult(IReadOnlyList<ExperimentChart> Charts, ExperimentTable? Table, string Conclusion);

/// <summary>Curves with common axes.</summary>
/// <param name="Name">Its name within the experiment.</param>
/// <param name="Title">Its title.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Series">The curves.</param>
public sealed record ExperimentChart(string Name, string Title, ChartAxis X, ChartAxis Y, IReadOnlyList<ExperimentSeries> Series)
{
    /// <summary>Places on the horizontal axis that theory predicts.</summary>
    public IReadOnlyList<ChartMark> Marks { get; init; } = [];
}

/// <summary>An axis.</summary>
/// <param name="Label">What it counts.</param>
/// <param name="Unit">Its unit, or null for pure numbers.</param>
/// <param name="IsLogarithmic">Whether equal ratios have equal lengths; only positive numbers have a place on it.</param>
public sealed record ChartAxis(string Label, string? Unit = null, bool IsLogarithmic = false);

/// <summary>A place on the horizontal axis.</summary>
/// <param name="At">The place.</param>
/// <param name="Label">What is there.</param>
public sealed record ChartMark(double At, string Label);

/// <summary>A curve.</summary>
/// <param name="Name">Its name.</param>
/// <param name="X">The horizontal coordinates.</param>
/// <param name="Y">The vertical coordinates, as many.</param>
/// <param name="IsMeasured">Whether they are measured times, which differ from run to run.</param>
public sealed record ExperimentSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y, bool IsMeasured = false);

/// <summary>A table.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The rows, with one cell per column.</param>
public sealed record ExperimentTable(IReadOnlyList<TableColumn> Columns, IReadOnlyList<IReadOnlyList<ScalarValue>> Rows);

/// <summary>A column of a table.</summary>
/// <param name="Name">What it holds.</param>
/// <param name="Unit">Its unit, or null.</param>
/// <param name="IsMeasured">Whether its numbers are measured times, which differ from run to run.</param>
public sealed record TableColumn(string Name, string? Unit = null, bool IsMeasured = false);
