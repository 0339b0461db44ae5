using System.Security.Cryptography;
using System.Text;
using Backprop.Client.Learners;
using Backprop.Client.Practice;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Learners;

/// <summary>
/// After a learner is deleted, the bytes of the service's files contain nothing of it, including free pages and the write-ahead log.
/// </summary>
public sealed class DeletionTests(LearnerFixture api) : IClassFixture<LearnerFixture>
{
    private const int Learners = 40;

    [Fact]
    public async Task Nothing_of_a_deleted_learner_stays_in_the_files()
    {
        var gone = new List<string>();
        var kept = new List<string>();
        for (int i = 0; i < Learners; i++)
        {
            SignedIn learner = await api.SignUpAsync();
            string id = (await learner.Api.ExportLearnerAsync()).Account.Id;
            QuizPage quiz = await learner.Api.CreateQuizAsync(new QuizRequest { Count = 5, Seed = i, Filters = new QuizFilters { Kind = QuestionKind.Numeric } });
            // No right number in any unit, which would be asked for.
            string[] answers = [.. quiz.Items.Select(item => $"-{RandomNumberGenerator.GetInt32(int.MaxValue)}{item.Number}.125")];
            foreach ((QuizItem item, string answer) in quiz.Items.Zip(answers))
            {
                await learner.Api.AnswerQuizAsync(quiz.Id, new QuizAnswerRequest { Item = item.Number, Answer = answer });
            }

            await learner.Api.ReviewAsync("largest-of-three-gradients", new ReviewRequest { Answer = "-24" });
            string[] texts = [$"{Guid.NewGuid():N}", $"{Guid.NewGuid():N}"];
            await learner.Api.SaveNoteAsync("adam-memory", new QuestionNoteRequest { Note = texts[0] });
            await learner.Api.ReportQuestionAsync("adam-memory", new QuestionReportRequest { Text = texts[1] });
            await learner.Api.MarkStudyItemAsync("backpropagation-lesson", 1);
            await learner.Api.SetUpTwoFactorAsync(new TwoFactorChange());
            learner.Tokens = await api.Api.SignInAsync(learner.Credentials);
            string name = learner.Credentials.Email;
            (i % 4 == 0 ? kept : gone).AddRange([name, name.ToUpperInvariant(), id, quiz.Id, .. answers, .. texts]);
            if (i % 4 != 0)
            {
                await learner.Api.DeleteLearnerAsync();
            }
        }

        string bytes = string.Concat(Directory.EnumerateFiles(api.Folder).Select(file => Read(file)));
        foreach (string text in kept)
        {
            bytes.ShouldContain(text, Case.Sensitive, "What is kept is there, so the test would find what is not gone.");
        }

        gone.Where(text => bytes.Contains(text, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    // The service has its files open.
    private static string Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
