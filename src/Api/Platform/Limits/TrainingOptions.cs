namespace Backprop.Api.Platform.Limits;

/// <summary>The limits of training runs, from configuration section <c>Training</c>.</summary>
internal sealed class TrainingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Training";

    /// <summary>Runs that are computed at a time; by default one for two cores. The others wait.</summary>
    public int Concurrency { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Runs of all that have not ended; beyond that, new ones are rejected (429).</summary>
    public int UnfinishedRuns { get; set; } = 100;

    /// <summary>Runs of one learner or client that have not ended.</summary>
    public int ClientUnfinishedRuns { get; set; } = 10;

    /// <summary>Steps of one run.</summary>
    public long MaxSteps { get; set; } = 10_000_000;

    /// <summary>Seconds that one run may compute.</summary>
    public double MaxSeconds { get; set; } = 3600;

    /// <summary>Bytes of the data and the validation data of one run.</summary>
    public long MaxDataBytes { get; set; } = 1L << 30;

    /// <summary>Bytes of parameters, optimizer states and the best parameters of one run.</summary>
    public long MaxStateBytes { get; set; } = 1L << 28;

    /// <summary>Bytes of the recorded steps of one run; about 60 for each, and 24 more for each parameter if they are recorded.</summary>
    public long MaxMetricBytes { get; set; } = 128L << 20;

    /// <summary>Stored runs of learners, and as many anonymous ones. Beyond this, those of the client with the most are evicted.</summary>
    public int Runs { get; set; } = 10_000;

    /// <summary>Bytes of each of these groups: requests, states and metrics.</summary>
    public long RunBytes { get; set; } = 16L << 30;

    /// <summary>Stored runs of one learner or client; beyond this, its own oldest that have ended are evicted.</summary>
    public int ClientRuns { get; set; } = 200;

    /// <summary>Bytes of them.</summary>
    public long ClientRunBytes { get; set; } = 2L << 30;

    /// <summary>Days after which runs that have ended are deleted.</summary>
    public double RetentionDays { get; set; } = 30;

    /// <summary>Connections that watch runs at a time.</summary>
    public int Watchers { get; set; } = 1000;

    /// <summary>
    /// Whether a run is continued on a processor with vectors of another width, which gives other bits; otherwise it waits for one of the same width.
    /// </summary>
    public bool AnyVectorWidth { get; set; }
}
