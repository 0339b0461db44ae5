using Backprop.Api.Platform.Problems;
using Backprop.Domain.Practice;

namespace Backprop.Api.Platform.Errors;

/// <summary>Maps refusals of practice to problems: the status, and the member of the request at fault.</summary>
internal static class PracticeProblems
{
    /// <summary>The problem of a refusal.</summary>
    /// <param name="refusal">The refusal.</param>
    /// <param name="context">The request.</param>
    public static Problem From(PracticeException refusal, HttpContext context) => refusal.Error switch
    {
        PracticeError.NotFound => new Problem(404, refusal.Message),
        PracticeError.UnknownTopic => Problem.At(422, Filter("topic", context, refusal.Index), Listed(refusal)),
        PracticeError.UnknownCompany => Problem.At(422, Filter("company", context, refusal.Index), Listed(refusal)),
        PracticeError.UnknownTag => Problem.At(422, Filter("tag", context, refusal.Index), Listed(refusal)),
        PracticeError.UnknownQuestion => Problem.At(422, Filter("id", context, refusal.Index), refusal.Message),
        PracticeError.NoMatch => Problem.At(422, "filters", refusal.Message),
        PracticeError.TooFewMatches => Problem.At(422, "count", refusal.Message),
        PracticeError.UnknownItem => Problem.At(422, "item", refusal.Message),
        PracticeError.ItemAnswered => Problem.At(409, "item", refusal.Message),
        PracticeError.QuizExpired => Problem.At(409, "", refusal.Message),
        PracticeError.ItemNotAnswered => new Problem(409, refusal.Message),
        PracticeError.NotSelfMarked => new Problem(409, refusal.Message),
        PracticeError.NoSibling => new Problem(409, refusal.Message),
        PracticeError.QuizFull => new Problem(409, refusal.Message),
        PracticeError.UnknownStudySet => Problem.At(422, "studySet", $"{refusal.Message} GET /study-sets lists them."),
        PracticeError.KeyReused => Problem.At(422, "", refusal.Message),
        PracticeError.UngradableAnswer => Problem.At(422, "answer", refusal.Message),
        PracticeError.UnknownInterviewQuestion => Problem.At(422, "questionId", refusal.Message),
        PracticeError.NoHint => new Problem(409, refusal.Message),
        PracticeError.RubricHidden => new Problem(409, refusal.Message + " POST /interviews/{id}/answer reveals it."),
        PracticeError.AnswerRevealed => Problem.At(409, "answer", refusal.Message),
        PracticeError.InvalidFact => Problem.At(422, $"named[{refusal.Index}]", refusal.Message),
        PracticeError.ReviewOutOfTurn => Problem.At(409, "review", refusal.Message),
        PracticeError.OtherDay => Problem.At(409, "date", refusal.Message),
        _ => throw new InvalidOperationException($"No problem for {refusal.Error}."),
    };

    private static string Listed(PracticeException refusal) => $"{refusal.Message} GET /questions/facets lists those with questions.";

    // Filters are parameters of a query, or members of a body, where companies are a list.
    private static string Filter(string name, HttpContext context, int? index) => HttpMethods.IsGet(context.Request.Method) ? name
        : index is { } at ? $"filters.{name}[{at}]" : $"filters.{name}";
}
