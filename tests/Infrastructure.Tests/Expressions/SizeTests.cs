using System.Diagnostics;
using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Expressions;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Expressions;

public class SizeTests
{
    private const int Depth = 200_000;

    [Fact]
    public void Nesting_takes_no_stack()
    {
        Written.Parse($"L = {new string('(', Depth)}x{new string(')', Depth)}").Nodes.Count.ShouldBe(1);
        Written.Parse($"L = {new string('-', Depth)}x").Nodes.Count.ShouldBe(Depth);
        Written.Parse($"L = {string.Concat(Enumerable.Repeat("x^", Depth))}2").Nodes.Count.ShouldBe(Depth);
        Written.Parse($"L = {string.Concat(Enumerable.Repeat("sin(", Depth))}x{new string(')', Depth)}").Nodes.Count.ShouldBe(Depth);
        Written.Failure($"L = {new string('(', Depth)}").Message.ShouldContain($"column {Depth + 5}:");
    }

    // As a ratio of two times, since other programs may have the processors; a quadratic part would show as sixteen.
    [Fact]
    public void Time_is_linear()
    {
        Fastest(1000);
        double few = Fastest(10_000), many = Fastest(40_000);
        (many / few).ShouldBeLessThan(10, $"{few} ms and {many} ms");
    }

    private static double Fastest(int statements)
    {
        string text = "z0 = x;" + string.Join('\n', Enumerable.Range(0, statements).Select(i => $"z{i + 1} = tanh(z{i})*w{i % 7} + 0.5"));
        return Enumerable.Range(0, 3).Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            Written.Parse(text).Nodes.Count.ShouldBe((3 * statements) + 1);
            return watch.Elapsed.TotalMilliseconds;
        });
    }

    [Theory]
    [InlineData("L = a*b + c*d + e")]
    [InlineData("L = ((((((((((1))))))))))")]
    [InlineData("L = max(1,1,1,1,1,1,1,1,1,1)")]
    public void More_than_the_limit_is_refused(string text)
    {
        Should.Throw<LimitException>(() => new ExpressionParser([], maxNodes: 8).Parse(text)).Message.ShouldContain("limit");
        new ExpressionParser([], maxNodes: 16).Parse(text).Nodes.ShouldNotBeEmpty();
    }
}
