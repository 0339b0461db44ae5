using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Onnx.Schema;

namespace Backprop.Infrastructure.Formats.Onnx.Import;

/// <summary>The operator sets that a model or function imports, which determine the version of each operator.</summary>
internal sealed class ImportedSets
{
    private readonly Dictionary<string, long> versions = new(StringComparer.Ordinal);

    /// <summary>Reads the imports.</summary>
    /// <param name="sets">The imports.</param>
    /// <exception cref="GraphException">A set has an unsupported version.</exception>
    public ImportedSets(IEnumerable<OperatorSet> sets)
    {
        foreach (OperatorSet set in sets)
        {
            string domain = OnnxDomains.Normal(set.Domain);
            if (OnnxDomains.Editions(domain) is { } known && (set.Version < known.Oldest || set.Version > known.Newest))
            {
                throw new GraphException(
                    "onnx", $"the model uses opset {set.Version} of {OnnxDomains.Label(domain)}; opsets {known.Oldest} to " +
                        $"{known.Newest} are supported");
            }

            versions[domain] = set.Version;
        }
    }

    /// <summary>The version of a domain's operator set.</summary>
    /// <exception cref="GraphException">It is not imported.</exception>
    public long VersionOf(string domain, string node) => versions.TryGetValue(domain, out long version)
        ? version
        : throw new GraphException("onnx", $"the model must import an operator set of {OnnxDomains.Label(domain)} for the node '{node}'", node);
}
