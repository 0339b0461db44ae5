using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Tests.Running;
using Backprop.Testing.Running;
using Backprop.Testing.Samples;
using Xunit;

namespace Backprop.Domain.Tests.Theory;

/// <summary>Every operator: a batch of three points gives the same as three runs, whichever inputs are batched.</summary>
public class BatchTheory
{
    private const int Points = 3;

    public static TheoryData<string> Batchable => [.. OperatorSamples.All.Where(sample => sample.Batchable.Any()).Select(sample => sample.ToString())];

    [Theory]
    [MemberData(nameof(Batchable))]
    public void A_batch_is_its_points(string sample)
    {
        var graph = new Projection(OperatorSamples.Find(sample));
        foreach (string[] batched in Subsets.Of([.. graph.Sample.Batchable]))
        {
            Check(graph.Sample.Definition, graph, Queries.Evaluation(), batched);
            if (graph.IsDifferentiable)
            {
                Check(graph.Definition, graph, Queries.Gradient(null, null, null, null), batched);
            }
        }
    }

    private static void Check(GraphDefinition definition, Projection graph, DerivativeQuery question, string[] batched)
    {
        Dictionary<string, Literal>[] points = [.. Enumerable.Range(0, Points).Select(p => Point(graph, batched, p))];
        Dictionary<string, Literal> all = graph.Inputs.ToDictionary(
            input => input.Key,
            input => batched.Contains(input.Key) ? new Literal(Stacked([.. points.Select(point => point[input.Key].Value)])) : input.Value);
        Execution answer = Engine.Run(definition, all, question, DType.Float64, batched);
        Execution[] single = [.. points.Select(point => Engine.Run(definition, point, question))];
        foreach (KeyedTensor result in answer.Results)
        {
            Tensor expected = Stacked([.. single.Select(run => run[result.Key])]);
            result.Value.ShouldBeCloseInNorm(expected, 1e-12, $"{result.Key} with {string.Join(',', batched)} batched");
        }
    }

    private static Dictionary<string, Literal> Point(Projection graph, string[] batched, int point) => graph.Inputs.ToDictionary(
        input => input.Key,
        input => batched.Contains(input.Key) ? new Literal(Moved(input.Value.Value, point)) : input.Value);

    // Points differ by a rotation along the first axis, which keeps every value in its range; a single float shrinks a little.
    private static Tensor Moved(Tensor x, int point)
    {
        int rows = x.Shape.Rank == 0 ? 1 : x.Shape[0];
        int row = rows == 0 ? 0 : x.Count / rows;
        return x.DType switch
        {
            DType.Float64 when rows == 1 => Differences.Map(x, i => x[i] * (1 - (point / 16.0))),
            DType.Float64 => Tensor.Of(Rotated(x.Values<double>()), x.Shape),
            DType.Int64 => Tensor.Of(Rotated(x.Values<long>()), x.Shape),
            _ => Tensor.Of(Rotated(x.Values<bool>()), x.Shape),
        };

        T[] Rotated<T>(ReadOnlySpan<T> values)
        {
            int cut = point % Math.Max(rows, 1) * row;
            return [.. values[cut..], .. values[..cut]];
        }
    }

    private static Tensor Stacked(Tensor[] points)
    {
        var shape = Shape.Of([points.Length, .. points[0].Shape.Dims]);
        return points[0].DType switch
        {
            DType.Float64 => Tensor.Of(points.SelectMany(point => point.Values<double>().ToArray()).ToArray(), shape),
            DType.Float32 => Tensor.Of(points.SelectMany(point => point.Values<float>().ToArray()).ToArray(), shape),
            DType.Int64 => Tensor.Of(points.SelectMany(point => point.Values<long>().ToArray()).ToArray(), shape),
            _ => Tensor.Of(points.SelectMany(point => point.Values<bool>().ToArray()).ToArray(), shape),
        };
    }
}
