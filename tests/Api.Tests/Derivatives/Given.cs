using Backprop.Client.Errors;
using Backprop.Client.Graphs;
using Backprop.Client.Values;
using Refit;
using Shouldly;

namespace Backprop.Api.Tests.Derivatives;

/// <summary>Values by name, the graph of most examples, and assertions about errors.</summary>
public static class Given
{
    public const string SquareOfSum = "d = a*b; e = d + c; L = e^2";

    public static readonly GraphContract SquareOfSumGraph = new()
    {
        Inputs = [new InputContract { Name = "a" }, new InputContract { Name = "b" }, new InputContract { Name = "c" }],
        Nodes =
        [
            new NodeContract { Name = "d", Op = "Mul", Inputs = ["a", "b"] },
            new NodeContract { Name = "e", Op = "Add", Inputs = ["d", "c"] },
            new NodeContract { Name = "L", Op = "Pow", Inputs = ["e", 2L] },
        ],
        Outputs = ["L"],
    };

    public static Dictionary<string, TensorValue> Point => Values(("a", 2), ("b", -3), ("c", 10));

    public static Dictionary<string, TensorValue> Values(params (string Name, TensorValue Value)[] values) =>
        values.ToDictionary(pair => pair.Name, pair => pair.Value);

    public static TensorValue Vector(params double[] values) => TensorValue.Of(values);

    public static TensorValue Integers(params long[] values) => TensorValue.Of(values).In(ValueEncoding.Flat);

    /// <summary>Asserts these elements, and this shape if one is given.</summary>
    public static void ShouldBe(this TensorValue value, double[] elements, double tolerance = 1e-12, long[]? shape = null)
    {
        double[] actual = value.ToArray();
        actual.Length.ShouldBe(elements.Length);
        for (int i = 0; i < elements.Length; i++)
        {
            actual[i].ShouldBe(elements[i], tolerance, $"element {i}");
        }

        if (shape is not null)
        {
            value.Shape.ToArray().ShouldBe(shape);
        }
    }

    /// <summary>Asserts a rejection with one error at this path, and returns its message.</summary>
    public static async Task<string> ShouldBeRefusedAsync(this Task call, string path, int status = 422)
    {
        var refusal = await Should.ThrowAsync<ApiException>(call);
        ((int)refusal.StatusCode).ShouldBe(status, refusal.Content);
        ProblemContract problem = (await refusal.ProblemAsync()).ShouldNotBeNull();
        problem.Errors.ShouldNotBeNull().Keys.ShouldContain(path);
        return problem.Errors[path].ShouldHaveSingleItem();
    }
}
