using Backprop.Domain.Suggestions;

namespace Backprop.Domain.Practice.StudySets;

/// <summary>What an item of a study set is.</summary>
public enum StudyMaterial
{
    /// <summary>A question that the service grades.</summary>
    Question,

    /// <summary>An interview question.</summary>
    Interview,

    /// <summary>An experiment.</summary>
    Experiment,

    /// <summary>A section of a lesson.</summary>
    Section,

    /// <summary>A takeaway of a lesson.</summary>
    Takeaway,
}

/// <summary>An item of a study set.</summary>
/// <param name="Number">Its number in the set, from 1.</param>
/// <param name="Part">The title of the part of the set that it belongs to.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Id">The id of the question or the name of the experiment; for a section or a takeaway the id of the lesson, a slash, and the id of
/// the section or the number of the takeaway.</param>
public sealed record StudyItem(int Number, string Part, StudyMaterial Kind, string Id)
{
    /// <summary>Its permanent name in the set, by which progress is stored: numbers change with the set.</summary>
    public string Key => $"{Kind}:{Id}";

    /// <summary>Whether it is a question of either kind.</summary>
    public bool IsQuestion => Kind is StudyMaterial.Question or StudyMaterial.Interview;
}

/// <summary>An ordered list of what to study.</summary>
/// <param name="Id">Its permanent name: lower-case words joined by hyphens.</param>
/// <param name="Title">Its title.</param>
/// <param name="Summary">What it is for, in a sentence or two.</param>
/// <param name="Items">Its items in order.</param>
public sealed record StudySet(string Id, string Title, string Summary, IReadOnlyList<StudyItem> Items)
{
    /// <summary>The ids of its questions in order.</summary>
    public IReadOnlyList<string> QuestionIds => [.. Items.Where(item => item.IsQuestion).Select(item => item.Id)];
}

/// <summary>The study sets.</summary>
/// <param name="sets">All of them, in the order in which they are listed.</param>
public sealed class StudySetCatalogue(IReadOnlyList<StudySet> sets)
{
    /// <summary>All of them.</summary>
    public IReadOnlyList<StudySet> All => sets;

    /// <summary>The study set of an id.</summary>
    /// <param name="id">The id.</param>
    /// <param name="error">The reason if there is none.</param>
    /// <exception cref="PracticeException">There is none.</exception>
    public StudySet Require(string id, PracticeError error = PracticeError.NotFound) => sets.FirstOrDefault(set => set.Id == id)
        ?? throw new PracticeException(error, new NameSuggestions(sets.Select(set => set.Id)).Message("No study set", id));
}
