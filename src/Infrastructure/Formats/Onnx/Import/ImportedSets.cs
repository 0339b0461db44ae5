using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Onnx.Schema;

namespace Backprop.Infrastructure.Formats.Onnx.Import;

/// <summary>The operator sets that a model or function imports: they say which edition of an operator a node means.</summary>
internal sealed class ImportedSets
{
    private readonly Dictionary<string, long> versions = new(StringComparer.Ordinal);

    /// <summary>Reads the imports.</summary>
    /// <param name="sets">The imports.</param>
    /// <exception cref="GraphException">One is of an edition that is not known here.</exception>
    public ImportedSets(IEnumerable<OperatorSet> sets)
    {
        foreach (OperatorSet set in sets)
        {
            string domain = OnnxDomains.Normal(set.Domain);
            if (OnnxDomains.Editions(domain) is { } known && (set.Version < known.Oldest || set.Version > known.Newest))
            {
                throw new GraphException(
                    "onnx", $"the model is written for opset {set.Version} of {OnnxDomains.Label(domain)}; opsets {known.Oldest} to " +
                        $"{known.Newest} are read");
            }

            versions[domain] = set.Version;
        }
    }

    /// <summary>The edition of a domain.</summary>
    /// <exception cref="GraphException">It is not imported.</exception>
    public long VersionOf(string domain, string node) => versions.TryGetValue(domain, out long version)
        ? version
        : throw new GraphException("onnx", $"the model imports no operator set of {OnnxDomains.Label(domain)}, which the node '{node}' needs", node);
}
