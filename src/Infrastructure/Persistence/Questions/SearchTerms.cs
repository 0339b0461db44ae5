using System.Text.RegularExpressions;

namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>The terms of a search, each with all its names: synonyms, British and American spelling, with and without hyphens.</summary>
internal static partial class SearchTerms
{
    private static readonly string[][] Synonyms =
    [
        ["autograd", "autodiff", "automatic differentiation", "AD"],
        ["backpropagation", "back propagation", "backprop", "reverse mode"],
        ["exploding gradient", "gradient explosion", "explode"],
        ["vanishing gradient", "gradient vanishing"],
        ["batch norm", "batchnorm", "batch normalisation", "batch normalization", "BN"],
        ["layer norm", "layernorm", "layer normalisation", "layer normalization"],
        ["RMS norm", "RMSNorm", "RMS normalisation", "RMS normalization"],
        ["checkpointing", "rematerialisation", "rematerialization", "recomputation", "recompute"],
        ["mixed precision", "AMP", "loss scaling"],
        ["FSDP", "ZeRO 3", "ZeRO stage 3", "sharding"],
        ["VJP", "vector Jacobian product"],
        ["JVP", "Jacobian vector product"],
        ["HVP", "Hessian vector product"],
        ["log sum exp", "logsumexp", "softmax stability"],
        ["flash attention", "FlashAttention"],
        ["learning rate schedule", "learning rate scheduler", "warmup", "warm up"],
        ["float16", "half precision", "fp16"],
        ["bfloat16", "bf16"],
    ];

    private static readonly Dictionary<string, string[]> Named = Synonyms
        .SelectMany(names => names.Select(name => (Key: Key(name), Names: names)))
        .DistinctBy(entry => entry.Key)
        .ToDictionary(entry => entry.Key, entry => entry.Names, StringComparer.Ordinal);

    private static readonly int Longest = Named.Keys.Max(key => key.Split(' ').Length);

    /// <summary>The terms in the words of a search, the longest known ones first.</summary>
    public static IEnumerable<IReadOnlyList<string>> Of(IReadOnlyList<string> words)
    {
        for (int at = 0; at < words.Count;)
        {
            (int taken, string[] names) = Known(words, at) ?? (1, Spellings(words[at]));
            yield return names;
            at += taken;
        }
    }

    private static (int Taken, string[] Names)? Known(IReadOnlyList<string> words, int at)
    {
        for (int count = Math.Min(Longest, words.Count - at); count > 0; count--)
        {
            string typed = string.Join(' ', words.Skip(at).Take(count));
            if (Named.TryGetValue(Key(typed), out string[]? names))
            {
                return (count, [.. names.Prepend(typed).Distinct(StringComparer.OrdinalIgnoreCase)]);
            }
        }

        return null;
    }

    private static string[] Spellings(string word)
    {
        string joined = Separators().Replace(word, string.Empty);
        string[] written = [word, .. joined.Length > 0 ? new[] { joined } : []];
        return [.. written.SelectMany(name => new[] { name, British().Replace(name, "is"), American().Replace(name, "iz") })
            .Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    // Words in lower case without plural and punctuation, so that "Back-Propagation" and "JVPs" are known.
    private static string Key(string text) =>
        string.Join(' ', Separators().Split(text.ToLowerInvariant()).Where(part => part.Length > 0).Select(part =>
            part.Length > 3 && part[^1] == 's' && part[^2] != 's' ? part[..^1] : part));

    [GeneratedRegex(@"[\s_‐‑–-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();

    [GeneratedRegex("iz(?=(e|ed|er|ers|es|ing|ation|ations)$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex British();

    [GeneratedRegex("is(?=(e|ed|er|ers|es|ing|ation|ations)$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex American();
}
