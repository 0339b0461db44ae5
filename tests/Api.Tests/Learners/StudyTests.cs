using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Learners;
using Backprop.Client.Practice;
using Refit;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Learners;

/// <summary>Study sets, notes, reports, the history of interviews, and filters by what a learner has answered.</summary>
public sealed class StudyTests(LearnerFixture api) : IClassFixture<LearnerFixture>
{
    public static TheoryData<string> StudySets => ["backpropagation-lesson", "derive-the-backward-pass", "two-weeks-to-an-interview"];

    [Theory]
    [MemberData(nameof(StudySets))]
    public async Task A_set_is_walked_through_from_the_first_item_to_the_summary(string id)
    {
        SignedIn learner = await api.SignUpAsync();
        StudySetPage set = await learner.Api.GetStudySetAsync(id);
        foreach (StudySetItem item in set.Items)
        {
            StudyProgressPage progress = await learner.Api.GetStudyProgressAsync(id);
            (progress.Next, progress.Done, progress.Total, progress.Summary).ShouldBe((item, item.Number - 1, set.Items.Count, null));
            await DoAsync(learner, id, item);
        }

        StudyProgressPage end = await learner.Api.GetStudyProgressAsync(id);
        (end.Next, end.Done).ShouldBe((null, set.Items.Count));
        end.Items!.ShouldAllBe(step => step.DoneAt != null);
        StudySetItem[] questions = [.. set.Items.Where(item => item.Kind is StudyItemKind.Question or StudyItemKind.Interview)];
        end.Summary!.Answered.ShouldBe(questions.Length);
        end.Summary.ToRepeat.ShouldBe(end.Items!.Where(step => step.Score < 1).Select(step => step.Item.Id));
        (end.Summary.Correct + end.Summary.ToRepeat.Count).ShouldBe(questions.Length);
        end.Summary.Score!.Value.ShouldBe(end.Items!.Where(step => step.Score is not null).Average(step => step.Score!.Value), 1e-12);
        (await learner.Api.ListStudyProgressAsync()).Items.Single(one => one.Id == id).Done.ShouldBe(set.Items.Count);
        (await learner.Api.UnmarkStudyItemAsync(id, set.Items.First(item => item.Kind == StudyItemKind.Experiment).Number)).Summary.ShouldBeNull();
    }

    [Fact]
    public async Task A_set_is_asked_in_its_order()
    {
        StudySetPage set = await api.Api.GetStudySetAsync("backpropagation-lesson");
        QuizPage quiz = await api.Api.CreateQuizAsync(new QuizRequest { StudySet = set.Id });
        string[] questions = [.. set.Items.Where(item => item.Kind is StudyItemKind.Question or StudyItemKind.Interview).Select(item => item.Id)];
        quiz.Items.Select(item => item.QuestionId).ShouldBe(questions);
        quiz.Items.ShouldAllBe(item => item.Practises == null);
        QuizPage first = await api.Api.CreateQuizAsync(new QuizRequest { StudySet = set.Id, Count = 3, Filters = new QuizFilters { Kind = QuestionKind.Numeric } });
        first.Items.Select(item => item.QuestionId).ShouldBe(["largest-of-three-gradients", "differences-against-backprop", "thirty-two-layers-five-checkpoints"]);
    }

    [Fact]
    public async Task A_learner_asks_for_what_is_new_or_was_wrong()
    {
        SignedIn learner = await api.SignUpAsync(), other = await api.SignUpAsync();
        string[] ids = ["largest-of-three-gradients", "product-with-a-small-factor", "weight-used-twice"];
        await learner.Api.ReviewAsync(ids[0], new ReviewRequest { Answer = "16" });
        await learner.Api.ReviewAsync(ids[1], new ReviewRequest { Rating = ReviewRating.Good });
        (await IdsAsync(learner, unseen: true)).ShouldBe([ids[2]]);
        (await IdsAsync(learner, wrong: true)).ShouldBe([ids[0]]);
        (await IdsAsync(other, unseen: true)).ShouldBe(ids, ignoreOrder: true);
        (await IdsAsync(other, wrong: true)).ShouldBeEmpty();
        QuizPage quiz = await learner.Api.CreateQuizAsync(new QuizRequest { Filters = new QuizFilters { Id = ids, AnsweredWrong = true } });
        quiz.Items.ShouldHaveSingleItem().QuestionId.ShouldBe(ids[0]);
        await learner.Api.AnswerQuizAsync(quiz.Id, new QuizAnswerRequest { Item = 1, Answer = "-24" });
        (await IdsAsync(learner, wrong: true)).ShouldBeEmpty("the last answer counts");
        (await learner.Api.CountQuestionsAsync(id: ids, unseen: true)).Total.ShouldBe(1);
        (await learner.Api.GetRandomQuestionAsync(id: ids, unseen: true)).Id.ShouldBe(ids[2]);
        using HttpResponseMessage list = await SendAsync(learner, HttpMethod.Get, "/questions?unseen=true");
        (list.Headers.CacheControl!.NoStore, list.Headers.ETag).ShouldBe((true, null));

        Task<IEnumerable<string>> IdsAsync(SignedIn who, bool? unseen = null, bool? wrong = null) => StudyTests.IdsAsync(who, ids, unseen, wrong);
    }

    [Fact]
    public async Task Stars_and_notes_are_kept_and_nobody_elses()
    {
        SignedIn learner = await api.SignUpAsync(), other = await api.SignUpAsync();
        QuestionNotePage saved = await learner.Api.SaveNoteAsync("adam-memory", new QuestionNoteRequest { Starred = true, Note = "16 bytes per parameter" });
        (await learner.Api.GetNoteAsync("adam-memory")).ShouldBe(saved);
        await learner.Api.SaveNoteAsync("weight-used-twice", new QuestionNoteRequest { Note = "Sum." });
        await learner.Api.SaveNoteAsync("adam-memory", new QuestionNoteRequest { Starred = true });
        QuestionNoteList all = await learner.Api.ListNotesAsync(limit: 1);
        (all.Total, all.Items.Single().QuestionId, all.Items[0].Note).ShouldBe((2, "adam-memory", null));
        (await learner.Api.ListNotesAsync(limit: 1, cursor: all.NextCursor)).Items.Single().QuestionId.ShouldBe("weight-used-twice");
        (await learner.Api.ListNotesAsync(starred: true)).Items.Select(note => note.QuestionId).ShouldBe(["adam-memory"]);
        (await other.Api.ListNotesAsync()).Total.ShouldBe(0);
        await other.Api.DeleteNoteAsync("adam-memory");
        (await learner.Api.GetNoteAsync("adam-memory")).Starred.ShouldBeTrue();
        await learner.Api.DeleteNoteAsync("adam-memory");
        foreach (SignedIn one in (SignedIn[])[learner, other])
        {
            QuestionNotePage none = await one.Api.GetNoteAsync("adam-memory");
            (none.Starred, none.Note, none.UpdatedAt).ShouldBe((false, null, null));
        }
    }

    [Fact]
    public async Task An_interview_is_timed_and_listed()
    {
        SignedIn learner = await api.SignUpAsync(), other = await api.SignUpAsync();
        api.Clock.Stop();
        InterviewPage first = await learner.Api.StartInterviewAsync(new InterviewRequest { QuestionId = "why-backpropagation-is-linear" });
        api.Clock.Ahead += TimeSpan.FromMinutes(4);
        InterviewReveal revealed = await learner.Api.AnswerInterviewAsync(first.Id, new InterviewAnswerRequest { Answer = "The cost follows the number of operations." });
        revealed.Seconds.ShouldBe(240);
        revealed.Suggested!.ShouldContain("cost-follows-operations");
        await learner.Api.MarkInterviewAsync(first.Id, new InterviewMarksRequest { Named = ["cost-follows-operations"] });
        InterviewPage second = await learner.Api.StartInterviewAsync(new InterviewRequest { QuestionId = "vanishing-gradients" });
        InterviewList history = await learner.Api.ListInterviewsAsync();
        history.Items.Select(one => (one.Id, one.State, one.Seconds, one.Answered)).ShouldBe(
            [(second.Id, InterviewState.Asked, null, false), (first.Id, InterviewState.Marked, 240, true)]);
        history.Items[1].Score!.Value.ShouldBeInRange(0.01, 0.99);
        InterviewList page = await learner.Api.ListInterviewsAsync(limit: 1);
        (await learner.Api.ListInterviewsAsync(limit: 1, cursor: page.NextCursor)).Items.Single().Id.ShouldBe(first.Id);
        (await learner.Api.ListInterviewsAsync("vanishing-gradients")).Items.Single().Id.ShouldBe(second.Id);
        (await other.Api.ListInterviewsAsync()).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reported_error_is_read_with_the_write_key_only()
    {
        SignedIn learner = await api.SignUpAsync();
        QuestionReportPage report = await learner.Api.ReportQuestionAsync("adam-memory", new QuestionReportRequest { Text = "The unit is GiB." });
        await api.Api.ReportQuestionAsync("why-momentum", new QuestionReportRequest { Text = "Choice b is right, too." });
        QuestionReportList all = await api.Api.ListQuestionReportsAsync();
        all.Items.Select(one => one.Text).ShouldBe(["The unit is GiB.", "Choice b is right, too."]);
        (await api.Api.ListQuestionReportsAsync("adam-memory")).Items.ShouldHaveSingleItem().ShouldBe(report);
        (await Should.ThrowAsync<ApiException>(() => learner.Api.ListQuestionReportsAsync())).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Should.ThrowAsync<ApiException>(() => learner.Api.DeleteQuestionReportAsync(report.Number))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await learner.Api.ExportLearnerAsync()).Reports.ShouldHaveSingleItem().ShouldBe(report);
        await api.Api.DeleteQuestionReportAsync(report.Number);
        (await api.Api.ListQuestionReportsAsync()).Items.ShouldHaveSingleItem().QuestionId.ShouldBe("why-momentum");
        (await Should.ThrowAsync<ApiException>(() => api.Api.DeleteQuestionReportAsync(report.Number))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_export_has_everything_and_a_deletion_leaves_nothing()
    {
        SignedIn learner = await api.SignUpAsync();
        await learner.Api.SaveNoteAsync("adam-memory", new QuestionNoteRequest { Starred = true, Note = "16 bytes" });
        await learner.Api.MarkStudyItemAsync("backpropagation-lesson", 1);
        await learner.Api.ReportQuestionAsync("unit-roundoff-fp32", new QuestionReportRequest { Text = "Off by a factor of two." });
        LearnerExport export = await learner.Api.ExportLearnerAsync();
        export.Notes.ShouldHaveSingleItem().Note.ShouldBe("16 bytes");
        export.StudyMarks.ShouldHaveSingleItem().StudySet.ShouldBe("backpropagation-lesson");
        export.Reports.ShouldHaveSingleItem().QuestionId.ShouldBe("unit-roundoff-fp32");
        await learner.Api.DeleteLearnerAsync();
        (await api.Api.ListQuestionReportsAsync("unit-roundoff-fp32")).Items.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("PUT", "/learners/me/notes/adam-memory", """{"note":"TOO_LONG"}""", 422, "note")]
    [InlineData("PUT", "/learners/me/notes/adam-memory", """{"starred":"yes"}""", 400, "starred")]
    [InlineData("PUT", "/learners/me/notes/adam-memory", """{"star":true}""", 400, "star")]
    [InlineData("PUT", "/learners/me/notes/no-such-question", "{}", 404, null)]
    [InlineData("GET", "/learners/me/notes/no-such-question", null, 404, null)]
    [InlineData("GET", "/learners/me/notes?limit=0", null, 422, "limit")]
    [InlineData("GET", "/learners/me/notes?cursor=%25", null, 422, "cursor")]
    [InlineData("GET", "/learners/me/interviews?limit=51", null, 422, "limit")]
    [InlineData("GET", "/learners/me/interviews?cursor=xyz", null, 422, "cursor")]
    [InlineData("GET", "/learners/me/study-sets/no-such-set", null, 404, null)]
    [InlineData("PUT", "/learners/me/study-sets/backpropagation-lesson/items/999", null, 404, null)]
    [InlineData("GET", "/study-sets/backpropagation-lessen", null, 404, null)]
    [InlineData("POST", "/questions/adam-memory/reports", """{"text":" "}""", 422, "text")]
    [InlineData("POST", "/questions/adam-memory/reports", """{"text":"TOO_LONG"}""", 422, "text")]
    [InlineData("POST", "/questions/adam-memory/reports", "{}", 400, "text")]
    [InlineData("POST", "/questions/no-such-question/reports", """{"text":"It is wrong."}""", 404, null)]
    public async Task A_request_that_does_not_fit_is_refused(string method, string path, string? body, int status, string? member)
    {
        SignedIn learner = await api.SignUpAsync();
        using HttpResponseMessage answer = await SendAsync(learner, new HttpMethod(method), path, body?.Replace("TOO_LONG", new string('x', 4001), StringComparison.Ordinal));
        var problem = await answer.ShouldBeProblemAsync((HttpStatusCode)status);
        if (member is not null)
        {
            problem.ErrorAt(member).ShouldNotBeEmpty();
        }
    }

    [Theory]
    [InlineData("GET", "/learners/me/notes")]
    [InlineData("PUT", "/learners/me/notes/adam-memory")]
    [InlineData("GET", "/learners/me/study-sets")]
    [InlineData("PUT", "/learners/me/study-sets/backpropagation-lesson/items/1")]
    [InlineData("GET", "/learners/me/interviews")]
    public async Task Nobody_has_these_without_signing_in(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "PUT" ? JsonContent.Create(new { }) : null };
        (await api.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task DoAsync(SignedIn learner, string set, StudySetItem item)
    {
        switch (item.Kind)
        {
            case StudyItemKind.Question:
                QuizPage quiz = await learner.Api.CreateQuizAsync(new QuizRequest { StudySet = set, Filters = new QuizFilters { Id = item.Id } });
                AnswerValue answer = quiz.Items[0].Kind switch
                {
                    QuestionKind.TrueFalse => true,
                    QuestionKind.MultipleChoice => "a",
                    QuestionKind.MultiSelect => AnswerValue.List("a"),
                    QuestionKind.Expression => "1",
                    QuestionKind.Derivation => AnswerValue.Object([.. quiz.Items[0].Exercise!.Gradients!.Keys.Select(name => (name, "0"))]),
                    QuestionKind.Debugging => AnswerValue.Object([("line", "1"), ("fix", quiz.Items[0].Exercise!.Program[0])]),
                    _ => "0",
                };
                await learner.Api.AnswerQuizAsync(quiz.Id, new QuizAnswerRequest { Item = 1, Answer = answer });
                break;
            case StudyItemKind.Interview:
                InterviewPage interview = await learner.Api.StartInterviewAsync(new InterviewRequest { QuestionId = item.Id });
                InterviewReveal shown = await learner.Api.RevealAnswerAsync(interview.Id);
                await learner.Api.MarkInterviewAsync(interview.Id, new InterviewMarksRequest { Named = [shown.Rubric[0].Id] });
                break;
            default:
                await learner.Api.MarkStudyItemAsync(set, item.Number);
                break;
        }
    }

    private static async Task<IEnumerable<string>> IdsAsync(SignedIn learner, string[] ids, bool? unseen, bool? wrong) =>
        (await learner.Api.ListQuestionsAsync(id: ids, unseen: unseen, answeredWrong: wrong)).Items.Select(item => item.Id);

    private Task<HttpResponseMessage> SendAsync(SignedIn learner, HttpMethod method, string path, string? body = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : Probes.Json(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", learner.Tokens.AccessToken);
        return api.Http.SendAsync(request);
    }
}
