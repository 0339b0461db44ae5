using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Expressions;

public class NameTests
{
    [Fact]
    public void Free_names_are_untyped_inputs_in_order_of_appearance()
    {
        var graph = Written.Parse("z = w*x; a = z + b; e = a - y; L = e^2 + w");
        graph.Inputs.Select(input => input.Name).ShouldBe(["w", "x", "b", "y"]);
        graph.Inputs.ShouldAllBe(input => input.DType == null && input.Shape == null);
        graph.Constants.ShouldBeEmpty();
        graph.Outputs.ShouldBe(["L"]);
    }

    [Theory]
    [InlineData("z = a*b; z + 1", "z = Mul(a, b); out = Add(z, 1)", "out")]
    [InlineData("a*b + c", "out.1 = Mul(a, b); out = Add(out.1, c)", "out")]
    [InlineData("x", "out = Identity(x)", "out")]
    [InlineData("out = a; out_1 = out*b; out_1 + out*2", "out = Identity(a); out_1 = Mul(out, b); out_2.1 = Mul(out, 2); out_2 = Add(out_1, out_2.1)", "out_2")]
    [InlineData("x*y + out", "out.1 = Mul(x, y); out_1 = Add(out.1, out)", "out_1")]
    [InlineData("L = a\n;;\n b*2 ;\n\n", "L = Identity(a); out = Mul(b, 2)", "out")]
    public void A_last_statement_without_a_name_is_out(string text, string nodes, string output)
    {
        Written.Nodes(text).ShouldBe(nodes);
        Written.Parse(text).Outputs.ShouldBe([output]);
    }

    [Theory]
    [InlineData("y = x", "y = Identity(x)")]
    [InlineData("z = a*b; y = z", "z = Mul(a, b); y = Identity(z)")]
    [InlineData("pi = 3; y = pi*x", "pi = Identity(3); y = Mul(pi, x)")]
    [InlineData("sum = a + b; L = sum(sum)", "sum = Add(a, b); L = ReduceSum(sum, keepdims=0)")]
    [InlineData("αβ_1 = größe*2", "αβ_1 = Mul(größe, 2)")]
    [InlineData("𝑦 = 𝑥 + 変数", "𝑦 = Add(𝑥, 変数)")]
    [InlineData("e = _ + _1", "e = Add(_, _1)")]
    public void Names_are_free(string text, string nodes) => Written.Nodes(text).ShouldBe(nodes);

    [Theory]
    [InlineData("# all\nd = a*b # the product\r\n\te = (d\n + # here\n c)\n\n; L = e^2 #end", "d = Mul(a, b); e = Add(d, c); L = Pow(e, 2)")]
    [InlineData("L=max(a,\n  b,\n  7)\n", "L = Max(a, b, 7)")]
    [InlineData(";;\n;L=a*a;;\n", "L = Mul(a, a)")]
    public void Blanks_comments_and_empty_statements_are_skipped(string text, string nodes) => Written.Nodes(text).ShouldBe(nodes);
}
