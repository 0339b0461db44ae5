using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Expressions;

public class PrecedenceTests
{
    [Theory]
    [InlineData("L = a + b * c", "L.1 = Mul(b, c); L = Add(a, L.1)")]
    [InlineData("L = (a + b) * c", "L.1 = Add(a, b); L = Mul(L.1, c)")]
    [InlineData("L = a - b - c", "L.1 = Sub(a, b); L = Sub(L.1, c)")]
    [InlineData("L = a / b / c", "L.1 = Div(a, b); L = Div(L.1, c)")]
    [InlineData("L = a / b * c @ d", "L.1 = Div(a, b); L.2 = Mul(L.1, c); L = MatMul(L.2, d)")]
    [InlineData("L = x^3^2", "L.1 = Pow(3, 2); L = Pow(x, L.1)")]
    [InlineData("L = x**y^z", "L.1 = Pow(y, z); L = Pow(x, L.1)")]
    [InlineData("L = -x^2", "L.1 = Pow(x, 2); L = Neg(L.1)")]
    [InlineData("L = (-x)^2", "L.1 = Neg(x); L = Pow(L.1, 2)")]
    [InlineData("L = -2^2", "L.1 = Pow(2, 2); L = Neg(L.1)")]
    [InlineData("L = (-2)^2", "L = Pow(-2, 2)")]
    [InlineData("L = 2^-x", "L.1 = Neg(x); L = Pow(2, L.1)")]
    [InlineData("L = 2^-x^2", "L.1 = Pow(x, 2); L.2 = Neg(L.1); L = Pow(2, L.2)")]
    [InlineData("L = 2^-x * -x", "L.1 = Neg(x); L.2 = Pow(2, L.1); L.3 = Neg(x); L = Mul(L.2, L.3)")]
    [InlineData("L = 2^-3 + 1", "L.1 = Pow(2, -3); L = Add(L.1, 1)")]
    [InlineData("L = --x * -y", "L.1 = Neg(x); L.2 = Neg(L.1); L.3 = Neg(y); L = Mul(L.2, L.3)")]
    [InlineData("L = -x * y", "L.1 = Neg(x); L = Mul(L.1, y)")]
    [InlineData("L = -x + y", "L.1 = Neg(x); L = Add(L.1, y)")]
    [InlineData("L = a * -b * c", "L.1 = Neg(b); L.2 = Mul(a, L.1); L = Mul(L.2, c)")]
    [InlineData("L = a - -2", "L = Sub(a, -2)")]
    [InlineData("L = +x", "L = Identity(x)")]
    [InlineData("L = +x - +y", "L = Sub(x, y)")]
    [InlineData("L = a + b < c * d", "L.1 = Add(a, b); L.2 = Mul(c, d); L = Less(L.1, L.2)")]
    [InlineData("L = a <= -b", "L.1 = Neg(b); L = LessOrEqual(a, L.1)")]
    [InlineData("L = a >= b", "L = GreaterOrEqual(a, b)")]
    [InlineData("L = a > b", "L = Greater(a, b)")]
    [InlineData("L = a == b", "L = Equal(a, b)")]
    [InlineData("L = a != b", "L.1 = Equal(a, b); L = Not(L.1)")]
    [InlineData("L = (a < b) == (c < d)", "L.1 = Less(a, b); L.2 = Less(c, d); L = Equal(L.1, L.2)")]
    [InlineData("L = f == 1; M = L", "L = Equal(f, 1); M = Identity(L)")]
    public void Operators_bind_as_in_Python(string text, string nodes) => Written.Nodes(text).ShouldBe(nodes);

    [Theory]
    [InlineData("1", "1")]
    [InlineData("1.", "1.0")]
    [InlineData(".5", "0.5")]
    [InlineData("1e-3", "0.001")]
    [InlineData("1E+5", "100000.0")]
    [InlineData("2.5e3", "2500.0")]
    [InlineData("007", "7")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("9223372036854775808", "9.223372036854776E+18")]
    [InlineData("-0", "-0.0")]
    [InlineData("--3", "3")]
    [InlineData("-1.5", "-1.5")]
    [InlineData("1e-999", "0.0")]
    [InlineData("pi", "3.141592653589793")]
    [InlineData("-pi", "-3.141592653589793")]
    [InlineData("((7))", "7")]
    public void Numbers_stay_literals(string text, string literal) => Written.Nodes($"y = {text}").ShouldBe($"y = Identity({literal})");

    [Fact]
    public void A_point_may_end_a_number_before_an_operator() => Written.Nodes("y = 3.*x").ShouldBe("y = Mul(3.0, x)");
}
