using Backprop.Compute.Experiments;
using Backprop.Domain.Practice.Lessons;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.StudySets;
using Backprop.Infrastructure.Practice;
using Backprop.Infrastructure.Practice.Lessons;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Practice;

public sealed class StudySetContentTests
{
    private static readonly StudySetCatalogue Sets = StudySetContent.Read();

    public static TheoryData<string> Ids => [.. Sets.All.Select(set => set.Id)];

    [Fact]
    public void There_are_at_least_three() => Sets.All.Select(set => set.Id).Distinct().Count().ShouldBeGreaterThanOrEqualTo(3);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Everything_in_a_set_exists_once(string id)
    {
        StudySet set = Sets.Require(id);
        set.Items.Select(item => item.Number).ShouldBe(Enumerable.Range(1, set.Items.Count));
        set.Items.Select(item => item.Key).Distinct().Count().ShouldBe(set.Items.Count);
        foreach (StudyItem item in set.Items)
        {
            switch (item.Kind)
            {
                case StudyMaterial.Question:
                    Practising.Find(item.Id).Kind.ShouldNotBe(QuestionFormat.Interview, item.Id);
                    Practising.Find(item.Id).Open.ShouldBeFalse(item.Id);
                    break;
                case StudyMaterial.Interview:
                    Practising.Find(item.Id).Kind.ShouldBe(QuestionFormat.Interview, item.Id);
                    break;
                case StudyMaterial.Experiment:
                    ExperimentCatalogue.All.Select(experiment => experiment.Name).ShouldContain(item.Id);
                    break;
                default:
                    string[] path = item.Id.Split('/');
                    Lesson lesson = LessonContent.Find(path[0]).ShouldNotBeNull(item.Id);
                    (item.Kind == StudyMaterial.Section ? lesson.Sections.Select(section => section.Id)
                        : Enumerable.Range(1, lesson.Takeaways.Count).Select(number => $"{number}")).ShouldContain(path[1]);
                    break;
            }
        }
    }

    [Fact]
    public void The_lesson_has_its_questions_experiments_and_takeaways()
    {
        StudySet lesson = Sets.Require("backpropagation-lesson");
        Question[] tagged = [.. Practising.Bank.Where(question => question.Keywords.Contains("lesson"))];
        lesson.QuestionIds.Order().ShouldBe(tagged.Select(question => question.Id).Order());
        lesson.Items.Count(item => item.Kind == StudyMaterial.Interview).ShouldBe(5);
        lesson.Items.Count(item => item.Kind == StudyMaterial.Question).ShouldBe(12);
        lesson.Items.Count(item => item.Kind == StudyMaterial.Takeaway).ShouldBe(5);
        lesson.Items.Count(item => item.Kind == StudyMaterial.Experiment).ShouldBe(12);
    }
}
