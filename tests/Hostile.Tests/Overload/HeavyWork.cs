using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Backprop.Hostile.Tests.Overload;

/// <summary>Gradients through a matrix product that take tens of milliseconds on this machine, with small bodies and answers.</summary>
internal sealed class HeavyWork
{
    private static readonly double[] Milliseconds = [25, 40, 60];
    private const int FirstExtent = 384, LeastExtent = 64, Repetitions = 5, Rounds = 3;

    private readonly int[] _extents;

    private HeavyWork(int[] extents) => _extents = extents;

    /// <summary>The extents of the matrices, smallest work first.</summary>
    public string Extents => string.Join(", ", _extents);

    /// <summary>Finds the extents of matrices that take 25, 40 and 60 ms.</summary>
    public static async Task<HeavyWork> CalibrateAsync(HttpClient http)
    {
        var extents = new int[Milliseconds.Length];
        int extent = FirstExtent;
        for (int i = 0; i < extents.Length; i++)
        {
            for (int round = 0; round < Rounds; round++)
            {
                extent = Math.Max(LeastExtent, (int)(extent * Math.Cbrt(Milliseconds[i] / await MeasureAsync(http, extent))));
            }

            extents[i] = extent;
        }

        return new HeavyWork(extents);
    }

    /// <summary>A request with values of its own.</summary>
    public HttpRequestMessage Next(Random random) => Request(_extents[random.Next(_extents.Length)], random.NextDouble());

    private static async Task<double> MeasureAsync(HttpClient http, int extent)
    {
        var times = new double[Repetitions];
        for (int i = 0; i < Repetitions; i++)
        {
            long began = Stopwatch.GetTimestamp();
            using HttpResponseMessage response = await http.SendAsync(Request(extent, i));
            times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        }

        return times.Order().ElementAt(Repetitions / 2);
    }

    private static HttpRequestMessage Request(int extent, double value)
    {
        string body = $$$"""
            {"graph":{"inputs":[{"name":"s"}],"outputs":["L"],"nodes":[
             {"name":"m","op":"Expand","inputs":["s"],"attributes":{"shape":[{{{extent}}},{{{extent}}}]}},
             {"name":"p","op":"MatMul","inputs":["m","m"]},{"name":"L","op":"ReduceSum","inputs":["p"],"attributes":{"keepdims":0}}]},
             "inputs":{"s":{{{value.ToString(CultureInfo.InvariantCulture)}}}}}
            """;
        return new HttpRequestMessage(HttpMethod.Post, "/gradients") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
    }
}
