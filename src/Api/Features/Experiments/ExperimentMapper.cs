using Backprop.Client.Experiments;
using Backprop.Compute.Experiments;
using Backprop.Infrastructure.Formats.Plots;
using ChartAxis = Backprop.Compute.Experiments.ChartAxis;
using ExperimentParameter = Backprop.Compute.Experiments.ExperimentParameter;
using ScalarValue = Backprop.Compute.Experiments.ScalarValue;

namespace Backprop.Api.Features.Experiments;

/// <summary>Maps experiments and their results to the contract, and to plots.</summary>
internal static class ExperimentMapper
{
    /// <summary>The page of an experiment.</summary>
    public static ExperimentPage Page(Experiment experiment) => new()
    {
        Name = experiment.Name,
        Title = experiment.Title,
        Shows = experiment.Shows,
        LookFor = experiment.LookFor,
        Parameters = [.. experiment.Parameters.Select(Parameter)],
        Measures = experiment.Measures,
    };

    /// <summary>The answer of a run.</summary>
    public static ExperimentAnswer Answer(Experiment experiment, ExperimentRun run, ExperimentResult result) => new()
    {
        Name = experiment.Name,
        Parameters = experiment.Parameters.ToDictionary(parameter => parameter.Name, parameter => Value(run.Values[parameter.Name])),
        Seed = run.Seed,
        Conclusion = result.Conclusion,
        Series = [.. result.Charts.SelectMany(chart => chart.Series.Select(series => new Client.Experiments.ExperimentSeries
        {
            Chart = chart.Name,
            Name = series.Name,
            X = series.X,
            Y = series.Y,
            Unit = chart.Y.Unit,
            Measured = series.IsMeasured ? true : null,
        }))],
        Charts = [.. result.Charts.Select(chart => new Client.Experiments.ExperimentChart
        {
            Name = chart.Name,
            Title = chart.Title,
            X = Axis(chart.X),
            Y = Axis(chart.Y),
            Marks = chart.Marks.Count == 0 ? null
                : [.. chart.Marks.Select(mark => new Client.Experiments.ChartMark { At = mark.At, Label = mark.Label })],
        })],
        Table = result.Table is not { } table ? null : new Client.Experiments.ExperimentTable
        {
            Columns = [.. table.Columns.Select(column => new ExperimentColumn
            {
                Name = column.Name,
                Unit = column.Unit,
                Measured = column.IsMeasured ? true : null,
            })],
            Rows = [.. table.Rows.Select(row => row.Select(Value).ToArray())],
        },
    };

    /// <summary>The plot of a run.</summary>
    public static LinePlot Plot(Experiment experiment, ExperimentResult result) => new(
        experiment.Title,
        [.. result.Charts.Select(chart => new LineChart(
            chart.Title,
            Line(chart.X),
            Line(chart.Y),
            [.. chart.Series.Select(series => new Line(series.Name, series.X, series.Y))],
            [.. chart.Marks.Select(mark => new LineMark(mark.At, mark.Label))]))],
        result.Conclusion);

    /// <summary>A value in the contract.</summary>
    public static Client.Experiments.ScalarValue Value(ScalarValue value) => new(value.Number, value.Text, value.Flag);

    private static Client.Experiments.ExperimentParameter Parameter(ExperimentParameter parameter) => new()
    {
        Name = parameter.Name,
        Kind = (ExperimentParameterKind)parameter.Kind,
        Description = parameter.Description,
        Default = Value(parameter.Default),
        Minimum = parameter.Minimum,
        Maximum = parameter.Maximum,
        Choices = parameter.Choices.Count == 0 ? null : parameter.Choices,
    };

    private static Client.Experiments.ChartAxis Axis(ChartAxis axis) =>
        new() { Label = axis.Label, Unit = axis.Unit, Scale = axis.IsLogarithmic ? ChartScale.Log : ChartScale.Linear };

    private static LineAxis Line(ChartAxis axis) => new(axis.Unit is { } unit ? $"{axis.Label}, {unit}" : axis.Label, axis.IsLogarithmic);
}
