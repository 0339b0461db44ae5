using Backprop.Api.Features.Accounts;
using Backprop.Api.Platform.OpenApi;
using Backprop.Client.Practice;
using Backprop.Domain.Practice.StudySets;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Backprop.Api.Features.StudySets;

/// <summary>Study sets: ordered lists of questions, experiments and parts of lessons.</summary>
internal static class StudySetEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapStudySets(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/study-sets").WithTags("Practice");
        group.MapGet("", List).WithName("ListStudySets")
            .WithSummary("List the study sets")
            .WithDescription("Ordered lists of questions, experiments and parts of lessons. `GET /learners/me/study-sets` shows a learner's " +
                "progress.");
        group.MapGet("/{id}", Get).WithName("GetStudySet")
            .WithSummary("Get a study set")
            .WithDescription("Its items in order; `path` leads to each. `POST /quizzes` with `studySet` asks its questions.")
            .WithParameterExample("id", LearnerExamples.StudySet);
    }

    private static Ok<StudySetList> List(StudySetCatalogue sets) =>
        TypedResults.Ok(new StudySetList { Items = [.. sets.All.Select(StudySetMapper.Summary)] });

    private static Ok<StudySetPage> Get(string id, StudySetCatalogue sets) => TypedResults.Ok(StudySetMapper.Page(sets.Require(id)));
}
