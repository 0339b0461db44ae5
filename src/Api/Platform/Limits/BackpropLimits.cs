namespace Backprop.Api.Platform.Limits;

/// <summary>The limits of one request, from configuration section <c>Limits</c>.</summary>
internal sealed class BackpropLimits
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Limits";

    /// <summary>
    /// Nodes of a graph; those with many operands count as several. The graph of an answer may have four times as many. Also the items of one list in
    /// a body.
    /// </summary>
    public long MaxNodes { get; set; } = 1_000_000;

    /// <summary>Elements of all values together: the submitted ones and those that the computation holds.</summary>
    public long MaxElements { get; set; } = 1L << 28;

    /// <summary>Elements of all values in one answer.</summary>
    public long MaxAnswerElements { get; set; } = 1L << 26;

    /// <summary>Floating-point operations of one request.</summary>
    public double MaxFlops { get; set; } = 1e13;

    /// <summary>The same on ILGPU's device emulation, which executes a few million per second; moved elements count as well.</summary>
    public double MaxEmulatedFlops { get; set; } = 1e8;

    /// <summary>Bytes of a body that holds a graph, values or a set of questions, after decompression.</summary>
    public long MaxBodyBytes { get; set; } = 256L << 20;

    /// <summary>Bytes of a body that holds one question, after decompression.</summary>
    public long MaxQuestionBytes { get; set; } = 1L << 20;

    /// <summary>Bytes of any other body, such as an answer or a sign-in, after decompression.</summary>
    public long MaxShortBodyBytes { get; set; } = 64L << 10;

    /// <summary>Connections open at a time.</summary>
    public long Connections { get; set; } = 10_000;

    /// <summary>Seconds in which a body must arrive and a response be read; 240 bytes per second always suffice.</summary>
    public double TransferSeconds { get; set; } = 60;

    /// <summary>Seconds that one request may compute.</summary>
    public double Seconds { get; set; } = 60;

    /// <summary>
    /// Registered graphs; a graph that several clients registered counts once for each. Beyond this, those of the client with the most are evicted.
    /// </summary>
    public int RegisteredGraphs { get; set; } = 10_000;

    /// <summary>Compressed bytes of the registered graphs.</summary>
    public long RegisteredGraphBytes { get; set; } = 2L << 30;

    /// <summary>Graphs that one client may register; beyond this, its least recently used ones are evicted.</summary>
    public int ClientGraphs { get; set; } = 1000;

    /// <summary>Compressed bytes of the graphs of one client.</summary>
    public long ClientGraphBytes { get; set; } = 128L << 20;

    /// <summary>Compressed bytes of one registered graph.</summary>
    public long GraphBytes { get; set; } = 32L << 20;

    /// <summary>Aliases that one client may give one graph.</summary>
    public int GraphAliases { get; set; } = 8;

    /// <summary>Questions that are not retired.</summary>
    public int Questions { get; set; } = 200_000;

    /// <summary>
    /// Stored quizzes of learners, as many anonymous ones, and as many interviews of each. Beyond this, those of the client with the most are
    /// evicted.
    /// </summary>
    public int Quizzes { get; set; } = 100_000;

    /// <summary>Bytes of each of these groups.</summary>
    public long QuizBytes { get; set; } = 2L << 30;

    /// <summary>Stored quizzes of one learner or client, and interviews; beyond this, its own are evicted, finished ones first.</summary>
    public int ClientQuizzes { get; set; } = 1000;

    /// <summary>Bytes of each of these groups.</summary>
    public long ClientQuizBytes { get; set; } = 64L << 20;

    /// <summary>Days after which anonymous quizzes and interviews are deleted.</summary>
    public int AnonymousQuizDays { get; set; } = 30;

    /// <summary>Questions that one learner may star or make a note on.</summary>
    public int LearnerNotes { get; set; } = 2000;

    /// <summary>Reports of errors in questions that are kept until they are deleted.</summary>
    public int QuestionReports { get; set; } = 10_000;

    /// <summary>Those of one learner or client.</summary>
    public int ClientQuestionReports { get; set; } = 50;

    /// <summary>Nodes that a diagram may show.</summary>
    public int DiagramNodes { get; set; } = 500;

    /// <summary>Nodes that a walk-through may cover.</summary>
    public int TraceNodes { get; set; } = 100_000;

    /// <summary>Cells, of 8 bytes each, of the table for planning checkpoints of unequal layers; the default allows 249 layers.</summary>
    public long PlanCells { get; set; } = 2_000_000;

    /// <summary>Requests that compute at a time; one per core by default. As many again may continue after computing for a second.</summary>
    public int Concurrency { get; set; } = Environment.ProcessorCount;

    /// <summary>Requests that may wait for a permit to compute.</summary>
    public int QueueLength { get; set; } = 64;

    /// <summary>Seconds that a request may be expected to wait for a permit; if it is longer, the request is rejected at once (429).</summary>
    public double QueueSeconds { get; set; } = 2;

    /// <summary>Approximate bytes of memory that the service may use; by default three quarters of what the process has.</summary>
    public long MemoryBytes { get; set; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3;
}
