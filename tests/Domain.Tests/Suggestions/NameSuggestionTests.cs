using Backprop.Domain.Suggestions;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Suggestions;

public class NameSuggestionTests
{
    private static readonly NameSuggestions Operators = new(
        ["MatMul", "Mul", "Relu", "LeakyRelu", "ReduceMean", "Sigmoid", "Tanh", "LayerNormalization", "Softmax", "Add", "Sub", "gpt2-medium", "gpt2-xl"],
        new Dictionary<string, string[]> { ["Multiply"] = ["Mul"], ["avg"] = ["ReduceMean", "GlobalAveragePool"], ["nothing"] = ["Nowhere"] });

    [Theory]
    [InlineData("matmul", "MatMul")]
    [InlineData("mat_mul", "MatMul")]
    [InlineData("MatMull", "MatMul")]
    [InlineData("sigmod", "Sigmoid")]
    [InlineData("tahn", "Tanh")]
    [InlineData("Multiply", "Mul")]
    [InlineData("AVG", "ReduceMean")]
    [InlineData("layernorm", "LayerNormalization")]
    [InlineData("soft-max", "Softmax")]
    [InlineData("GPT-2", "gpt2-medium", "gpt2-xl")]
    public void A_likely_name_is_found(string name, params string[] expected) => Operators.For(name).ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("___")]
    [InlineData("q")]
    [InlineData("zzzzzzzz")]
    [InlineData("nothing")]
    public void Nothing_is_like_nonsense(string name) => Operators.For(name).ShouldBeEmpty();

    [Fact]
    public void A_hint_asks_lists_or_refers()
    {
        Operators.Hint("sigmod").ShouldBe("; did you mean 'Sigmoid'?");
        Operators.Hint("zzzzzzzz", "; see the list").ShouldBe("; see the list");
        new NameSuggestions(["a", "b", "c"]).Hint("zzzz").ShouldBe("; expected a, b or c");
        new NameSuggestions([]).Hint("zzzz").ShouldBeEmpty();
    }

    /// <summary>Every name with one letter removed, doubled, replaced or swapped with its neighbour finds the name or one as near.</summary>
    [Theory]
    [InlineData("Sigmoid")]
    [InlineData("LeakyRelu")]
    [InlineData("LayerNormalization")]
    [InlineData("ReduceMean")]
    public void Every_single_slip_is_recognised(string name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            string[] slips = [name.Remove(i, 1), name.Insert(i, name[i..(i + 1)]), name.Remove(i, 1).Insert(i, "q"), Swapped(name, i)];
            foreach (string slip in slips)
            {
                Operators.For(slip).ShouldContain(name, slip);
            }
        }
    }

    [Fact]
    public void A_very_long_name_is_like_none() => Operators.For(new string('a', 1_000_000)).ShouldBeEmpty();

    private static string Swapped(string name, int i) => i + 1 < name.Length ? name.Remove(i, 1).Insert(i + 1, name[i..(i + 1)]) : name;
}
