using Backprop.Api.Platform.Problems;
using Backprop.Client.Costs;
using Backprop.Domain.Costs.Catalogues;
using Backprop.Domain.Costs.Hardware;

namespace Backprop.Api.Features.Catalogues;

/// <summary>Maps devices of the contract to devices of the domain.</summary>
internal static class HardwareMapper
{
    /// <summary>GB/s per direction if a described device states no link: PCI Express 4.0 x16.</summary>
    public const double DefaultLinkGbPerSecond = 32;

    private const long DefaultVectorBits = 256;

    /// <summary>What is said of an id or alias that no device has.</summary>
    public static string Unknown(string id) =>
        HardwareCatalogue.Suggestions.Message("The catalogue has no device", id, "; GET /hardware lists all of them");

    /// <summary>The device that a request names or describes.</summary>
    /// <param name="choice">The validated choice.</param>
    /// <exception cref="ProblemException">It is not in the catalogue (422 at <c>hardware</c>).</exception>
    public static HardwareProfile Read(HardwareChoice choice)
    {
        if (choice.Id is { } id)
        {
            return HardwareCatalogue.Find(id)?.Profile
                ?? throw new ProblemException(422, "hardware", Unknown(id));
        }

        HardwareDescription described = choice.Described!;
        IReadOnlyDictionary<ComputePrecision, double> peaks = described.PeakTflops is { } given
            ? given.ToDictionary(peak => (ComputePrecision)peak.Key, peak => peak.Value * 1e12)
            : VectorProcessor.PeakFlops(described.Cores!.Value, described.Gigahertz!.Value, described.VectorBits ?? DefaultVectorBits);
        return new HardwareProfile(
            described.Name ?? "the described device",
            peaks,
            described.MemoryGb!.Value * 1e9,
            described.BandwidthTbPerSecond!.Value * 1e12,
            (described.LinkGbPerSecond ?? DefaultLinkGbPerSecond) * 1e9,
            described.MatmulCeiling is { } ceiling ? peaks.Keys.ToDictionary(precision => precision, _ => ceiling) : new Dictionary<ComputePrecision,
                double>());
    }
}
