using Backprop.Domain.Practice.Sampling;
using Backprop.Domain.Sampling;
using CsCheck;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Practice;

public sealed class SeededGeneratorTests
{
    // The output of pcg32-demo of the reference library for its fixed seed (42, 54), in round 1.
    [Fact]
    public void The_numbers_are_those_of_the_reference()
    {
        var random = new SeededGenerator(42, 54);
        uint[] words = [.. Enumerable.Range(0, 6).Select(_ => random.Next())];
        words.ShouldBe([0xa15c02b7, 0x7b47f409, 0xba1d3330, 0x83d2f293, 0xbfa4784b, 0xcbed606e]);
        string coins = string.Concat(Enumerable.Range(0, 65).Select(_ => random.Below(2) == 1 ? 'H' : 'T'));
        coins.ShouldBe("HHTTTHTHHHTHTTTHHHHHTTTHHHTHTHTHTTHTTTHHHHHHTTTTHHTTTTTHTTTTTTTHT");
        string rolls = string.Join(' ', Enumerable.Range(0, 33).Select(_ => random.Below(6) + 1));
        rolls.ShouldBe("3 4 1 1 2 2 3 2 4 3 2 4 3 3 5 2 3 1 3 1 5 1 4 1 5 6 4 6 6 2 6 3 3");
    }

    [Fact]
    public void Another_name_is_another_sequence()
    {
        SeededGenerator.For(7, "fan-out").Next().ShouldBe(SeededGenerator.For(7, "fan-out").Next());
        SeededGenerator.For(7, "fan-out").Next().ShouldNotBe(SeededGenerator.For(7, "fan-in").Next());
        SeededGenerator.For(7, "fan-out").Next().ShouldNotBe(SeededGenerator.For(8, "fan-out").Next());
    }

    [Fact]
    public void Numbers_keep_to_their_range_and_reach_its_ends()
    {
        SeededGenerator random = SeededGenerator.For(1, "range");
        int[] drawn = [.. Enumerable.Range(0, 1000).Select(_ => random.Int(-2, 3))];
        drawn.Distinct().Order().ShouldBe([-2, -1, 0, 1, 2, 3]);
        Enumerable.Range(0, 1000).Select(_ => random.Signed(1, 2)).Distinct().Order().ShouldBe([-2, -1, 1, 2]);
    }

    [Fact]
    public void Reals_are_what_their_spelling_reads_as() => Gen.Long.Select(Gen.Int[0, 6]).Sample((seed, decimals) =>
    {
        double real = SeededGenerator.For(seed, "reals").Real(-9, 9, decimals);
        return real == Math.Round(real, decimals) && real is >= -9 and <= 9;
    });

    [Fact]
    public void A_shuffle_keeps_everything() => Gen.Long.Select(Gen.Int.Array[0, 30]).Sample((seed, items) =>
        SeededGenerator.For(seed, "shuffle").Shuffled(items).Order().SequenceEqual(items.Order()));
}
