namespace Backprop.Api.Platform.Limits;

/// <summary>What one request may ask for, from configuration section <c>Limits</c>.</summary>
public sealed class BackpropLimits
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Limits";

    /// <summary>
    /// Nodes of a graph, those of many operands counted as several; the graph of an answer may have four times as many. Also the items of one list
    /// in a body.
    /// </summary>
    public long MaxNodes { get; set; } = 1_000_000;

    /// <summary>Elements of all values together: those sent, and those that the computation holds.</summary>
    public long MaxElements { get; set; } = 1L << 28;

    /// <summary>Elements of all values in one answer.</summary>
    public long MaxAnswerElements { get; set; } = 1L << 26;

    /// <summary>Floating-point operations of one request.</summary>
    public double MaxFlops { get; set; } = 1e13;

    /// <summary>The same on ILGPU's emulation of a device, which does some millions a second; moved elements count as well.</summary>
    public double MaxEmulatedFlops { get; set; } = 1e8;

    /// <summary>Bytes of a body that holds a graph, values or a set of questions, after decompression.</summary>
    public long MaxBodyBytes { get; set; } = 256L << 20;

    /// <summary>Bytes of a body that holds one question, after decompression.</summary>
    public long MaxQuestionBytes { get; set; } = 1L << 20;

    /// <summary>Bytes of any other body, such as an answer or a sign-in, after decompression.</summary>
    public long MaxShortBodyBytes { get; set; } = 64L << 10;

    /// <summary>Connections that may be open at a time.</summary>
    public long Connections { get; set; } = 10_000;

    /// <summary>Seconds in which a body must arrive, and an answer must be read; 240 bytes per second are fast enough for either.</summary>
    public double TransferSeconds { get; set; } = 60;

    /// <summary>Seconds that one request may compute.</summary>
    public double Seconds { get; set; } = 60;

    /// <summary>
    /// Graphs that are registered; a graph that several clients registered counts for each. Past them those of the client with the
    /// most are evicted.
    /// </summary>
    public int RegisteredGraphs { get; set; } = 10_000;

    /// <summary>Bytes that they take, compressed.</summary>
    public long RegisteredGraphBytes { get; set; } = 2L << 30;

    /// <summary>Graphs that one client may register; past them its own are evicted, the one used longest ago first.</summary>
    public int ClientGraphs { get; set; } = 1000;

    /// <summary>Bytes that they may take, compressed.</summary>
    public long ClientGraphBytes { get; set; } = 128L << 20;

    /// <summary>Bytes that one registered graph may take, compressed.</summary>
    public long GraphBytes { get; set; } = 32L << 20;

    /// <summary>Aliases that one client may give one graph.</summary>
    public int GraphAliases { get; set; } = 8;

    /// <summary>Questions that may be given out.</summary>
    public int Questions { get; set; } = 200_000;

    /// <summary>
    /// Quizzes of learners that are kept, as many of others, and as many interviews of each. Past them those of the client with the
    /// most are evicted.
    /// </summary>
    public int Quizzes { get; set; } = 100_000;

    /// <summary>Bytes that each of these may take.</summary>
    public long QuizBytes { get; set; } = 2L << 30;

    /// <summary>Quizzes of one learner or client that are kept, and interviews; past them its own are evicted, finished ones first.</summary>
    public int ClientQuizzes { get; set; } = 1000;

    /// <summary>Bytes that each of these may take.</summary>
    public long ClientQuizBytes { get; set; } = 64L << 20;

    /// <summary>Days after which quizzes and interviews of nobody are deleted.</summary>
    public int AnonymousQuizDays { get; set; } = 30;

    /// <summary>Nodes that a diagram may show.</summary>
    public int DiagramNodes { get; set; } = 500;

    /// <summary>Nodes that a walk-through may tell of.</summary>
    public int TraceNodes { get; set; } = 100_000;

    /// <summary>Cells of the table by which checkpoints for unequal layers are planned, of 8 bytes each; by default 249 such layers.</summary>
    public long PlanCells { get; set; } = 2_000_000;

    /// <summary>Requests that compute at a time; the cores by default. As many again go on once they have taken a second.</summary>
    public int Concurrency { get; set; } = Environment.ProcessorCount;

    /// <summary>Requests that may wait for a permit to compute.</summary>
    public int QueueLength { get; set; } = 64;

    /// <summary>Seconds that a request may be expected to wait for a permit; if it would be longer, it is rejected at once (429).</summary>
    public double QueueSeconds { get; set; } = 2;

    /// <summary>About the bytes of memory that the service may use; three quarters of what the process has by default.</summary>
    public long MemoryBytes { get; set; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3;
}
