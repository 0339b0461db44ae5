using System.Text.RegularExpressions;
using Backprop.Domain.Suggestions;

namespace Backprop.Domain.Practice.Questions;

/// <summary>The rules for a set of questions.</summary>
public static partial class QuestionRules
{
    private const int MaxHints = 10;
    private const int MaxLabels = 50;

    /// <summary>Words that have the position of an id in URL paths.</summary>
    private static readonly string[] Reserved = ["facets", "import", "export", "daily", "random", "reports"];

    /// <summary>Everything that is wrong with a set; empty if it may be used.</summary>
    /// <param name="set">The set.</param>
    /// <param name="knownTopics">Ids of existing topics to which its questions may belong, in addition to its own.</param>
    public static IReadOnlyList<QuestionFault> Check(QuestionSet set, IReadOnlySet<string>? knownTopics = null)
    {
        var faults = new FaultList();
        foreach ((int index, Topic topic) in set.Topics.Index())
        {
            faults.Slug(topic.Id, $"topics[{index}].id");
            faults.Text(topic.Name, $"topics[{index}].name", FaultList.MaxName);
        }

        faults.Distinct(set.Topics.Select(topic => topic.Id), index => $"topics[{index}].id", StringComparer.Ordinal);
        faults.Distinct(set.Questions.Select(question => question.Id), index => $"questions[{index}].id", StringComparer.Ordinal);
        HashSet<string> topics = [.. set.Topics.Select(topic => topic.Id), .. knownTopics ?? new HashSet<string>()];
        foreach ((int index, Question question) in set.Questions.Index())
        {
            Check(question, $"questions[{index}].", topics, faults);
        }

        return faults.Found;
    }

    /// <summary>Everything that is wrong with a single question; paths begin at the question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="knownTopics">Ids of topics that it may belong to.</param>
    public static IReadOnlyList<QuestionFault> Check(Question question, IReadOnlySet<string> knownTopics)
    {
        var faults = new FaultList();
        Check(question, "", knownTopics, faults);
        return faults.Found;
    }

    private static void Check(Question question, string path, IReadOnlySet<string> topics, FaultList faults)
    {
        faults.Slug(question.Id, $"{path}id");
        faults.Demand(!Reserved.Contains(question.Id), $"{path}id", $"'{question.Id}' is reserved in paths.");
        faults.Demand(topics.Contains(question.Topic), $"{path}topic", new NameSuggestions(topics).Message("There is no topic", question.Topic));
        faults.Text(question.Title, $"{path}title", FaultList.MaxName);
        faults.Demand(!question.Title.Contains('\n'), $"{path}title", "A title must be a single line.");
        faults.Text(question.Prompt, $"{path}prompt");
        faults.Text(question.Explanation, $"{path}explanation");
        if (question.Group is { } group)
        {
            faults.Slug(group, $"{path}group");
        }

        CheckLists(question, path, faults);
        CheckSources(question, path, faults);
        faults.Demand(
            !question.Open || question.Kind is QuestionFormat.MultipleChoice or QuestionFormat.TrueFalse,
            $"{path}open", "Only multipleChoice and trueFalse questions may be open.");
        KeyRules.Check(question, path, faults);
        TemplateRules.Check(question, path, faults);
    }

    private static void CheckLists(Question question, string path, FaultList faults)
    {
        faults.Demand(question.Hints.Count <= MaxHints, $"{path}hints", $"There are {question.Hints.Count} hints; at most {MaxHints} are allowed.");
        foreach ((int index, string hint) in question.Hints.Index())
        {
            faults.Text(hint, $"{path}hints[{index}]");
        }

        faults.Distinct(question.Hints, index => $"{path}hints[{index}]", StringComparer.Ordinal);

        faults.Demand(question.Tags.Count <= MaxLabels, $"{path}tags", $"There are {question.Tags.Count} tags; at most {MaxLabels} are allowed.");
        foreach ((int index, string tag) in question.Tags.Index())
        {
            faults.Slug(tag, $"{path}tags[{index}]");
        }

        faults.Distinct(question.Tags, index => $"{path}tags[{index}]", StringComparer.Ordinal);

        faults.Demand(question.Keywords.Count <= MaxLabels, $"{path}keywords",
            $"There are {question.Keywords.Count} keywords; at most {MaxLabels} are allowed.");
        foreach ((int index, string keyword) in question.Keywords.Index())
        {
            faults.Text(keyword, $"{path}keywords[{index}]", FaultList.MaxName);
        }

        if (question.Figure is { } figure)
        {
            faults.Text(figure.Expression, $"{path}figure.expression");
            foreach ((string name, double value) in figure.Inputs)
            {
                faults.Demand(double.IsFinite(value), $"{path}figure.inputs.{name}", "The value is not finite.");
            }
        }
    }

    private static void CheckSources(Question question, string path, FaultList faults)
    {
        faults.Demand(question.Companies.Count <= MaxLabels, $"{path}companies",
            $"There are {question.Companies.Count} companies; at most {MaxLabels} are allowed.");
        foreach ((int index, CompanyTag company) in question.Companies.Index())
        {
            faults.Text(company.Name, $"{path}companies[{index}].name", FaultList.MaxName);
            faults.Demand(company.Name.Trim() == company.Name, $"{path}companies[{index}].name", "A name must not begin or end with a space.");
            faults.Text(company.Source, $"{path}companies[{index}].source");
        }

        faults.Distinct(question.Companies.Select(company => company.Name), index => $"{path}companies[{index}].name",
            StringComparer.OrdinalIgnoreCase);
        faults.Demand(question.Citations.Count > 0, $"{path}citations", "An explanation must cite at least one source.");
        foreach ((int index, Citation citation) in question.Citations.Index())
        {
            string at = $"{path}citations[{index}]";
            faults.Text(citation.Authors, $"{at}.authors");
            faults.Text(citation.Title, $"{at}.title");
            faults.Demand(citation.Year is >= 1600 and <= 2100, $"{at}.year", $"{citation.Year} is not a valid year of publication.");
            faults.Demand(citation.Url is null || Addresses().IsMatch(citation.Url), $"{at}.url", "The address is not an http or https address.");
            if (citation.Url is { } url)
            {
                faults.Text(url, $"{at}.url");
            }

            if (citation.Where is { } where)
            {
                faults.Text(where, $"{at}.where");
            }
        }
    }

    [GeneratedRegex(@"\Ahttps?://[^\s/<>""]+\.[^\s<>""]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Addresses();
}
