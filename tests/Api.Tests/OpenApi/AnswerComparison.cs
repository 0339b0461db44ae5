using System.Text.Json.Nodes;

namespace Backprop.Api.Tests.OpenApi;

/// <summary>Compares answers with recorded ones: everything must be the same, except what differs from run to run.</summary>
internal static class AnswerComparison
{
    // Operations and examples whose answers are drawn, measured throughout, or describe the machine; they only have to fit their schema.
    private static readonly HashSet<string> Free =
    [
        "AnswerDailyQuestion", "Devices", "DrawTrivia", "GetDailyQuestion", "GetRandomQuestion", "A graph, really run", "StartTrainingRun",
        "GetTrainingRun", "PauseTrainingRun", "ResumeTrainingRun", "CancelTrainingRun", "GetTrainingMetrics", "GetTrainingParameters",

        // Their last digits depend on the width of the vectors.
        "RunCheckpointing", "RunExplodingGradients", "RunFiniteDifferences", "RunForgottenZeroGrad", "RunForwardOrReverse", "RunGates", "RunLearningRate",
        "RunLowPrecision", "RunNoClipping", "RunOverwrittenFanOut", "RunStableSoftmax", "RunVanishingGradients",
    ];

    // Members that are random, a time, or measured: only the kind of value is compared.
    private static readonly HashSet<string> Varying =
    [
        "email", "accessToken", "refreshToken", "sharedKey", "token", "createdAt", "expiresAt", "startedAt", "exportedAt", "answeredAt", "reportedAt",
        "updatedAt", "doneAt", "seconds", "due", "lastReview", "runMs", "backpropMs", "finiteDifferenceMs", "speedup",
    ];

    /// <summary>The paths at which answers differ from the recorded ones.</summary>
    /// <param name="recorded">The recorded answers.</param>
    /// <param name="answers">The answers now.</param>
    public static IEnumerable<string> Differences(JsonNode? recorded, JsonNode? answers) => Compare(recorded, answers, "", "");

    private static IEnumerable<string> Compare(JsonNode? recorded, JsonNode? answer, string path, string member) => (recorded, answer) switch
    {
        ({ }, { }) when Free.Contains(member) => [],
        (JsonObject one, JsonObject other) =>
            one.Select(entry => entry.Key).Union(other.Select(entry => entry.Key)).SelectMany(name => Compare(one[name], other[name], $"{path}/{name}", name)),
        (JsonArray one, JsonArray other) when one.Count == other.Count =>
            one.Zip(other).SelectMany((pair, i) => Compare(pair.First, pair.Second, $"{path}/{i}", member)),
        (JsonValue one, JsonValue other) when Varying.Contains(member) || IsRandomId(member, one) => one.GetValueKind() == other.GetValueKind() ? [] : [path],
        _ => JsonNode.DeepEquals(recorded, answer) ? [] : [$"{path}: {recorded?.ToJsonString()} was {answer?.ToJsonString()}"],
    };

    // The id of a graph is a hash, and longer.
    private static bool IsRandomId(string member, JsonValue value) => member == "id" && Guid.TryParse(value.ToString(), out _);
}
