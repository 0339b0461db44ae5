using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Practice;

/// <summary>The usual mistakes are recognised without being listed.</summary>
public sealed class GradientRemarkTests
{
    private static readonly DerivationKey Layer = Key("z = x @ w + b\nh = tanh(z)\ny = h * g", "N,D x D,K w K b K g", "y",
        ("x", "dx", "(dy * g * (1 - h**2)) @ w.T"), ("w", "dw", "x.T @ (dy * g * (1 - h**2))"), ("b", "db", "sum(dy * g * (1 - h**2), axis=0)"),
        ("g", "dg", "sum(dy * h, axis=0)"), ("z", "dz", "dy * g * (1 - h**2)"));

    private static readonly DerivationKey Product = Key("y = a * b", "N,D a N,D b", "y", ("a", "da", "dy * b"), ("b", "db", "dy * a"));

    private static readonly DerivationKey Norm = Key("m = mean(x, axis=-1, keepdims=True)\nd = x - m\ns = sqrt(mean(d * d, axis=-1, keepdims=True) + 1e-5)\ny = d / s",
        "N,D x", "y", ("x", "dx", "(dy - mean(dy, axis=-1, keepdims=True) - y * mean(dy * y, axis=-1, keepdims=True)) / s"));

    private static readonly DerivationKey Twice = Key("y = x * sin(x)", "N,D x", "y", ("x", "dx", "dy * (sin(x) + x * cos(x))"));

    private static readonly DerivationKey Loss = Key("e = x - t\nL = sum(e**2) / N", "N,D x N,D t", null, ("x", "dx", "2 * e / N"));

    private static readonly DerivationKey Square = Key("y = A @ A", "D,D A", "y", ("A", "dA", "dy @ A.T + A.T @ dy"));

    public static TheoryData<string, string, string, string> Slips => new()
    {
        { nameof(Layer), "db", "dy * g * (1 - h**2)", "sum over axis 0" },
        { nameof(Layer), "db", "sum(dy * g * (1 - h**2), axis=0, keepdims=True)", "the values are right, the axes are not" },
        { nameof(Layer), "dw", "(x.T @ (dy * g * (1 - h**2))).T", "it is transposed" },
        { nameof(Layer), "dw", "x.T @ (dy * g)", "The derivative of `tanh(z)` is missing" },
        { nameof(Layer), "dg", "sum(h, axis=0)", "The upstream gradient dy is missing" },
        { nameof(Layer), "dx", "(g * (1 - h**2)) @ w.T", "The upstream gradient dy is missing" },
        { nameof(Layer), "dx", "-(dy * g * (1 - h**2)) @ w.T", "All but the sign is right" },
        { nameof(Layer), "dg", "mean(dy * h, axis=0)", "Off by the factor 1/N" },
        { nameof(Layer), "db", "mean(dy * g * (1 - h**2), axis=0)", "Off by the factor 1/N" },
        { nameof(Layer), "dw", "0 * w", "elements differ" },
        { nameof(Layer), "dw", "dy", "but the gradient of w has the shape of w, [3,4] (N = 2, D = 3, K = 4)" },
        { nameof(Product), "da", "dy * a", "That is the gradient of b; the operands are swapped" },
        { nameof(Product), "db", "dy", "elements differ" },
        { nameof(Norm), "dx", "(dy - mean(dy, axis=-1, keepdims=True)) / s", "The path through s is missing" },
        { nameof(Norm), "dx", "(dy - y * mean(dy * y, axis=-1, keepdims=True)) / s", "The path through m is missing" },
        { nameof(Norm), "dx", "(dy - sum(dy, axis=-1, keepdims=True) - y * mean(dy * y, axis=-1, keepdims=True)) / s", "elements differ" },
        { nameof(Norm), "dx", "(dy - mean(dy, -1, keepdims=True) - y*mean(dy*y, -1, keepdims=True)) / sqrt(mean(d*d, -1, keepdims=True) + 1.1e-5)", "a small term, such as an ε" },
        { nameof(Twice), "dx", "dy * sin(x)", "x is used 2 times" },
        { nameof(Twice), "dx", "dy * (sin(x) + x)", "The derivative of `sin(x)` is missing" },
        { nameof(Loss), "dx", "2 * e", "Off by the factor N: a mean divides by it" },
        { nameof(Loss), "dx", "e / N", "Off by the factor 1/2" },
        { nameof(Loss), "dx", "2 * e / (N * D)", "Off by the factor 1/D" },
        { nameof(Square), "dA", "(dy @ A.T + A.T @ dy).T", "It is transposed" },
        { nameof(Square), "dA", "dy @ A.T", "A is used 2 times" },
    };

    [Theory]
    [MemberData(nameof(Slips))]
    public void A_usual_mistake_is_named(string exercise, string name, string expression, string feedback)
    {
        DerivationKey key = Of(exercise);
        Practising.Derivations.Faults(key).ShouldBeEmpty();
        Graded grade = Practising.Derivations.Grade(key, new SubmittedAnswer([expression]) { Names = [name] }).ShouldBeOfType<Graded>();
        GradedPart part = grade.Parts.Single(part => part.Name == name);
        (part.IsCorrect, grade.Score).ShouldBe((false, 0));
        part.Feedback.ShouldContain(feedback);
        grade.Feedback.ShouldContain(part.Feedback);
    }

    [Theory]
    [InlineData("dz = dy * g * (1 - h**2)\ndx = dz @ w.T\ndw = x.T @ dz\ndb = dz.sum(0)\ndg = (dy * h).sum(axis=0)", 1)]
    [InlineData("∂L/∂z = dy·g·(1 − h²); ∂L/∂w = xᵀ @ dz; ∂L/∂b = sum(dz, 0)", 0.6)]
    [InlineData("dx = dy @ w.T; dg = sum(dy*h, 0)", 0.2)]
    [InlineData("db = dz; dz = dy", 0)]
    public void Parts_earn_their_share(string text, double score)
    {
        Grade grade = Practising.Derivations.Grade(Layer, text);
        ((grade as Graded)?.Score ?? 0).ShouldBe(score, 1e-12);
    }

    [Fact]
    public void A_later_gradient_may_use_an_earlier_one()
    {
        DerivationKey key = Key("z = x @ w\ny = sin(z)", "N,D x D,K w", "y", ("z", "dz", "dy * cos(z)"), ("w", "dw", "x.T @ dz"));
        Practising.Derivations.Faults(key).ShouldBeEmpty();
        var answer = new SubmittedAnswer(["dy * cos(z)", "xᵀ @ dz"]) { Names = ["z", "∂L/∂w"] };
        Practising.Derivations.Grade(key, answer).ShouldBeOfType<Graded>().Score.ShouldBe(1);
    }

    [Theory]
    [InlineData("derivation.forward", "z = x @ w +\ny = z")]
    [InlineData("derivation.forward", "y = x @ w @ w @ x")]
    [InlineData("derivation.forward", "y = (x @ w) / 0")]
    [InlineData("derivation.cotangents.y", "z = x @ w")]
    [InlineData("derivation.asked[0].name", "dw = x @ w\ny = dw")]
    [InlineData("derivation.asked[0].of", "y = stop_gradient(x @ w)")]
    [InlineData("derivation.asked[0].expression", "y = x @ (2 * w)")]
    public void What_cannot_be_graded_is_a_fault(string path, string forward) =>
        Practising.Derivations.Faults(Key(forward, "N,D x D,K w", "y", ("w", "dw", "x.T @ dy"))).ShouldHaveSingleItem().Path.ShouldBe(path);

    [Fact]
    public void A_mistake_that_is_right_is_a_fault()
    {
        DerivationKey key = Key("y = x @ w", "N,D x D,K w", "y", ("w", "dw", "x.T @ dy"));
        AskedGradient asked = key.Asked[0] with { Mistakes = [new GradientMistake("x.T @ dy * 1", "No."), new GradientMistake("x @ dy", "No.")] };
        Practising.Derivations.Faults(key with { Asked = [asked] }).Select(fault => fault.Path)
            .ShouldBe(["derivation.asked[0].mistakes[0].expression", "derivation.asked[0].mistakes[1].expression"]);
    }

    private static DerivationKey Of(string exercise) => exercise switch
    {
        nameof(Layer) => Layer,
        nameof(Product) => Product,
        nameof(Norm) => Norm,
        nameof(Twice) => Twice,
        nameof(Loss) => Loss,
        _ => Square,
    };

    private static DerivationKey Key(string forward, string inputs, string? output, params (string Of, string Name, string Expression)[] asked) => new()
    {
        Forward = forward,
        Inputs = inputs.Split(' ').Chunk(2).ToDictionary(pair => pair[1], pair => new DrawnInput { Shape = [.. pair[0].Split(',').Select(size => new Dimension(0, size))] }),
        Sizes = [.. new[] { (2, 3, 4), (3, 5, 2), (4, 2, 3) }.Select(sizes =>
            new Dictionary<string, int> { ["N"] = sizes.Item1, ["D"] = sizes.Item2, ["K"] = sizes.Item3 })],
        Cotangents = output is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [output] = "dy" },
        Asked = [.. asked.Select(gradient => new AskedGradient(gradient.Of, gradient.Name, gradient.Expression))],
    };
}
