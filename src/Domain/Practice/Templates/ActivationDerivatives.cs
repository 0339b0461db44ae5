using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Templates;

/// <summary>Activation functions of a multiple of x with their derivatives.</summary>
internal static class ActivationDerivatives
{
    private const string Slip = "Forgetting the derivative of the argument is the usual mistake.";

    public static WrittenDerivative Of(int form, int k) => form switch
    {
        0 => Sigmoid(k),
        1 => Tanh(k),
        2 => Swish(k),
        3 => Softplus(k),
        _ => VariableTimesTanh(k),
    };

    private static WrittenDerivative Sigmoid(int k)
    {
        string s = $"sigmoid({k}*x)";
        return new WrittenDerivative(
            s,
            $"{k}*{s}*(1 - {s})",
            $"The slope of the sigmoid is `s*(1 - s)` at its own value s, and the argument `{k}*x` adds the factor {k}.",
            Slip,
            new ExpressionMistake($"{s}*(1 - {s})", Missing(k)),
            new ExpressionMistake($"{k}*sigmoid(x)*(1 - sigmoid(x))", $"The slope is taken at the argument {k}x, not at x."),
            new ExpressionMistake($"{k}*(1 - {s}^2)", "That is the rule for tanh; the sigmoid's slope is s(1 − s)."));
    }

    private static WrittenDerivative Tanh(int k)
    {
        string t = $"tanh({k}*x)";
        return new WrittenDerivative(
            t,
            $"{k}*(1 - {t}^2)",
            $"The slope of tanh is `1 - t^2` at its own value t, and the argument `{k}*x` adds the factor {k}.",
            Slip,
            new ExpressionMistake($"1 - {t}^2", Missing(k)),
            new ExpressionMistake($"{k}*(1 - tanh(x)^2)", $"The slope is taken at the argument {k}x, not at x."),
            new ExpressionMistake($"{k}*{t}*(1 - {t})", "That is the rule for the sigmoid; the slope of tanh is 1 − t²."));
    }

    private static WrittenDerivative Swish(int k)
    {
        string s = $"sigmoid({k}*x)";
        return new WrittenDerivative(
            $"x*{s}",
            $"{s} + {k}*x*{s}*(1 - {s})",
            $"The product rule gives `{s}` from the factor `x`, and `x` times the slope `{k}*{s}*(1 - {s})` of the sigmoid.",
            Slip,
            new ExpressionMistake($"{s} + x*{s}*(1 - {s})", Missing(k)),
            new ExpressionMistake($"{k}*{s}*(1 - {s})", "That multiplies the two derivatives; the product rule adds two terms."),
            new ExpressionMistake(s, "The second term of the product rule is missing: the sigmoid varies too."));
    }

    private static WrittenDerivative Softplus(int k)
    {
        string s = $"sigmoid({k}*x)";
        return new WrittenDerivative(
            $"log(1 + exp({k}*x))",
            $"{k}*{s}",
            $"The chain rule gives `{k}*exp({k}*x)/(1 + exp({k}*x))`, and the fraction is the sigmoid.",
            Slip,
            new ExpressionMistake(s, Missing(k)),
            new ExpressionMistake($"{k}/(1 + exp({k}*x))", "The inner derivative has the exponential as a factor too."),
            new ExpressionMistake($"{k}*sigmoid(x)", $"The sigmoid is taken at the argument {k}x, not at x."));
    }

    private static WrittenDerivative VariableTimesTanh(int k)
    {
        string t = $"tanh({k}*x)";
        return new WrittenDerivative(
            $"x*{t}",
            $"{t} + {k}*x*(1 - {t}^2)",
            $"The product rule gives `{t}` from the factor `x`, and `x` times the slope `{k}*(1 - {t}^2)` of tanh.",
            Slip,
            new ExpressionMistake($"{t} + x*(1 - {t}^2)", Missing(k)),
            new ExpressionMistake($"{k}*(1 - {t}^2)", "That multiplies the two derivatives; the product rule adds two terms."),
            new ExpressionMistake(t, "The second term of the product rule is missing: tanh varies too."));
    }

    private static string Missing(int k) => $"The derivative of the argument, {k}, is missing.";
}
