using Shouldly;

namespace Backprop.Compute.Tests.Host;

public class GemmTests
{
    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void Every_remainder_of_rows_and_columns(int bits)
    {
        for (int m = 1; m <= 70; m++)
        {
            for (int n = 1; n <= 70; n++)
            {
                var at = new GemmCase(m, n, 1 + (((7 * m) + (3 * n)) % 40))
                {
                    VectorBits = bits,
                    TransposedA = (m & 1) == 0,
                    TransposedB = (n & 1) == 0,
                    Accumulate = ((m + n) & 1) == 0,
                };
                Agrees(at);
            }
        }
    }

    [Theory]
    [InlineData(128, 96, 100)]
    [InlineData(97, 101, 513)]
    [InlineData(65, 49, 1200)]
    [InlineData(9, 6001, 130)]
    [InlineData(2, 2, 5000)]
    [InlineData(300, 17, 385)]
    [InlineData(7, 700, 769)]
    public void Blocks_of_every_extent(int m, int n, int k)
    {
        foreach (int bits in (int[])[512, 256, 128])
        {
            Agrees(new GemmCase(m, n, k) { VectorBits = bits });
            Agrees(new GemmCase(m, n, k) { VectorBits = bits, TransposedA = true, Accumulate = true });
            Agrees(new GemmCase(m, n, k) { VectorBits = bits, TransposedB = true, Threads = 3 });
            Agrees(new GemmCase(m, n, k) { VectorBits = bits, TransposedA = true, TransposedB = true, Gap = 3, Threads = 1 });
        }
    }

    [Theory]
    [InlineData(1, 1, 1000)]
    [InlineData(1, 333, 77)]
    [InlineData(333, 1, 77)]
    [InlineData(1, 5000, 100)]
    [InlineData(5000, 1, 100)]
    [InlineData(50, 60, 1)]
    public void Rows_and_columns(int m, int n, int k)
    {
        foreach (int bits in (int[])[512, 256, 128])
        {
            for (int choice = 0; choice < 16; choice++)
            {
                Agrees(new GemmCase(m, n, k)
                {
                    VectorBits = bits,
                    TransposedA = (choice & 1) != 0,
                    TransposedB = (choice & 2) != 0,
                    Gap = (choice & 4) != 0 ? 5 : 0,
                    Accumulate = (choice & 8) != 0,
                });
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Rows_and_columns_that_do_not_lie_side_by_side(int gap)
    {
        foreach ((int m, int n, int k) in ((int, int, int)[])[(5, 6, 7), (40, 50, 60), (64, 96, 8), (130, 110, 90)])
        {
            Agrees(new GemmCase(m, n, k) { Gap = gap });
            Agrees(new GemmCase(m, n, k) { Gap = gap, TransposedA = true });
            Agrees(new GemmCase(m, n, k) { Gap = gap, TransposedB = true, Accumulate = true });
        }
    }

    private static void Agrees(GemmCase at)
    {
        at.FirstError<float>().ShouldBe(-1, $"float {at}");
        at.FirstError<double>().ShouldBe(-1, $"double {at}");
        if (at.VectorBits == 128)
        {
            at.FirstError<long>().ShouldBe(-1, $"long {at}");
        }
    }
}
