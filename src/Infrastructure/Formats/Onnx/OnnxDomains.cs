using Backprop.Domain.Operators;

namespace Backprop.Infrastructure.Formats.Onnx;

/// <summary>Who defines operators: the domains of ONNX, and our own.</summary>
public static class OnnxDomains
{
    /// <summary>ONNX itself.</summary>
    public const string Standard = "";

    /// <summary>ONNX's operators for training.</summary>
    public const string Training = "ai.onnx.preview.training";

    /// <summary>
    /// Our own: the operators that ONNX lacks, those of the table that <c>GET /operators</c> lists under this domain; and in files any other of the
    /// table, where a model of an older set needs it as it is today.
    /// </summary>
    public const string Own = "backprop";

    /// <summary>The domain of an operator of the table.</summary>
    public static string Of(Operator row) => Normal(row.Domain);

    /// <summary>The one name of a domain that has two.</summary>
    public static string Normal(string domain) => domain == "ai.onnx" ? Standard : domain;

    /// <summary>A domain as in messages.</summary>
    public static string Label(string domain) => domain == Standard ? "ai.onnx" : domain;

    /// <summary>The editions of a domain that are read, or null where it is not known.</summary>
    internal static (long Oldest, long Newest)? Editions(string domain) => domain switch
    {
        Standard => (1, 26),
        Training or Own => (1, 1),
        _ => null,
    };
}
