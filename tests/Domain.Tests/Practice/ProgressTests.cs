using Backprop.Domain.Practice.Progress;
using Backprop.Domain.Practice.Sampling;
using CsCheck;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Practice;

public sealed class ProgressTests
{
    // R: binom::binom.confint(x, n, methods = "wilson").
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 10, 0)]
    [InlineData(0.8, 10, 0.490162)]
    [InlineData(1, 1, 0.206549)]
    [InlineData(0.5, 20, 0.299298)]
    public void The_lower_bound_is_that_of_Wilson(double mean, long count, double bound) => WilsonBound.Lower(mean, count).ShouldBe(bound, 1e-6);

    [Fact]
    public void The_bound_lies_below_the_mean_and_rises_with_it_and_with_the_count() =>
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1], Gen.Long[1, 10_000]).Sample((one, other, count) =>
        {
            double bound = WilsonBound.Lower(Math.Min(one, other), count);
            bound.ShouldBeInRange(0, Math.Min(one, other));
            bound.ShouldBeLessThanOrEqualTo(WilsonBound.Lower(Math.Max(one, other), count) + 1e-12);
            bound.ShouldBeLessThanOrEqualTo(WilsonBound.Lower(Math.Min(one, other), count + 1) + 1e-12);
        });

    [Theory]
    [InlineData(2, 0, false)]
    [InlineData(3, 0, true)]
    [InlineData(3, 1, false)]
    [InlineData(10, 0.7, true)]
    [InlineData(10, 0.8, false)]
    [InlineData(20, 0.75, false)]
    [InlineData(20, 0.6, true)]
    public void A_topic_is_weak_where_enough_answers_show_it(int answers, double mean, bool weak) => new TopicStrength(answers, mean).IsWeak.ShouldBe(weak);

    [Fact]
    public void Every_question_has_its_day_in_each_round_and_no_two_days_in_a_row() =>
        Gen.Select(Gen.Int[3, 60], Gen.Int[0, 20_000]).Sample((count, round) =>
        {
            int[] days = [.. Enumerable.Range(round * count, count).Select(day => DailyDraw.Place(day, count))];
            days.Order().ShouldBe(Enumerable.Range(0, count));
            DailyDraw.Place((round + 1) * count, count).ShouldNotBe(days[^1]);
        });

    // The sequence is a contract: other processes and releases have the same question on the same day.
    [Fact]
    public void The_days_of_a_year_are_the_recorded_ones() =>
        Enumerable.Range(739_000, 8).Select(day => DailyDraw.Place(day, 77)).ShouldBe([48, 3, 53, 56, 43, 0, 66, 23]);
}
