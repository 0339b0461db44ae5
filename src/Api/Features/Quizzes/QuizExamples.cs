namespace Backprop.Api.Features.Quizzes;

/// <summary>Request bodies that can be sent unchanged, one after another; the tests send each of them.</summary>
internal static class QuizExamples
{
    /// <summary>An id in the service's form; replace it with the id that POST returned.</summary>
    public const string Id = "6f1c0a52e8b94d3f9a7be0c15d24f863";

    public const string Key = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

    public const string Mixed = """{ "filters": { "difficulty": ["medium"] }, "count": 5, "seed": 42, "timeLimitSeconds": 600 }""";

    public const string Numbers = """{ "filters": { "topic": ["backpropagation"], "kind": ["numeric"] }, "count": 3, "seed": 7 }""";

    public const string Derivation = """{ "filters": { "kind": ["derivation"], "topic": ["backpropagation"] }, "count": 1, "seed": 1 }""";

    public const string Company = """{ "filters": { "company": ["Google"], "difficulty": ["medium"] }, "seed": 3 }""";

    public const string StudySet = """{ "studySet": "backpropagation-lesson", "tries": 3, "seed": 1, "hide": ["difficulty"] }""";

    public const string Ids =
        """{ "filters": { "id": ["why-backpropagation-is-linear", "largest-of-three-gradients"] }, "count": 2, "seed": 2 }""";

    public const string Words = """{ "item": 1, "answer": "One backward pass reuses each intermediate adjoint." }""";

    public const string Answer = """{ "item": 2, "answer": "-24" }""";

    public const string Drawn =
        """{ "filters": { "company": ["Google", "Anthropic"], "companyMatch": "all", "difficulty": ["medium"] }, "seed": 3 }""";

    public const string Named = """{ "questionId": "why-backpropagation-is-linear" }""";

    public const string OwnAnswer =
        """{ "answer": "One backward pass reuses each intermediate adjoint, so it costs a small multiple of the forward pass." }""";

    public const string Marks = """{ "named": ["cost-follows-operations", "adjoint-reuse"] }""";
}
