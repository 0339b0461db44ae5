using Backprop.Domain.Practice.Questions;
using static Backprop.Domain.Practice.Templates.TemplateSyntax;

namespace Backprop.Domain.Practice.Templates;

/// <summary>Functions of x and y with their partial derivatives.</summary>
internal static class PartialDerivatives
{
    private const string Inner = "The derivative of the inner function with respect to the variable is missing.";

    public static WrittenDerivative Of(int form, int k, int m, string wrt) => form switch
    {
        0 => Polynomial(k, m, wrt),
        1 => Exponential(k, wrt),
        2 => SineAndPower(k, m, wrt),
        3 => Logarithm(k, wrt),
        _ => PowerOfSum(k, m, wrt),
    };

    private static WrittenDerivative Polynomial(int k, int m, string wrt)
    {
        string x = $"{m}*{Power("x", m - 1)}*y + {k}*y^2";
        string y = $"x^{m} + {2 * k}*x*y";
        return Of($"x^{m}*y + {k}*x*y^2", x, y, wrt,
            wrt == "x" ? $"The first term gives `{m}*{Power("x", m - 1)}*y`, the second `{k}*y^2`."
                : $"The first term gives `x^{m}`, the second `{2 * k}*x*y`.",
            new ExpressionMistake($"{m}*{Power("x", m - 1)}*y + {2 * k}*x*y",
                wrt == "x" ? "In the second term y was differentiated; only x varies." : "In the first term x was differentiated; only y varies."),
            new ExpressionMistake($"{m}*{Power("x", m - 1)} + {2 * k}*y", "Both variables were differentiated; the other one is held fixed."));
    }

    private static WrittenDerivative Exponential(int k, string wrt)
    {
        string exp = $"exp({k}*x*y)";
        return Of(exp, $"{k}*y*{exp}", $"{k}*x*{exp}", wrt,
            $"The exponential is its own derivative, and the inner derivative is `{k}*{(wrt == "x" ? "y" : "x")}`.",
            new ExpressionMistake(exp, Inner),
            new ExpressionMistake($"{k}*{exp}", "The inner derivative also has the other variable as a factor."));
    }

    private static WrittenDerivative SineAndPower(int k, int m, string wrt)
    {
        string power = $"{k * m}*{Power("x", m - 1)}";
        return Of($"sin(x*y) + {k}*x^{m}", $"y*cos(x*y) + {power}", "x*cos(x*y)", wrt,
            wrt == "x" ? $"The sine gives `y*cos(x*y)` by the chain rule, the power gives `{power}`."
                : $"The sine gives `x*cos(x*y)` by the chain rule, and `{k}*x^{m}` is constant.",
            wrt == "x" ? new ExpressionMistake($"cos(x*y) + {power}", Inner) : new ExpressionMistake("cos(x*y)", Inner),
            wrt == "x" ? new ExpressionMistake("y*cos(x*y)", $"The second term, {k}x^{m}, depends on x too.")
                : new ExpressionMistake($"x*cos(x*y) + {power}", "The second term does not depend on y: it contributes 0."));
    }

    private static WrittenDerivative Logarithm(int k, string wrt)
    {
        string sum = $"1 + x^2 + {k}*y^2";
        return Of($"log({sum})", $"2*x/({sum})", $"{2 * k}*y/({sum})", wrt,
            $"The outer derivative is `1/({sum})`, and the inner one `{(wrt == "x" ? "2*x" : $"{2 * k}*y")}`.",
            new ExpressionMistake($"1/({sum})", Inner),
            new ExpressionMistake($"(2*x + {2 * k}*y)/({sum})", "Both variables were differentiated; the other one is held fixed."));
    }

    private static WrittenDerivative PowerOfSum(int k, int m, string wrt)
    {
        string power = Power($"(x*y + {k})", m - 1);
        return Of($"(x*y + {k})^{m}", $"{m}*y*{power}", $"{m}*x*{power}", wrt,
            $"The outer derivative is `{m}*{power}`, and the inner one `{(wrt == "x" ? "y" : "x")}`.",
            new ExpressionMistake($"{m}*{power}", Inner),
            new ExpressionMistake($"{m}*(x + y)*{power}", "Both variables were differentiated; the other one is held fixed."));
    }

    private static WrittenDerivative Of(string f, string x, string y, string wrt, string steps, params ExpressionMistake[] mistakes)
    {
        string other = wrt == "x" ? "y" : "x";
        return new WrittenDerivative(
            f, wrt == "x" ? x : y, steps, "Differentiating the other variable as well is the usual mistake.",
            [new ExpressionMistake(wrt == "x" ? y : x, $"That is ∂f/∂{other}."), .. mistakes]);
    }
}
