using System.Net;
using Backprop.Client;
using Backprop.Client.Errors;
using Backprop.Client.Learners;
using Backprop.Client.Practice;
using Refit;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Learners;

/// <summary>A learner's data: recorded, shown only to that learner, exported, and deleted.</summary>
public sealed class LearnerTests(LearnerFixture api) : IClassFixture<LearnerFixture>
{
    private const string Number = "largest-of-three-gradients";
    private const string Interview = "why-backpropagation-is-linear";

    [Fact]
    public async Task Answers_become_progress_and_reviews_are_handed_out_and_go_with_the_account()
    {
        SignedIn learner = await api.SignUpAsync();
        QuizPage quiz = await AnsweredAsync(learner, right: 2, wrong: 1);
        InterviewPage interview = await learner.Api.StartInterviewAsync(new InterviewRequest { QuestionId = Interview });
        InterviewReveal reveal = await learner.Api.RevealAnswerAsync(interview.Id);
        await learner.Api.MarkInterviewAsync(interview.Id, new InterviewMarksRequest { Named = [reveal.Rubric[0].Id] });
        await learner.Api.MarkInterviewAsync(interview.Id, new InterviewMarksRequest { Named = [] });

        LearnerProgress progress = await learner.Api.GetProgressAsync();
        progress.Overall.Answers.ShouldBe(4);
        progress.Overall.Questions.ShouldBe(4);
        progress.Overall.Correct.ShouldBe(2);
        progress.Topics.Sum(topic => topic.Tally.Answers).ShouldBe(4);
        progress.Difficulties.Sum(difficulty => difficulty.Tally.Answers).ShouldBe(4);
        progress.Reviews.Total.ShouldBe(4);
        progress.Reviews.Learning.ShouldBe(4);

        LearnerExport export = await learner.Api.ExportLearnerAsync();
        export.Account.Email.ShouldBe(learner.Credentials.Email);
        export.Answers.Count(answer => answer.Source == AnswerSource.Quiz).ShouldBe(3);
        export.Answers.Count(answer => answer.Source == AnswerSource.Interview).ShouldBe(1);
        export.Cards.Count.ShouldBe(4);
        export.Quizzes.ShouldHaveSingleItem().Id.ShouldBe(quiz.Id);
        export.Interviews.ShouldHaveSingleItem().Id.ShouldBe(interview.Id);

        await learner.Api.DeleteLearnerAsync();
        await StatusAsync(learner.Api.ExportLearnerAsync(), HttpStatusCode.Unauthorized);
        await StatusAsync(api.Api.SignInAsync(learner.Credentials), HttpStatusCode.Unauthorized);
        await StatusAsync(api.Api.RefreshTokensAsync(new TokenRefresh { RefreshToken = learner.Tokens.RefreshToken }), HttpStatusCode.Unauthorized);
        await StatusAsync(api.Api.GetQuizAsync(quiz.Id), HttpStatusCode.NotFound);
        await api.Api.RegisterAsync(learner.Credentials);
        learner.Tokens = await api.Api.SignInAsync(learner.Credentials);
        (await learner.Api.GetProgressAsync()).Overall.Answers.ShouldBe(0);
    }

    [Fact]
    public async Task A_learner_deletes_quizzes_and_interviews_and_keeps_the_progress()
    {
        SignedIn learner = await api.SignUpAsync();
        QuizPage quiz = await AnsweredAsync(learner, right: 1, wrong: 1);
        InterviewPage interview = await learner.Api.StartInterviewAsync(new InterviewRequest { QuestionId = Interview });
        await learner.Api.DeleteQuizAsync(quiz.Id);
        await learner.Api.DeleteInterviewAsync(interview.Id);
        await StatusAsync(learner.Api.GetQuizAsync(quiz.Id), HttpStatusCode.NotFound);
        await StatusAsync(learner.Api.DeleteQuizAsync(quiz.Id), HttpStatusCode.NotFound);
        LearnerExport export = await learner.Api.ExportLearnerAsync();
        (export.Quizzes.Count, export.Interviews.Count, export.Answers.Count).ShouldBe((0, 0, 2));
    }

    [Fact]
    public async Task Nobody_sees_or_changes_what_belongs_to_another_learner()
    {
        SignedIn owner = await api.SignUpAsync();
        SignedIn other = await api.SignUpAsync();
        QuizPage quiz = await owner.Api.CreateQuizAsync(new QuizRequest { Count = 2, Seed = 5 });
        InterviewPage interview = await owner.Api.StartInterviewAsync(new InterviewRequest { QuestionId = Interview });
        await owner.Api.ReviewAsync(Number, new ReviewRequest { Rating = ReviewRating.Good });

        foreach (IBackpropApi stranger in new[] { other.Api, api.Api })
        {
            await StatusAsync(stranger.GetQuizAsync(quiz.Id), HttpStatusCode.NotFound);
            await StatusAsync(stranger.AnswerQuizAsync(quiz.Id, new QuizAnswerRequest { Item = 1, Answer = "1" }), HttpStatusCode.NotFound);
            await StatusAsync(stranger.GetInterviewAsync(interview.Id), HttpStatusCode.NotFound);
            await StatusAsync(stranger.RevealAnswerAsync(interview.Id), HttpStatusCode.NotFound);
            await StatusAsync(stranger.DeleteQuizAsync(quiz.Id), HttpStatusCode.NotFound);
            await StatusAsync(stranger.DeleteInterviewAsync(interview.Id), HttpStatusCode.NotFound);
        }

        (await other.Api.GetProgressAsync()).Reviews.Total.ShouldBe(0);
        (await other.Api.ListReviewsAsync()).Total.ShouldBe(0);
        (await other.Api.ExportLearnerAsync()).Quizzes.ShouldBeEmpty();
        await other.Api.ReviewAsync(Number, new ReviewRequest { Rating = ReviewRating.Again });
        (await owner.Api.ExportLearnerAsync()).Cards.ShouldHaveSingleItem().Card.Reviews.ShouldBe(1);
        await other.Api.DeleteLearnerAsync();
        (await owner.Api.GetQuizAsync(quiz.Id)).Answered.ShouldBe(0);
        (await owner.Api.ListReviewsAsync()).Total.ShouldBe(1);
    }

    [Fact]
    public async Task A_topic_that_is_answered_wrongly_is_weak()
    {
        SignedIn learner = await api.SignUpAsync();
        for (int i = 0; i < 3; i++)
        {
            await learner.Api.ReviewAsync(Number, new ReviewRequest { Answer = "16" });
        }

        LearnerProgress progress = await learner.Api.GetProgressAsync();
        progress.WeakTopics.ShouldBe(["backpropagation"]);
        TopicProgress topic = progress.Topics.ShouldHaveSingleItem();
        topic.Name.ShouldBe("Backpropagation");
        topic.Weak.ShouldBeTrue();
        topic.Tally.Questions.ShouldBe(1);

        for (int i = 0; i < 17; i++)
        {
            await learner.Api.ReviewAsync(Number, new ReviewRequest { Answer = "-24" });
        }

        (await learner.Api.GetProgressAsync()).WeakTopics.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_review_is_asked_again_when_it_is_due()
    {
        SignedIn learner = await api.SignUpAsync();
        ReviewResult first = await learner.Api.ReviewAsync(Number, new ReviewRequest { Answer = "-24" });
        first.Rating.ShouldBe(ReviewRating.Good);
        first.Grade!.Correct.ShouldBeTrue();
        first.Grade.Expected.Texts.ShouldBe(["-24"]);
        first.Explanation.ShouldNotBeEmpty();
        first.Card.State.ShouldBe(ReviewState.Learning);
        (first.Card.Due - first.Card.LastReview).ShouldBe(TimeSpan.FromMinutes(10));

        ReviewQueue queue = await learner.Api.ListReviewsAsync();
        queue.Items.ShouldBeEmpty();
        queue.NextDue.ShouldBe(first.Card.Due);
        api.Clock.Ahead += TimeSpan.FromMinutes(11);
        DueReview due = (await learner.Api.ListReviewsAsync()).Items.ShouldHaveSingleItem();
        due.Review.ShouldBe(2);
        due.Question.Id.ShouldBe(Number);

        await StatusAsync(learner.Api.ReviewAsync(Number, new ReviewRequest { Answer = "banana" }), HttpStatusCode.UnprocessableEntity);
        await StatusAsync(learner.Api.ReviewAsync(Number, new ReviewRequest { Answer = "-24", Review = 1 }), HttpStatusCode.Conflict);
        ReviewResult second = await learner.Api.ReviewAsync(Number, new ReviewRequest { Answer = "-24", Review = 2 });
        second.Card.State.ShouldBe(ReviewState.Review);
        second.Card.Reviews.ShouldBe(2);
    }

    [Fact]
    public async Task Of_reviews_that_come_at_once_one_counts()
    {
        SignedIn learner = await api.SignUpAsync();
        var review = new ReviewRequest { Rating = ReviewRating.Easy, Review = 1 };
        Task<ReviewResult>[] all = [.. Enumerable.Range(0, 8).Select(_ => learner.Api.ReviewAsync(Number, review))];
        foreach (Task<ReviewResult> one in all)
        {
            await Task.WhenAny(one);
        }

        all.Count(one => one.IsCompletedSuccessfully).ShouldBe(1);
        foreach (Task<ReviewResult> one in all.Where(one => one.IsFaulted))
        {
            await StatusAsync(one, HttpStatusCode.Conflict);
        }

        (await learner.Api.ExportLearnerAsync()).Answers.ShouldHaveSingleItem().Rating.ShouldBe(ReviewRating.Easy);
    }

    [Fact]
    public async Task A_review_is_an_answer_or_a_rating_of_a_question_that_there_is()
    {
        SignedIn learner = await api.SignUpAsync();
        await StatusAsync(learner.Api.ReviewAsync(Number, new ReviewRequest()), HttpStatusCode.BadRequest);
        await StatusAsync(learner.Api.ReviewAsync(Number, new ReviewRequest { Rating = ReviewRating.Good, Answer = "1" }), HttpStatusCode.BadRequest);
        await StatusAsync(learner.Api.ReviewAsync(Number, new ReviewRequest { Rating = ReviewRating.Good, Review = 0 }), HttpStatusCode.UnprocessableEntity);
        await StatusAsync(learner.Api.ReviewAsync(Interview, new ReviewRequest { Answer = "because" }), HttpStatusCode.UnprocessableEntity);
        await StatusAsync(learner.Api.ReviewAsync("no-such-question", new ReviewRequest { Rating = ReviewRating.Good }), HttpStatusCode.NotFound);
        await StatusAsync(learner.Api.ListReviewsAsync(limit: 51), HttpStatusCode.UnprocessableEntity);
        (await learner.Api.ListReviewsAsync()).Total.ShouldBe(0);
        (await learner.Api.ReviewAsync(Interview, new ReviewRequest { Rating = ReviewRating.Hard })).Grade.ShouldBeNull();
    }

    // The keys are learnt from an anonymous twin of the quiz.
    private async Task<QuizPage> AnsweredAsync(SignedIn learner, int right, int wrong)
    {
        var request = new QuizRequest { Count = right + wrong, Seed = 7, Filters = new QuizFilters { Kind = QuestionKind.TrueFalse } };
        QuizPage quiz = await learner.Api.CreateQuizAsync(request);
        QuizPage twin = await api.Api.CreateQuizAsync(request);
        foreach (QuizItem item in quiz.Items)
        {
            bool truth = (await api.Api.AnswerQuizAsync(twin.Id, new QuizAnswerRequest { Item = item.Number, Answer = true })).Correct;
            bool said = item.Number <= right ? truth : !truth;
            await learner.Api.AnswerQuizAsync(quiz.Id, new QuizAnswerRequest { Item = item.Number, Answer = said });
        }

        return quiz;
    }

    private static async Task StatusAsync(Task request, HttpStatusCode status)
    {
        ApiException refusal = await Should.ThrowAsync<ApiException>(request);
        refusal.StatusCode.ShouldBe(status);
        (await refusal.ProblemAsync())!.Detail.ShouldNotBeNullOrEmpty();
    }
}
