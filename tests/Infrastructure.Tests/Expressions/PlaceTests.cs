using Backprop.Domain.Graphs;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Expressions;

public class PlaceTests
{
    [Theory]
    [InlineData("L = a $ b", "L = a $ b\n      ^")]
    [InlineData("a = x\nL = a + sinn(a)", "L = a + sinn(a)\n        ^^^^")]
    [InlineData("L = (a", "L = (a\n      ^")]
    [InlineData("\tL = 2x", "\tL = 2x\n\t     ^")]
    [InlineData("α = 😀", "α = 😀\n    ^")]
    [InlineData("L = a +\r\nb $", "L = a +\n       ^")]
    public void An_error_shows_its_line_with_a_caret_below(string text, string excerpt) => Written.Failure(text).Place!.Value.Excerpt.ShouldBe(excerpt);

    [Fact]
    public void A_long_line_is_cut_to_the_surroundings()
    {
        string[] lines = Written.Failure($"L = {string.Join(" + ", Enumerable.Repeat("alpha", 200))} + sinn(x) + {new string('b', 500)}").Place!.Value.Excerpt.Split('\n');
        lines.Length.ShouldBe(2);
        lines[0].Length.ShouldBeLessThan(80);
        lines[0].ShouldStartWith("…");
        lines[0].ShouldEndWith("…");
        lines[0].Substring(lines[1].IndexOf('^'), 4).ShouldBe("sinn");
        lines[1].Trim().ShouldBe("^^^^");
    }

    /// <summary>Every node of a statement knows the part of the expression that it computes.</summary>
    [Theory]
    [InlineData("L = mean((x @ w - y)**2)", "x @ w", "x @ w - y", "(x @ w - y)**2", "mean((x @ w - y)**2)")]
    [InlineData("L = -x[0] + |y| * z²", "x[0]", "-x[0]", "|y|", "z²", "|y| * z²", "-x[0] + |y| * z²")]
    [InlineData("L = x.T.sum()", "x.T", "x.T.sum()")]
    [InlineData("L = mse(np.exp(x), [a, b])", "np.exp(x)", "[a, b]", "mse(np.exp(x), [a, b])")]
    [InlineData("L = x if c else (y + 1)", "y + 1", "x if c else (y + 1)")]
    public void Nodes_keep_their_places(string text, params string[] parts) =>
        Written.Parse(text).Nodes.Select(node => node.Source!.Place.Part).Distinct().ShouldBe(parts);

    [Fact]
    public void Inputs_keep_the_place_of_their_first_use()
    {
        InputDefinition input = Written.Parse("L = a + b*b").Inputs[1];
        (input.Place!.Value.Column, input.Place.Value.Length).ShouldBe((9, 1));
    }

    /// <summary>Wherever a text is cut, the place of the error lies within it.</summary>
    [Fact]
    public void A_place_is_never_outside_the_text()
    {
        const string Text = "z = softmax(x[:, 1:-1] @ w.T, axis=(0,)) # c\nL = -sum(|z|² if z ≥ 0 else 'a' + 1e5)\n";
        for (int length = 0; length <= Text.Length; length++)
        {
            foreach (string text in (string[])[Text[..length], Text[length..], Text[..length] + "$" + Text[length..]])
            {
                try
                {
                    Written.Parse(text);
                }
                catch (GraphException error)
                {
                    TextPlace place = error.Place.ShouldNotBeNull(text);
                    (place.Start + place.Length).ShouldBeLessThanOrEqualTo(text.Length, text);
                    place.Excerpt.Split('\n').Length.ShouldBe(2, text);
                }
            }
        }
    }
}
