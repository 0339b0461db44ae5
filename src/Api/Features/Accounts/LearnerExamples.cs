namespace Backprop.Api.Features.Accounts;

/// <summary>Request bodies that can be sent unchanged with these credentials; the tests send each of them.</summary>
internal static class LearnerExamples
{
    public const string Credentials = """{ "email": "ada@example.org", "password": "a long walk by the sea" }""";

    /// <summary>Replace it with the refresh token returned by signing in.</summary>
    public const string Refresh = """{ "refreshToken": "CfDJ8…" }""";

    public const string PasswordChange = """{ "oldPassword": "a long walk by the sea", "newPassword": "a longer walk by the sea" }""";

    public const string TwoFactor = "{}";

    public const string QuestionId = "largest-of-three-gradients";

    public const string Answer = """{ "answer": "-24" }""";

    public const string Rating = """{ "rating": "good" }""";

    public const string Note = """{ "starred": true, "note": "∂L/∂a = 2e·b: the larger factor is b." }""";

    public const string StudySet = "backpropagation-lesson";

    /// <summary>Fits a question with choices; for any other, replace it with an answer of the kind it asks for.</summary>
    public const string Daily = """{ "answer": "a" }""";
}
