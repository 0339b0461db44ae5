using System.Numerics;
using Backprop.Compute.Host.Gemm;
using Shouldly;

namespace Backprop.Compute.Tests.Host;

public class GemmValuesTests
{
    [Theory]
    [InlineData(5, 6, 7)]
    [InlineData(60, 70, 80)]
    [InlineData(1, 300, 400)]
    [InlineData(300, 1, 400)]
    [InlineData(110, 150, 400)]
    public void Errors_stay_within_a_few_roundings(int m, int n, int k)
    {
        double[] a = Values(m * k, 1), b = Values(k * n, 2);
        float[] a32 = Array.ConvertAll(a, x => (float)x), b32 = Array.ConvertAll(b, x => (float)x);
        double[] c = Product(a, b, m, n, k);
        float[] c32 = Product(a32, b32, m, n, k);
        for (int i = 0; i < c.Length; i++)
        {
            double sum = 0, sum32 = 0;
            for (int p = 0; p < k; p++)
            {
                sum += a[((i / n) * k) + p] * b[(p * n) + (i % n)];
                sum32 += (double)a32[((i / n) * k) + p] * b32[(p * n) + (i % n)];
            }

            c[i].ShouldBe(sum, k * 1e-16);
            ((double)c32[i]).ShouldBe(sum32, k * 6e-8);
        }
    }

    [Theory]
    [InlineData(60, 70, 80)]
    [InlineData(1, 3000, 200)]
    [InlineData(3000, 1, 200)]
    [InlineData(133, 111, 800)]
    [InlineData(17, 1000, 300)]
    public void The_same_bits_on_any_number_of_threads(int m, int n, int k)
    {
        double[] a = Values(m * k, 3), b = Values(k * n, 4);
        float[] a32 = Array.ConvertAll(a, x => (float)x), b32 = Array.ConvertAll(b, x => (float)x);
        double[] c = Product(a, b, m, n, k, 1);
        float[] c32 = Product(a32, b32, m, n, k, 1);
        foreach (int threads in (int[])[2, 3, 8])
        {
            Product(a, b, m, n, k, threads).ShouldBe(c);
            Product(a32, b32, m, n, k, threads).ShouldBe(c32);
        }
    }

    [Theory]
    [InlineData(3, 5, 4)]
    [InlineData(1, 130, 40)]
    [InlineData(130, 1, 40)]
    [InlineData(150, 130, 90)]
    public void What_is_not_a_number_reaches_its_row_and_column_only(int m, int n, int k)
    {
        double[] a = Values(m * k, 5), b = Values(k * n, 6);
        (a[((m - 1) * k) + 1], b[(2 * n) + n - 1]) = (double.NaN, double.PositiveInfinity);
        double[] c = Product(a, b, m, n, k);
        for (int i = 0; i < c.Length; i++)
        {
            bool row = i / n == m - 1, column = i % n == n - 1;
            double.IsNaN(c[i]).ShouldBe(row, $"{i}");
            double.IsInfinity(c[i]).ShouldBe(column && !row, $"{i}");
        }
    }

    [Fact]
    public void Without_terms_the_sums_are_zero()
    {
        float[] c = [1, 2, 3, 4, 5, 6];
        MatrixProduct.Multiply(new MatrixView<float>([], 2, 0), new MatrixView<float>([], 0, 3), c, accumulate: true, default);
        c.ShouldBe([1, 2, 3, 4, 5, 6]);
        MatrixProduct.Multiply(new MatrixView<float>([], 2, 0), new MatrixView<float>([], 0, 3), c, accumulate: false, default);
        c.ShouldBe([0, 0, 0, 0, 0, 0]);
        MatrixProduct.Multiply(new MatrixView<float>([], 0, 4), new MatrixView<float>(new float[12], 4, 3), [], accumulate: false, default);
    }

    [Fact]
    public void Matrices_of_a_batch_may_be_shared()
    {
        double[] a = Values(2 * 20, 7), b = Values(3 * 30, 8), c = new double[6 * 24];
        MatrixProduct.Multiply(new MatrixView<double>(a, 4, 5), new MatrixView<double>(b, 5, 6), c, [new(2, 20, 0, 72), new(3, 0, 30, 24)], false, 2, 512, default);
        for (int i = 0; i < 6; i++)
        {
            (int left, int right) = Math.DivRem(i, 3);
            c[(i * 24)..((i + 1) * 24)].ShouldBe(Product(a[(left * 20)..((left + 1) * 20)], b[(right * 30)..((right + 1) * 30)], 4, 6, 5));
        }
    }

    [Fact]
    public void Many_small_products_are_the_same_on_any_number_of_threads()
    {
        float[] a = Array.ConvertAll(Values(50 * 900, 9), x => (float)x), one = new float[50 * 900], two = new float[50 * 900];
        var view = new MatrixView<float>(a, 30, 30);
        MatrixProduct.Multiply(view, view.Transposed, one, [new(50, 900, 900, 900)], false, 1, 512, default);
        MatrixProduct.Multiply(view, view.Transposed, two, [new(50, 900, 900, 900)], false, 2, 512, default);
        two.ShouldBe(one);
        one[^1].ShouldBe(a[^30..].Sum(x => x * x), 1e-4f);
    }

    [Fact]
    public void A_product_allocates_nothing()
    {
        float[] a = new float[300 * 300], c = new float[300 * 300];
        Multiply(300);
        Multiply(40);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Multiply(300);
        Multiply(40);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Multiply(int size) => MatrixProduct.Multiply(
            new MatrixView<float>(a, size, size), new MatrixView<float>(a, size, size), c.AsSpan(0, size * size), accumulate: false, default);
    }

    [Fact]
    public void Stops_when_cancelled()
    {
        double[] a = Values(400 * 400, 9);
        using var source = new CancellationTokenSource();
        source.Cancel();
        Should.Throw<OperationCanceledException>(() =>
            MatrixProduct.Multiply(new MatrixView<double>(a, 400, 400), new MatrixView<double>(a, 400, 400), new double[160000], false, source.Token));
    }

    [Fact]
    public void Sizes_that_do_not_agree_are_refused()
    {
        Should.Throw<ArgumentException>(() => Product(new double[6], new double[6], 2, 2, 4));
        Should.Throw<ArgumentException>(() =>
            MatrixProduct.Multiply(new MatrixView<double>(new double[6], 2, 3), new MatrixView<double>(new double[8], 4, 2), new double[4], false, default));
        Should.Throw<ArgumentException>(() =>
            MatrixProduct.Multiply(new MatrixView<double>(new double[6], 2, 3), new MatrixView<double>(new double[6], 3, 2), new double[4], [new(2, 0, 0, 1)], false, 1, 512, default));
    }

    private static T[] Product<T>(T[] a, T[] b, int m, int n, int k, int threads = 2)
        where T : unmanaged, INumber<T>
    {
        var c = new T[m * n];
        MatrixProduct.Multiply(new MatrixView<T>(a, m, k), new MatrixView<T>(b, k, n), c, [], false, threads, 512, default);
        return c;
    }

    private static double[] Values(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
    }
}
