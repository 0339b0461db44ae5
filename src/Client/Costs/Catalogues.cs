namespace Backprop.Client.Costs;

/// <summary>The catalogued models that match a filter.</summary>
public sealed record ModelList
{
    /// <summary>The models, by family and size.</summary>
    public required IReadOnlyList<ModelSummary> Items { get; init; }

    /// <summary>Their number.</summary>
    public required long Total { get; init; }
}

/// <summary>A catalogued model in a list.</summary>
public sealed record ModelSummary
{
    /// <summary>Its id in requests.</summary>
    public required string Id { get; init; }

    /// <summary>Its usual name.</summary>
    public required string Name { get; init; }

    /// <summary>Its family.</summary>
    public required string Family { get; init; }

    /// <summary>All parameters, counted from the configuration.</summary>
    public required long Parameters { get; init; }

    /// <summary>The parameters that one token uses.</summary>
    public required long ActiveParameters { get; init; }

    /// <summary>The tokens of its context.</summary>
    public required long Context { get; init; }
}

/// <summary>A catalogued model.</summary>
public sealed record ModelPage
{
    /// <summary>Its id in requests.</summary>
    public required string Id { get; init; }

    /// <summary>Its aliases.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>Its usual name.</summary>
    public required string Name { get; init; }

    /// <summary>Its family.</summary>
    public required string Family { get; init; }

    /// <summary>All parameters, counted from the configuration.</summary>
    public required long Parameters { get; init; }

    /// <summary>The parameters that one token uses.</summary>
    public required long ActiveParameters { get; init; }

    /// <summary>The parameters part by part; they add up to <c>parameters</c>.</summary>
    public required IReadOnlyList<ParameterPart> Parts { get; init; }

    /// <summary>The FLOPs of a forward pass per token at full context.</summary>
    public required double ForwardFlopsPerToken { get; init; }

    /// <summary>The configuration, ready to be sent as <c>model</c>, modified or not.</summary>
    public required ModelDescription Configuration { get; init; }

    /// <summary>The source of the configuration.</summary>
    public required string Source { get; init; }

    /// <summary>How the figures are computed.</summary>
    public required IReadOnlyList<FigureOrigin> Formulas { get; init; }
}

/// <summary>Parameters of one kind.</summary>
public sealed record ParameterPart
{
    /// <summary>What they are: <c>embedding</c>, <c>attention</c>, …</summary>
    public required string Name { get; init; }

    /// <summary>Their exact number.</summary>
    public required long Count { get; init; }
}

/// <summary>The catalogued devices that match a filter.</summary>
public sealed record HardwareList
{
    /// <summary>The devices, by vendor and age.</summary>
    public required IReadOnlyList<HardwarePage> Items { get; init; }

    /// <summary>Their number.</summary>
    public required long Total { get; init; }
}

/// <summary>A catalogued device.</summary>
public sealed record HardwarePage
{
    /// <summary>Its id in requests.</summary>
    public required string Id { get; init; }

    /// <summary>Its aliases.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>Its usual name.</summary>
    public required string Name { get; init; }

    /// <summary>Its vendor.</summary>
    public required string Vendor { get; init; }

    /// <summary>Its kind.</summary>
    public required HardwareKind Kind { get; init; }

    /// <summary>Dense TFLOP/s of matrix products by precision; precisions that the hardware does not support are absent.</summary>
    public required IReadOnlyDictionary<Precision, HardwareFigure> PeakTflops { get; init; }

    /// <summary>Memory, GB of 1e9 bytes.</summary>
    public required HardwareFigure MemoryGb { get; init; }

    /// <summary>Memory bandwidth, TB/s.</summary>
    public required HardwareFigure BandwidthTbPerSecond { get; init; }

    /// <summary>Bandwidth of its link to other devices, GB/s per direction.</summary>
    public required HardwareFigure LinkGbPerSecond { get; init; }

    /// <summary>The fraction of the peak that large matrix products were measured to reach, by precision; empty if none is known.</summary>
    public required IReadOnlyDictionary<Precision, HardwareFigure> MatmulCeiling { get; init; }
}

/// <summary>A figure of a device.</summary>
public sealed record HardwareFigure
{
    /// <summary>The figure, in the unit that its member names.</summary>
    public required double Value { get; init; }

    /// <summary>True if sources disagree or the vendor gives no figure.</summary>
    public required bool Uncertain { get; init; }

    /// <summary>Its source.</summary>
    public required string Source { get; init; }
}

/// <summary>The kind of a device.</summary>
public enum HardwareKind
{
    /// <summary>A graphics processor.</summary>
    Gpu,

    /// <summary>A tensor processor.</summary>
    Tpu,

    /// <summary>A processor.</summary>
    Cpu,
}
