using System.Globalization;
using System.Security.Cryptography;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Templates;
using Backprop.Infrastructure.Practice;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Practice;

public sealed class TemplateTests
{
    private const int Seeds = 500;

    // Lines of a question's id and the SHA-256 of the draws of its first 500 seeds, as JSON. Another process, machine or release must draw the same:
    // a line changes only if the question or its template was changed on purpose.
    private static readonly Dictionary<string, string> Hashes = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Practice", "variants.txt"))
        .Select(line => line.Split(' ')).ToDictionary(parts => parts[0], parts => parts[1]);

    public static TheoryData<string> Patterns => [.. Practising.Bank.Where(question => question.Template is not null).Select(question => question.Id)];

    [Fact]
    public void Every_template_has_its_question() => TemplateTable.All.Select(row => row.Name)
        .Except(Practising.Bank.Select(question => question.Template?.Name).OfType<string>()).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Patterns))]
    public void The_key_is_right_and_every_distractor_is_not(string id)
    {
        Question pattern = Practising.Find(id);
        for (int seed = 0; seed < Seeds; seed++)
        {
            Question drawn = Practising.Drawer.Draw(pattern, seed);
            QuestionRules.Check(drawn, new HashSet<string> { drawn.Topic }).ShouldBeEmpty($"seed {seed}: {drawn.Prompt}");
            Score(drawn, Right(drawn)).ShouldBe(1, $"seed {seed}: {drawn.Prompt}");
            SubmittedAnswer[] wrong = [.. Wrong(drawn)];
            wrong.ShouldNotBeEmpty();
            wrong.ShouldAllBe(answer => Score(drawn, answer) < 1, $"seed {seed}: {drawn.Prompt}");
            Practising.Grading.Grade(drawn, "banana").ShouldBeOfType<Unreadable>();
        }
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public void A_seed_draws_the_same_in_every_process_and_culture(string id)
    {
        Question pattern = Practising.Find(id);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (other.NumberFormat.NumberDecimalSeparator, other.NumberFormat.NegativeSign) = (",", "~");
            CultureInfo.CurrentCulture = other;
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            for (int seed = 0; seed < Seeds; seed++)
            {
                hash.AppendData(QuestionJson.Write(Practising.Drawer.Draw(pattern, seed)));
            }

            string found = Convert.ToHexStringLower(hash.GetHashAndReset());
            found.ShouldBe(Hashes.GetValueOrDefault(id), $"{id} {found}");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Seeds_draw_different_questions(string id)
    {
        Question pattern = Practising.Find(id);
        Enumerable.Range(0, 50).Select(seed => Practising.Drawer.Draw(pattern, seed)).DistinctBy(Shown).Count().ShouldBeGreaterThan(7);
    }

    public static TheoryData<string, Template> Unsound => new()
    {
        { "template.name", new Template("frobnicate", new Dictionary<string, ParameterRange>()) },
        { "kind", new Template("relu-is-dead", new Dictionary<string, ParameterRange>()) },
        { "template.parameters.width", With("width", new ParameterRange { From = 1, To = 2 }) },
        { "template.parameters.layers", With("layers", new ParameterRange { From = 12, To = 1e9 }) },
        { "template.parameters.layers", With("layers", new ParameterRange { From = 12, To = 20, Step = 0.5 }) },
        { "template.parameters.layers", With("layers", new ParameterRange { Values = [24.5] }) },
        { "template.parameters.layers", With("layers", new ParameterRange { From = 12 }) },
        { "template.parameters.layers", With("layers", new ParameterRange { Values = [double.NaN] }) },
        { "template.parameters.layers", With("layers", new ParameterRange { From = 20, To = 12 }) },
        { "template.parameters.layers", With("layers", new ParameterRange { Values = [] }) },
        { "template.parameters", new Template("checkpoint-memory", new Dictionary<string, ParameterRange> { ["layers"] = new() { Values = [12] }, ["boundaries"] = new() { Values = [12] } }) },
    };

    [Theory]
    [MemberData(nameof(Unsound))]
    public void A_pattern_that_cannot_be_drawn_says_where(string path, Template template) =>
        Should.Throw<TemplateException>(() => Practising.Drawer.Draw(Practising.Find("checkpoint-memory") with { Template = template }, 0)).Path.ShouldBe(path);

    [Fact]
    public void A_pattern_may_narrow_the_ranges()
    {
        Question drawn = Practising.Drawer.Draw(Practising.Find("checkpoint-memory") with { Template = With("layers", new ParameterRange { Values = [64] }) }, 0);
        drawn.Prompt.ShouldContain("64 equal layers");
    }

    [Fact]
    public void A_placeholder_that_names_nothing_is_told() => Should.Throw<TemplateException>(
        () => Practising.Drawer.Draw(Practising.Find("checkpoint-memory") with { Explanation = "{{nothing}}" }, 0)).Path.ShouldBe("explanation");

    private static Template With(string name, ParameterRange range) => new("checkpoint-memory", new Dictionary<string, ParameterRange> { [name] = range });

    private static string Shown(Question drawn) =>
        string.Join('\n', [drawn.Prompt, drawn.Figure?.Expression ?? string.Empty, .. (drawn.Figure?.Inputs ?? new Dictionary<string, double>()).Select(input => $"{input.Key}={input.Value}")]);

    private static double Score(Question question, SubmittedAnswer answer) => Practising.Grading.Grade(question, answer).ShouldBeOfType<Graded>().Score;

    private static SubmittedAnswer Right(Question drawn) => drawn.Kind switch
    {
        QuestionFormat.Numeric => Written(drawn.Numeric!, drawn.Numeric!.Value!.Value),
        QuestionFormat.Expression => drawn.Expression!.Formula!,
        QuestionFormat.TrueFalse => drawn.Truth!.Value!.Value.ToString(),
        QuestionFormat.MultipleChoice => drawn.Choices!.Single(choice => choice.Correct).Text,
        _ => new SubmittedAnswer([.. drawn.Choices!.Where(choice => choice.Correct).Select(choice => choice.Text)], true),
    };

    private static IEnumerable<SubmittedAnswer> Wrong(Question drawn) => drawn.Kind switch
    {
        QuestionFormat.Numeric => drawn.Numeric!.Mistakes.Select(mistake => Written(drawn.Numeric, mistake.Value)),
        QuestionFormat.Expression => drawn.Expression!.Mistakes.Select(mistake => (SubmittedAnswer)mistake.Formula),
        QuestionFormat.TrueFalse => [(!drawn.Truth!.Value!.Value).ToString()],
        QuestionFormat.MultipleChoice => drawn.Choices!.Where(choice => !choice.Correct).Select(choice => (SubmittedAnswer)choice.Text),

        // All right ones, with one ticked or unticked.
        _ => drawn.Choices!.Select(flipped => new SubmittedAnswer([.. drawn.Choices!.Where(choice => choice.Correct != (choice == flipped)).Select(choice => choice.Text)], true)),
    };

    private static SubmittedAnswer Written(NumericKey key, double value) => $"{value.ToString("R", CultureInfo.InvariantCulture)} {key.Unit}";
}
