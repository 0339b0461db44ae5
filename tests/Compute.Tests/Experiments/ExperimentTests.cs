using Backprop.Compute.Engine;
using Backprop.Compute.Experiments;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Shouldly;

namespace Backprop.Compute.Tests.Experiments;

/// <summary>What holds for every experiment.</summary>
public class ExperimentTests
{
    public static TheoryData<string> Names => [.. ExperimentCatalogue.All.Select(experiment => experiment.Name)];

    [Fact]
    public void There_are_twelve() => Names.Count.ShouldBe(12);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_request_gives_the_same_bits_except_of_times(string name)
    {
        Bits(Trial.Run(name, 3)).ShouldBe(Bits(Trial.Run(name, 3)));
        if (!ExperimentCatalogue.Find(name)!.Measures)
        {
            Trial.Run(name, 3).Conclusion.ShouldBe(Trial.Run(name, 3).Conclusion);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Another_seed_gives_other_numbers_if_any_are_random(string name)
    {
        if (name is not ("gates" or "forward-or-reverse" or "checkpointing"))
        {
            Bits(Trial.Run(name, 3)).ShouldNotBe(Bits(Trial.Run(name, 4)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_parameter_runs_at_both_ends_of_its_range(string name)
    {
        Experiment experiment = ExperimentCatalogue.Find(name)!;
        foreach (ExperimentParameter parameter in experiment.Parameters)
        {
            ScalarValue[] ends = parameter.Kind switch
            {
                ParameterKind.Boolean => [true, false],
                ParameterKind.Choice => [.. parameter.Choices.Select(word => (ScalarValue)word)],
                _ => [parameter.Minimum!.Value, parameter.Maximum!.Value],
            };
            foreach (ScalarValue end in ends)
            {
                Check(Trial.Run(name, 1, (parameter.Name, end)), $"{parameter.Name} = {end}");
            }
        }

        ExperimentParameter[] numbers = [.. experiment.Parameters.Where(parameter => parameter.Minimum is not null)];
        Check(Trial.Run(name, 1, [.. numbers.Select(parameter => (parameter.Name, (ScalarValue)parameter.Minimum!.Value))]), "all at their least");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_cancelled_run_ends(string name)
    {
        var engine = new DerivativeEngine(new HostExecutor(new BufferPool(1 << 20)), new EngineLimits());
        Should.Throw<OperationCanceledException>(() => Trial.Run(engine, name, 0, new CancellationToken(canceled: true)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_limits_of_the_engine_apply(string name)
    {
        var engine = new DerivativeEngine(new HostExecutor(new BufferPool(1 << 20)), new EngineLimits { MaxFlops = 10 });
        Should.Throw<LimitException>(() => Trial.Run(engine, name, 0, CancellationToken.None)).Limit.ShouldBe("Limits:MaxFlops");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_value_outside_its_range_or_of_another_kind_is_refused(string name)
    {
        foreach (ExperimentParameter parameter in ExperimentCatalogue.Find(name)!.Parameters)
        {
            parameter.Fault(parameter.Default).ShouldBeNull();
            ScalarValue[] wrong = parameter.Kind switch
            {
                ParameterKind.Boolean => [1.0, "true"],
                ParameterKind.Choice => [1.0, true, "no-such-choice"],
                ParameterKind.Integer => ["1", true, double.NaN, parameter.Minimum!.Value - 1, parameter.Maximum!.Value + 1, parameter.Minimum.Value + 0.5],
                _ => ["1", true, double.NaN, double.PositiveInfinity, parameter.Minimum!.Value - 1e-9, parameter.Maximum!.Value * 1.001],
            };
            foreach (ScalarValue value in wrong)
            {
                parameter.Fault(value).ShouldNotBeNull($"{parameter.Name} = {value}").ShouldStartWith($"{parameter.Name} must be ");
                Should.Throw<ArgumentException>(() => Trial.Run(name, 0, (parameter.Name, value)));
            }
        }
    }

    [Fact]
    public void A_choice_that_is_nearly_right_is_suggested() =>
        ExperimentCatalogue.Find("vanishing-gradients")!.Parameters.Single(parameter => parameter.Name == "activation").Fault("sigmod")
            .ShouldBe("activation must be one of sigmoid, tanh, relu, gelu, identity; got 'sigmod'; did you mean 'sigmoid'?");

    private static void Check(ExperimentResult result, string what)
    {
        result.Conclusion.ShouldNotBeNullOrWhiteSpace(what);
        result.Conclusion.ShouldNotContain("{", Case.Sensitive, what);
        foreach (ExperimentChart chart in result.Charts)
        {
            chart.Series.ShouldNotBeEmpty(what);
            chart.Series.ShouldAllBe(series => series.X.Count == series.Y.Count, what);
            chart.Series.SelectMany(series => series.X).ShouldAllBe(x => double.IsFinite(x), what);
            chart.Series.Select(series => series.Name).ShouldBeUnique();
        }

        result.Table!.Rows.ShouldAllBe(row => row.Count == result.Table.Columns.Count, what);
    }

    private static string Bits(ExperimentResult result)
    {
        IEnumerable<double> curves = result.Charts.SelectMany(chart => chart.Series).Where(series => !series.IsMeasured).SelectMany(series => series.X.Concat(series.Y));
        IEnumerable<object> cells = result.Table!.Rows.SelectMany(row => row.Zip(result.Table.Columns)).Where(cell => !cell.Second.IsMeasured)
            .Select(cell => (object?)cell.First.Text ?? (object?)cell.First.Flag ?? BitConverter.DoubleToInt64Bits(cell.First.Number!.Value));
        return string.Join(' ', curves.Select(number => (object)BitConverter.DoubleToInt64Bits(number)).Concat(cells));
    }
}
