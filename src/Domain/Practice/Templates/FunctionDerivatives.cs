using Backprop.Domain.Practice.Questions;
using static Backprop.Domain.Practice.Templates.TemplateSyntax;

namespace Backprop.Domain.Practice.Templates;

/// <summary>Functions of one variable that take the product, quotient and chain rules to differentiate.</summary>
internal static class FunctionDerivatives
{
    public static WrittenDerivative Of(int form, int k, int m) => form switch
    {
        0 => PowerTimesExponential(k, m),
        1 => VariableTimesSine(k),
        2 => Logarithm(k),
        3 => Gaussian(k),
        4 => PowerOfCosine(k, m),
        5 => Quotient(k),
        6 => SquareRoot(k, m),
        _ => SineOfPower(m),
    };

    private static WrittenDerivative PowerTimesExponential(int k, int m)
    {
        string exp = $"exp({k}*x)";
        string slope = $"{m}*{Power("x", m - 1)}";
        return new WrittenDerivative(
            $"x^{m}*{exp}",
            $"{slope}*{exp} + {k}*x^{m}*{exp}",
            $"The product rule gives two terms: the derivative of `x^{m}` times `{exp}`, and `x^{m}` times the derivative `{k}*{exp}`.",
            "Multiplying the two derivatives is the usual mistake.",
            new ExpressionMistake($"{slope}*{exp} + x^{m}*{exp}", $"The inner derivative {k} is missing: the exponent is {k}x, not x."),
            new ExpressionMistake($"{slope}*{k}*{exp}", "That multiplies the two derivatives; the product rule adds two terms."),
            new ExpressionMistake($"{slope}*{exp}", "The second term of the product rule is missing: the exponential varies too."));
    }

    private static WrittenDerivative VariableTimesSine(int k) => new(
        $"x*sin({k}*x)",
        $"sin({k}*x) + {k}*x*cos({k}*x)",
        $"The product rule gives `sin({k}*x)` from the factor `x`, and `x` times the derivative `{k}*cos({k}*x)` of the sine.",
        "Forgetting the inner derivative of the sine is the usual mistake.",
        new ExpressionMistake($"sin({k}*x) + x*cos({k}*x)", $"The inner derivative {k} is missing in the second term."),
        new ExpressionMistake($"{k}*cos({k}*x)", "That multiplies the two derivatives; the product rule adds two terms."),
        new ExpressionMistake($"sin({k}*x) - {k}*x*cos({k}*x)", "The derivative of the sine is the cosine, with a plus sign."));

    private static WrittenDerivative Logarithm(int k) => new(
        $"log(1 + {k}*x^2)",
        $"{2 * k}*x/(1 + {k}*x^2)",
        $"The outer derivative is `1/(1 + {k}*x^2)`, and the chain rule multiplies it by the inner derivative `{2 * k}*x`.",
        "Leaving the inner derivative out is the usual mistake.",
        new ExpressionMistake($"1/(1 + {k}*x^2)", $"The inner derivative {2 * k}x is missing."),
        new ExpressionMistake($"{2 * k}*x", "That is only the inner derivative; the outer one divides by the argument of the logarithm."),
        new ExpressionMistake($"{k}*x/(1 + {k}*x^2)", "The derivative of x² is 2x."));

    private static WrittenDerivative Gaussian(int k) => new(
        $"exp(-{k}*x^2)",
        $"-{2 * k}*x*exp(-{k}*x^2)",
        $"The exponential is its own derivative, and the chain rule multiplies it by the inner derivative `-{2 * k}*x`.",
        "Leaving the inner derivative out is the usual mistake.",
        new ExpressionMistake($"exp(-{k}*x^2)", $"The inner derivative −{2 * k}x is missing: exp is its own derivative only if its argument is x."),
        new ExpressionMistake($"-{k}*x*exp(-{k}*x^2)", "The derivative of x² is 2x."),
        new ExpressionMistake($"-{k}*x^2*exp(-{k}*x^2 - 1)", "That is the rule for powers; here the variable is in the exponent."));

    private static WrittenDerivative PowerOfCosine(int k, int m)
    {
        string power = Power($"cos({k}*x)", m - 1);
        return new WrittenDerivative(
            $"cos({k}*x)^{m}",
            $"-{m * k}*{power}*sin({k}*x)",
            $"The chain rule is used twice: the power gives `{m}*{power}`, the cosine `-sin({k}*x)`, and its argument the factor {k}.",
            "Stopping after the power is the usual mistake.",
            new ExpressionMistake($"-{m}*{power}*sin({k}*x)", $"The derivative of the argument, {k}, is missing."),
            new ExpressionMistake($"{m}*{power}", "That is only the derivative of the power; the cosine and its argument follow."),
            new ExpressionMistake($"{m * k}*{power}*sin({k}*x)", "The derivative of the cosine is −sin."));
    }

    private static WrittenDerivative Quotient(int k) => new(
        $"x/(1 + {k}*x^2)",
        $"(1 - {k}*x^2)/(1 + {k}*x^2)^2",
        $"The quotient rule gives `(1*(1 + {k}*x^2) - x*{2 * k}*x)/(1 + {k}*x^2)^2`, whose numerator simplifies.",
        "Adding instead of subtracting in the numerator is the usual mistake.",
        new ExpressionMistake($"(1 + {3 * k}*x^2)/(1 + {k}*x^2)^2", "The quotient rule subtracts the second term of the numerator."),
        new ExpressionMistake($"(1 - {k}*x^2)/(1 + {k}*x^2)", "The denominator is squared in the quotient rule."),
        new ExpressionMistake($"1/(1 + {k}*x^2)", "The denominator varies too: the quotient rule has a second term."));

    private static WrittenDerivative SquareRoot(int k, int m)
    {
        int e = 2 * (m - 1);
        string root = $"sqrt({k} + x^{e})";
        return new WrittenDerivative(
            root,
            $"{Times(m - 1, Power("x", e - 1))}/{root}",
            $"The outer derivative is `1/(2*{root})`, and the chain rule multiplies it by the inner derivative `{Times(e, Power("x", e - 1))}`.",
            "Leaving the inner derivative out is the usual mistake.",
            new ExpressionMistake($"1/(2*{root})", "The derivative of what is under the root is missing."),
            new ExpressionMistake($"{Times(e, Power("x", e - 1))}/{root}", "The derivative of √u is 1/(2√u): a factor of ½ is missing."),
            new ExpressionMistake($"{root}*{Times(e, Power("x", e - 1))}", "The root moves to the denominator: the derivative of √u is 1/(2√u)."));
    }

    private static WrittenDerivative SineOfPower(int m) => new(
        $"sin(x^{m})",
        $"{m}*{Power("x", m - 1)}*cos(x^{m})",
        $"The outer derivative is `cos(x^{m})`, and the chain rule multiplies it by the inner derivative `{m}*{Power("x", m - 1)}`.",
        "Leaving the inner derivative out is the usual mistake.",
        new ExpressionMistake($"cos(x^{m})", $"The inner derivative {m}·{Power("x", m - 1)} is missing."),
        new ExpressionMistake($"cos({m}*{Power("x", m - 1)})", "The cosine is taken at the inner function, and multiplied by its derivative."),
        new ExpressionMistake($"-{m}*{Power("x", m - 1)}*cos(x^{m})", "The derivative of the sine is the cosine, with a plus sign."));
}
