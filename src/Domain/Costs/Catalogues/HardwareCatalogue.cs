using System.Collections.Frozen;
using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Suggestions;

namespace Backprop.Domain.Costs.Catalogues;

/// <summary>A device of the catalogue: a row of <c>hardware.json</c>.</summary>
/// <param name="Id">Its name in requests.</param>
/// <param name="Aliases">Other names in requests.</param>
/// <param name="Name">Its usual name.</param>
/// <param name="Vendor">Its manufacturer.</param>
/// <param name="Kind">The kind of device.</param>
/// <param name="PeakTflops">Dense TFLOP/s by precision.</param>
/// <param name="MemoryGb">Memory, GB of 1e9 bytes.</param>
/// <param name="BandwidthTbPerSecond">Memory bandwidth.</param>
/// <param name="LinkGbPerSecond">Bandwidth to other devices, in one direction.</param>
/// <param name="MatmulCeiling">The measured share of the peak that matrix products reach.</param>
/// <param name="Uncertain">The paths of the figures on which sources disagree: <c>peakTflops.fp64</c>.</param>
/// <param name="Sources">The sources of the figures, by member.</param>
public sealed record CataloguedHardware(
    string Id,
    IReadOnlyList<string> Aliases,
    string Name,
    string Vendor,
    AcceleratorKind Kind,
    IReadOnlyDictionary<ComputePrecision, double> PeakTflops,
    double MemoryGb,
    double BandwidthTbPerSecond,
    double LinkGbPerSecond,
    IReadOnlyDictionary<ComputePrecision, double> MatmulCeiling,
    IReadOnlyList<string> Uncertain,
    IReadOnlyDictionary<string, string> Sources)
{
    /// <summary>The device as given in a request, in FLOP/s and bytes.</summary>
    public HardwareProfile Profile { get; } = new(
        Name,
        PeakTflops.ToDictionary(peak => peak.Key, peak => peak.Value * 1e12),
        MemoryGb * 1e9,
        BandwidthTbPerSecond * 1e12,
        LinkGbPerSecond * 1e9,
        MatmulCeiling);
}

/// <summary>The kind of a device.</summary>
public enum AcceleratorKind
{
    /// <summary>A graphics processor.</summary>
    Gpu,

    /// <summary>A tensor processor.</summary>
    Tpu,

    /// <summary>A processor.</summary>
    Cpu,
}

/// <summary>The devices that requests may name.</summary>
public static class HardwareCatalogue
{
    private static readonly FrozenDictionary<string, CataloguedHardware> ByName;

    static HardwareCatalogue()
    {
        All = CatalogueFile.Read<CataloguedHardware>("hardware.json");
        ByName = CatalogueFile.Index(All, device => [device.Id, .. device.Aliases]);
        Suggestions = new NameSuggestions(All.SelectMany(device => (string[])[device.Id, .. device.Aliases]));
    }

    /// <summary>All of them, by vendor.</summary>
    public static IReadOnlyList<CataloguedHardware> All { get; }

    /// <summary>A device by id or alias, in either case, or null.</summary>
    public static CataloguedHardware? Find(string id) => ByName.GetValueOrDefault(id);

    /// <summary>The ids and aliases that an unknown one may mean.</summary>
    public static NameSuggestions Suggestions { get; }
}
