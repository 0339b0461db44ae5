using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Expressions;

public class SyntaxErrorTests
{
    private const string Operand = "expected a number, a name or '('";
    private const string Product = "; write a product with '*'";
    private const string End = "expected an operator or the end of the statement";

    [Theory]
    [InlineData("", "line 1, column 1: unexpected end of the expression, expected a statement such as 'L = a*b'")]
    [InlineData(" ;\n ", "line 2, column 2: unexpected end of the expression, expected a statement such as 'L = a*b'")]
    [InlineData("L = a +", "line 1, column 8: unexpected end of the expression, " + Operand)]
    [InlineData("L =", "line 1, column 4: unexpected end of the expression, " + Operand)]
    [InlineData("L = \nM = a", "line 1, column 5: unexpected end of the line, " + Operand)]
    [InlineData("L = a +;", "line 1, column 8: unexpected ';', " + Operand)]
    [InlineData("z = a*b\nL = z +* 2", "line 2, column 8: unexpected '*', " + Operand)]
    [InlineData("L = a b", "line 1, column 7: unexpected 'b', " + End + Product + ": a*b")]
    [InlineData("L = 2x", "line 1, column 6: unexpected 'x', " + End + Product + ": 2*x")]
    [InlineData("L = 1.2.3", "line 1, column 8: unexpected '.3', " + End)]
    [InlineData("L = a = b", "line 1, column 7: unexpected '=', " + End + "; write equality as '=='")]
    [InlineData("L = a)", "line 1, column 6: unexpected ')', " + End)]
    [InlineData("L = a, b", "line 1, column 6: unexpected ',', " + End)]
    [InlineData("= a*b", "line 1, column 1: unexpected '=', expected a name before '='; write equality as '=='")]
    [InlineData("2 = x", "line 1, column 3: unexpected '=', " + End + "; write equality as '=='")]
    [InlineData("L = (a*b", "line 1, column 9: unexpected end of the expression, expected an operator or ')'")]
    [InlineData("L = (a*b;c)", "line 1, column 9: unexpected ';', expected an operator or ')'")]
    [InlineData("L = (a, b)", "line 1, column 7: unexpected ',', expected an operator or ')'")]
    [InlineData("L = ()", "line 1, column 6: unexpected ')', " + Operand)]
    [InlineData("L = exp(a", "line 1, column 10: unexpected end of the expression, expected an operator, ',' or ')'")]
    [InlineData("L = max(a,)", "line 1, column 11: unexpected ')', " + Operand)]
    [InlineData("L = a $ b", "line 1, column 7: unexpected character '$', " + End + "; write plain text instead of LaTeX: a/b, sqrt(x), x^2")]
    [InlineData("L = 😀", "line 1, column 5: unexpected character '😀', " + Operand)]
    [InlineData("L = a \u0001", "line 1, column 7: unexpected character U+0001, " + End)]
    [InlineData("L = a b $", "line 1, column 7: unexpected 'b', " + End + Product + ": a*b")]
    [InlineData("L = .", "line 1, column 5: unexpected character '.', " + Operand)]
    [InlineData("L = gelu(x, approximate='tanh)", "line 1, column 25: the string that begins here has no closing quote on its line")]
    [InlineData("L = 'a'", "line 1, column 5: unexpected ''a'', " + Operand + "; a name has no quotation marks")]
    [InlineData("L = a < b < c", "line 1, column 11: comparisons do not chain: expected 'a < b and b < c'")]
    [InlineData("L = a && b", "line 1, column 7: unexpected character '&', " + End + "; write 'and' between conditions")]
    [InlineData("L = a || b", "line 1, column 7: unexpected '|', " + End + "; write 'or' between conditions; bars enclose an absolute value")]
    [InlineData("L = a ? b : c", "line 1, column 7: unexpected character '?', " + End + "; write a choice as 'a if c else b'")]
    [InlineData("L = !a", "line 1, column 5: unexpected character '!', " + Operand + "; write 'not' before a condition")]
    [InlineData("L = a(b)(c)", "line 1, column 5: unknown function 'a'" + Product + ": a*(…)")]
    [InlineData("L = exp(b)(c)", "line 1, column 11: unexpected '(', " + End + Product + ": exp(b)*(c)")]
    [InlineData("L = a if b", "line 1, column 11: unexpected end of the expression, expected an operator or 'else'")]
    [InlineData("L = |a", "line 1, column 7: unexpected end of the expression, expected an operator or '|'")]
    [InlineData("L = a[", "line 1, column 7: unexpected end of the expression, " + Operand)]
    [InlineData("L = a[]", "line 1, column 6: an index is missing: expected x[0], x[1:3] or x[:, 0]")]
    [InlineData("L = a[0", "line 1, column 8: unexpected end of the expression, expected an operator, ':', ',' or ']'")]
    [InlineData("L = a[1:2:0]", "line 1, column 12: the step of a slice must not be 0")]
    [InlineData("L = a[b:2]", "line 1, column 8: the bounds of a slice must be whole numbers, as in x[1:3]")]
    [InlineData("L = a[1.5]", "line 1, column 10: an index must be a whole number, a slice such as 1:3, '...', None or a tensor of whole numbers")]
    [InlineData("L = a[..., ...]", "line 1, column 12: an index may have only one '...'")]
    [InlineData("L = a[a > 0]", "line 1, column 12: a mask selects a number of elements that depends on the data: expected where(mask, x, 0)")]
    [InlineData("L = a[i, j]", "line 1, column 11: only one index in [] may be a tensor, the others must be whole numbers or slices: use gather_nd for more")]
    [InlineData("L = []", "line 1, column 6: unexpected ']', " + Operand)]
    [InlineData("L = [1, [2]]", "line 1, column 12: the items of a list must have equal lengths")]
    [InlineData("L = a.real", "line 1, column 7: unknown property 'real': expected T, mT or a call such as x.sum()")]
    [InlineData("L = 1e999", "line 1, column 5: the number '1e999' is outside the range of float64")]
    [InlineData("a + b\nL = c", "line 1, column 1: only the last statement may have no name: expected 'name = …'")]
    public void Syntax_errors_say_where_and_what(string text, string message) => Message(text).ShouldBe(message);

    [Theory]
    [InlineData("L = fancy(a) + b", "line 1, column 5: unknown function 'fancy'; GET /expressions lists the functions")]
    [InlineData("L = exp(a, b)", "line 1, column 5: 'exp' takes 1 operand, got 2: exp(x)")]
    [InlineData("L = exp()", "line 1, column 5: 'exp' takes 1 operand, got 0: exp(x)")]
    [InlineData("L = clip(a, 1, 2, 3)", "line 1, column 5: 'clip' takes 1 to 3 operands, got 4: clip(x, min=None, max=None)")]
    [InlineData("L = sum()", "line 1, column 5: 'sum' takes 1 operand, got 0: sum(*x, axis=None, keepdims=False)")]
    [InlineData("L = sum(a, b, axis=0)", "line 1, column 15: 'sum' of several operands takes no keywords")]
    [InlineData("L = sum(a, rows=0)", "line 1, column 12: 'sum' has no keyword 'rows', expected axis or keepdims")]
    [InlineData("L = exp(a, axis=0)", "line 1, column 12: 'exp' has no keyword 'axis', it takes none")]
    [InlineData("L = sum(a, axis=1.5)", "line 1, column 12: 'axis' must be a whole number or a tuple of whole numbers")]
    [InlineData("L = sum(a, axis=())", "line 1, column 12: 'axis' must be a whole number or a tuple of whole numbers")]
    [InlineData("L = sum(a, axis=rows)", "line 1, column 12: 'axis' must be a whole number or a tuple of whole numbers")]
    [InlineData("L = softmax(a, axis=(0, 1))", "line 1, column 16: 'axis' must be a number")]
    [InlineData("L = sum(a, keepdims=2)", "line 1, column 12: 'keepdims' must be True or False")]
    [InlineData("L = sum(a, axis=0, axis=1)", "line 1, column 20: 'axis' appears twice")]
    [InlineData("L = clip(a, min=low)", "line 1, column 13: 'min' must be a number")]
    [InlineData("L = clip(a, 0, min=0)", "line 1, column 16: 'min' appears twice")]
    [InlineData("L = sum(axis=0, a)", "line 1, column 17: unexpected 'a', expected another 'keyword = …', since operands come before keywords")]
    [InlineData("L = sum(a, axis=0 + 1)", "line 1, column 19: unexpected '+', expected ',' or ')'; a keyword takes a number, a string or a tuple")]
    [InlineData("L = sum(a, axis=(0 1))", "line 1, column 20: unexpected '1', expected ',' or ')'")]
    [InlineData("L = sum(a, axis=(0,", "line 1, column 20: unexpected end of the expression, expected a number, a string or a tuple of these")]
    [InlineData("L = sum(a, axis=-x)", "line 1, column 18: unexpected 'x', expected a number")]
    [InlineData("L = sum(a, axis=((0)))", "line 1, column 18: unexpected '(', expected a number, a string or a tuple of these")]
    [InlineData("L = pad(a, pads=(0, up))", "line 1, column 12: a tuple must contain either numbers or strings")]
    [InlineData("L = argmax(a, keepdims=True)", "line 1, column 5: 'argmax' with keepdims requires axis")]
    public void Wrong_calls_say_where_and_what(string text, string message) => Message(text).ShouldBe(message);

    [Theory]
    [InlineData("a = 1\n a = 2", "line 2, column 2: 'a' is defined twice", "a")]
    [InlineData("L = a*2\na = 3", "line 2, column 1: 'a' is used before it is defined (on line 1)", "a")]
    [InlineData("x = x + 1", "line 1, column 1: 'x' is used before it is defined (on line 1)", "x")]
    [InlineData("L = pi*2; pi = 3", "line 1, column 11: 'pi' is used before it is defined (on line 1)", "pi")]
    public void A_name_is_given_once_and_before_its_uses(string text, string message, string node)
    {
        Message(text).ShouldBe(message);
        Written.Failure(text).Node.ShouldBe(node);
    }

    [Fact]
    public void A_long_word_is_shortened() => Message("L = a " + new string('b', 1000)).Length.ShouldBeLessThan(150);

    private static string Message(string text)
    {
        var failure = Written.Failure(text);
        failure.Path.ShouldBe("expression");
        return failure.Message;
    }
}
