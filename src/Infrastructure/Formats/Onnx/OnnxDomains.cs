using Backprop.Domain.Operators;

namespace Backprop.Infrastructure.Formats.Onnx;

/// <summary>The domains of operators: ONNX's, and our own.</summary>
public static class OnnxDomains
{
    /// <summary>ONNX itself.</summary>
    public const string Standard = "";

    /// <summary>ONNX's operators for training.</summary>
    public const string Training = "ai.onnx.preview.training";

    /// <summary>
    /// Our own domain: the operators that ONNX lacks, which <c>GET /operators</c> lists under this domain; and in files any other operator of the
    /// table that a model of an older set needs in its newest version.
    /// </summary>
    public const string Own = "backprop";

    /// <summary>The domain of an operator of the table.</summary>
    public static string Of(Operator row) => Normal(row.Domain);

    /// <summary>The canonical name of a domain with two names.</summary>
    public static string Normal(string domain) => domain == "ai.onnx" ? Standard : domain;

    /// <summary>A domain in messages.</summary>
    public static string Label(string domain) => domain == Standard ? "ai.onnx" : domain;

    /// <summary>The supported versions of a domain, or null if it is unknown.</summary>
    internal static (long Oldest, long Newest)? Editions(string domain) => domain switch
    {
        Standard => (1, 26),
        Training or Own => (1, 1),
        _ => null,
    };
}
