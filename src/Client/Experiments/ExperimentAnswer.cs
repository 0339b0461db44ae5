namespace Backprop.Client.Experiments;

/// <summary>The response of <c>POST /experiments/{name}</c>. With <c>Accept: image/svg+xml</c> it is a picture of the charts.</summary>
public sealed record ExperimentAnswer
{
    /// <summary>The name of the experiment.</summary>
    public required string Name { get; init; }

    /// <summary>The value of every parameter.</summary>
    public required IReadOnlyDictionary<string, ScalarValue> Parameters { get; init; }

    /// <summary>The seed.</summary>
    public required long Seed { get; init; }

    /// <summary>What the figures say.</summary>
    public required string Conclusion { get; init; }

    /// <summary>The curves.</summary>
    public required IReadOnlyList<ExperimentSeries> Series { get; init; }

    /// <summary>How the curves are drawn: those of one chart have common axes.</summary>
    public required IReadOnlyList<ExperimentChart> Charts { get; init; }

    /// <summary>Figures that are no curve.</summary>
    public ExperimentTable? Table { get; init; }
}

/// <summary>A curve.</summary>
public sealed record ExperimentSeries
{
    /// <summary>The name of its chart.</summary>
    public required string Chart { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The horizontal coordinates.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>The vertical coordinates, one for each horizontal one; <c>"NaN"</c> and <c>"Infinity"</c> where a number ends.</summary>
    public required IReadOnlyList<double> Y { get; init; }

    /// <summary>The unit of <c>y</c>; absent for pure numbers.</summary>
    public string? Unit { get; init; }

    /// <summary>True if <c>y</c> holds measured times, which differ from run to run; absent otherwise.</summary>
    public bool? Measured { get; init; }
}

/// <summary>A chart.</summary>
public sealed record ExperimentChart
{
    /// <summary>Its name, to which series refer.</summary>
    public required string Name { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>The horizontal axis.</summary>
    public required ChartAxis X { get; init; }

    /// <summary>The vertical axis.</summary>
    public required ChartAxis Y { get; init; }

    /// <summary>Places on the horizontal axis that theory predicts; absent if there are none.</summary>
    public IReadOnlyList<ChartMark>? Marks { get; init; }
}

/// <summary>An axis.</summary>
public sealed record ChartAxis
{
    /// <summary>What it counts.</summary>
    public required string Label { get; init; }

    /// <summary>Its unit; absent for pure numbers.</summary>
    public string? Unit { get; init; }

    /// <summary>Whether equal lengths are equal differences or equal ratios.</summary>
    public required ChartScale Scale { get; init; }
}

/// <summary>The scale of an axis.</summary>
public enum ChartScale
{
    /// <summary>Equal lengths are equal differences.</summary>
    Linear,

    /// <summary>Equal lengths are equal ratios.</summary>
    Log,
}

/// <summary>A place on a horizontal axis.</summary>
public sealed record ChartMark
{
    /// <summary>The place.</summary>
    public required double At { get; init; }

    /// <summary>What is there.</summary>
    public required string Label { get; init; }
}

/// <summary>A table.</summary>
public sealed record ExperimentTable
{
    /// <summary>Its columns.</summary>
    public required IReadOnlyList<ExperimentColumn> Columns { get; init; }

    /// <summary>Its rows: numbers, texts or truth values, one for each column.</summary>
    public required IReadOnlyList<IReadOnlyList<ScalarValue>> Rows { get; init; }
}

/// <summary>A column of a table.</summary>
public sealed record ExperimentColumn
{
    /// <summary>What it holds.</summary>
    public required string Name { get; init; }

    /// <summary>Its unit; absent for pure numbers and texts.</summary>
    public string? Unit { get; init; }

    /// <summary>True if it holds measured times, which differ from run to run; absent otherwise.</summary>
    public bool? Measured { get; init; }
}
