namespace Backprop.Compute.Tests.Host;

public class GemmTests
{
    [Fact]
    public void Every_remainder_of_rows_and_columns()
    {
        for (int m = 1; m <= 70; m++)
        {
            for (int n = 1; n <= 70; n++)
            {
                new GemmCase(m, n, 1 + (((7 * m) + (3 * n)) % 8))
                {
                    TransposedA = (m & 1) == 0,
                    TransposedB = (n & 1) == 0,
                    Accumulate = ((m + n) & 2) == 0,
                }.Agrees();
            }
        }
    }

    [Theory]
    [InlineData(128, 96, 100)]
    [InlineData(57, 61, 513)]
    [InlineData(41, 49, 800)]
    [InlineData(5, 6001, 50)]
    [InlineData(2, 2, 5000)]
    [InlineData(300, 17, 385)]
    [InlineData(7, 700, 769)]
    [InlineData(150, 100, 70)]
    [InlineData(140, 50, 2100)]
    public void Blocks_of_every_extent(int m, int n, int k)
    {
        new GemmCase(m, n, k).Agrees();
        new GemmCase(m, n, k) { TransposedA = true, Accumulate = true }.Agrees();
        new GemmCase(m, n, k) { TransposedB = true, Threads = 3 }.Agrees();
        new GemmCase(m, n, k) { TransposedA = true, TransposedB = true, Gap = 3, Threads = 1 }.Agrees();
    }

    [Fact]
    public void Several_panels_and_several_blocks_of_terms()
    {
        new GemmCase(130, 1100, 1030) { TransposedA = true, Threads = 2 }.Agrees();
        new GemmCase(130, 700, 1030) { TransposedB = true, Accumulate = true, Threads = 2 }.Agrees();
    }

    [Theory]
    [InlineData(1, 1, 1000)]
    [InlineData(1, 333, 77)]
    [InlineData(333, 1, 77)]
    [InlineData(1, 1500, 200)]
    [InlineData(1500, 1, 200)]
    [InlineData(50, 60, 1)]
    public void Rows_and_columns(int m, int n, int k)
    {
        for (int choice = 0; choice < 16; choice++)
        {
            new GemmCase(m, n, k)
            {
                TransposedA = (choice & 1) != 0,
                TransposedB = (choice & 2) != 0,
                Gap = (choice & 4) != 0 ? 5 : 0,
                Accumulate = (choice & 8) != 0,
            }.Agrees();
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
            new GemmCase(m, n, k) { Gap = gap }.Agrees();
            new GemmCase(m, n, k) { Gap = gap, TransposedA = true }.Agrees();
            new GemmCase(m, n, k) { Gap = gap, TransposedB = true, Accumulate = true }.Agrees();
        }
    }

    [Fact]
    public void Random_extents()
    {
        var random = new Random(11);
        for (int i = 0; i < 15; i++)
        {
            new GemmCase(random.Next(1, 150), random.Next(1, 150), random.Next(1, 300))
            {
                TransposedA = random.Next(2) == 0,
                TransposedB = random.Next(2) == 0,
                Gap = random.Next(3),
                Accumulate = random.Next(2) == 0,
                Threads = random.Next(1, 4),
            }.Agrees();
        }
    }
}
