using Backprop.Client.Lessons;
using Refit;

namespace Backprop.Client;

/// Lessons.
public partial interface IBackpropApi
{
    /// <summary>Lists the lessons.</summary>
    [Get("/lessons")]
    Task<LessonList> ListLessonsAsync(CancellationToken cancellationToken = default);

    /// <summary>Gets a lesson: text, formulas, requests, experiments, questions and further reading.</summary>
    [Get("/lessons/{id}")]
    Task<LessonPage> GetLessonAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Gets a lesson as one Markdown text.</summary>
    [Get("/lessons/{id}")]
    [Headers("Accept: text/markdown")]
    Task<string> GetLessonTextAsync(string id, CancellationToken cancellationToken = default);
}
