namespace Backprop.Questions;

/// <summary>A kind of request: its name, its maximum median time, and its addresses by number.</summary>
internal sealed record Case(string Name, double TargetMs, Func<int, string> Uri)
{
    private const double List = 20;
    private const double Facets = 50;

    private static readonly string[] Difficulties = ["easy", "medium", "hard"];
    private static readonly string[] Sorts = ["oldest", "newest", "easiest", "hardest"];

    public static Case[] All { get; } =
    [
        new("difficulty", List, i => $"/questions?difficulty={Difficulties[i % 3]}&sort={Sorts[i % 4]}"),
        new("topic", List, i => $"/questions?topic={SyntheticQuestions.Topic(i % 20)}&sort={Sorts[i % 4]}"),
        new("kind and difficulty", List, i => $"/questions?kind=numeric&difficulty={Difficulties[i % 3]}&sort={Sorts[i % 4]}"),
        new("topic, kind, difficulty", List, i => $"/questions?topic={SyntheticQuestions.Topic(i % 20)}&kind=multiSelect&difficulty={Difficulties[i % 3]}"),
        new("company", List, i => $"/questions?company=Company%20{i % 20}&sort={Sorts[i % 4]}"),
        new("any of two companies", List, i => $"/questions?company=Company%20{i % 20}&company=Company%20{(i + 7) % 20}&sort={Sorts[i % 4]}"),
        new("all of two companies", List, i => $"/questions?company=Company%20{i % 20}&company=Company%20{(i + 7) % 20}&companyMatch=all"),
        new("company and difficulty", List, i => $"/questions?company=Company%20{i % 20}&difficulty={Difficulties[i % 3]}&sort={Sorts[i % 4]}"),
        new("a word of one in 100 questions", List, i => $"/questions?q={SyntheticQuestions.Word(300 + (i % 100))}"),
        new("a word of one in 10 questions", List, i => $"/questions?q={SyntheticQuestions.Word(35 + (i % 10))}"),
        new("two words", List, i => $"/questions?q={SyntheticQuestions.Word(20 + (i % 50))}%20{SyntheticQuestions.Word(100 + (i % 50))}"),
        new("a word and a difficulty", List, i => $"/questions?q={SyntheticQuestions.Word(100 + (i % 100))}&difficulty={Difficulties[i % 3]}"),
        new("no filter", List, i => $"/questions?sort={Sorts[i % 4]}"),
        new("facets", Facets, _ => "/questions/facets"),
        new("facets by difficulty", Facets, i => $"/questions/facets?difficulty={Difficulties[i % 3]}"),
        new("facets by topic", Facets, i => $"/questions/facets?topic={SyntheticQuestions.Topic(i % 20)}"),
        new("facets by company", Facets, i => $"/questions/facets?company=Company%20{i % 20}"),
        new("facets by a word of one in 10 questions", Facets, i => $"/questions/facets?q={SyntheticQuestions.Word(35 + (i % 10))}"),
        new("facets by a word and a difficulty", Facets, i => $"/questions/facets?q={SyntheticQuestions.Word(100 + (i % 100))}&difficulty={Difficulties[i % 3]}"),
    ];
}
