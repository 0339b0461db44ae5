namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>What functions are called elsewhere, for suggestions.</summary>
internal static class FunctionSynonyms
{
    /// <summary>The functions that an unknown name may mean.</summary>
    public static IReadOnlyDictionary<string, string[]> All { get; } = new Dictionary<string, string[]>
    {
        ["avg"] = ["mean"],
        ["total"] = ["sum"],
        ["sigma"] = ["sigmoid", "std"],
        ["logistic"] = ["sigmoid"],
        ["plus"] = ["add"],
        ["minus"] = ["subtract"],
        ["times"] = ["multiply"],
        ["rectifier"] = ["relu"],
        ["layernorm"] = ["layer_norm"],
        ["batchnorm"] = ["batch_norm"],
        ["magnitude"] = ["abs", "norm"],
        ["inverse"] = ["inv"],
        ["determinant"] = ["det"],
        ["stdev"] = ["std"],
        ["stddev"] = ["std"],
        ["crossentropy"] = ["cross_entropy"],
        ["crossentropyloss"] = ["cross_entropy"],
        ["logloss"] = ["bce"],
        ["bceloss"] = ["bce"],
        ["mseloss"] = ["mse"],
        ["rmse"] = ["mse", "rms"],
        ["ifthenelse"] = ["where"],
        ["iff"] = ["where"],
        ["choose"] = ["where"],
        ["indicator"] = ["where", "heaviside"],
        ["argument"] = ["atan2"],
        ["root"] = ["sqrt"],
        ["cuberoot"] = ["cbrt"],
        ["arsinh"] = ["asinh"],
        ["arcosh"] = ["acosh"],
        ["artanh"] = ["atanh"],
        ["sh"] = ["sinh"],
        ["ch"] = ["cosh"],
        ["th"] = ["tanh"],
        ["psi"] = ["digamma"],
        ["ones_matrix"] = ["ones"],
    };
}
