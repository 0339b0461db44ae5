namespace Backprop.Api.Features.Learners;

/// <summary>Request bodies that can be sent as they stand by who is signed in with these credentials; the tests send every one.</summary>
internal static class LearnerExamples
{
    public const string Credentials = """{ "email": "ada@example.org", "password": "a long walk by the sea" }""";

    /// <summary>The refresh token that signing in gave goes in this one's place.</summary>
    public const string Refresh = """{ "refreshToken": "CfDJ8…" }""";

    public const string PasswordChange = """{ "oldPassword": "a long walk by the sea", "newPassword": "a longer walk by the sea" }""";

    public const string TwoFactor = "{}";

    public const string QuestionId = "largest-of-three-gradients";

    public const string Answer = """{ "answer": "-24" }""";

    public const string Rating = """{ "rating": "good" }""";

    /// <summary>Fits a question with choices; where there are none, what the day asks for goes in its place.</summary>
    public const string Daily = """{ "answer": "a" }""";
}
