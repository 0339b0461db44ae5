using Backprop.Client.Practice;
using Backprop.Domain.Practice.StudySets;

namespace Backprop.Api.Features.StudySets;

/// <summary>Maps study sets to the contract.</summary>
internal static class StudySetMapper
{
    public static StudySetSummary Summary(StudySet set) => new()
    {
        Id = set.Id,
        Title = set.Title,
        Summary = set.Summary,
        Items = set.Items.Count,
        Questions = set.QuestionIds.Count,
    };

    public static StudySetPage Page(StudySet set) =>
        new() { Id = set.Id, Title = set.Title, Summary = set.Summary, Items = [.. set.Items.Select(Item)] };

    public static StudySetItem Item(StudyItem item) => new()
    {
        Number = item.Number,
        Part = item.Part,
        Kind = (StudyItemKind)item.Kind,
        Id = item.Id,
        Path = item.Kind switch
        {
            StudyMaterial.Experiment => $"/experiments/{item.Id}",
            StudyMaterial.Section or StudyMaterial.Takeaway => $"/lessons/{item.Id.Split('/')[0]}",
            _ => $"/questions/{item.Id}",
        },
        Answer = item.Kind switch
        {
            StudyMaterial.Question => $"/learners/me/reviews/{item.Id}",
            StudyMaterial.Interview => "/interviews",
            StudyMaterial.Experiment => $"/experiments/{item.Id}",
            _ => null,
        },
    };
}
