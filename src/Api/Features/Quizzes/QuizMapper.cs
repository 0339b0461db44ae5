using Backprop.Api.Features.Questions;
using Backprop.Client.Practice;
using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Quizzes;
using Backprop.Domain.Practice.StudySets;

namespace Backprop.Api.Features.Quizzes;

/// <summary>Maps quizzes to the contract: an ungraded item of an open quiz reveals nothing about its key.</summary>
/// <param name="figures">Draws the graphs.</param>
/// <param name="solutions">Works out the solutions.</param>
/// <param name="grader">Grades the parts of answers.</param>
/// <param name="time">The clock.</param>
internal sealed class QuizMapper(FigureRenderer figures, WorkedSolutions solutions, QuestionGrader grader, TimeProvider time)
{
    private const string NotInTime = "Not answered in time.";

    /// <summary>The quiz that a validated request asks for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="learner">The signed-in learner, or null.</param>
    /// <param name="sets">The study sets.</param>
    /// <exception cref="PracticeException">There is no such study set, or the filters select none of its questions.</exception>
    public static QuizOptions Options(QuizRequest request, string? learner, StudySetCatalogue sets)
    {
        QuestionFilter filter = QuestionFilters.Read(request.Filters, learner);
        TimeSpan? limit = request.TimeLimitSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        return new QuizOptions(request.StudySet is { } set ? InSet(filter, set, sets) : filter, request.Count, request.Seed, limit)
        {
            IsOrdered = request.StudySet is not null,
            Tries = request.Tries ?? 1,
            Exercises = request.Exercises ?? (request.StudySet is null ? null : 0),
            Hidden = (request.Hide ?? []).Aggregate(HiddenDetails.None, (all, one) => all | Hidden(one)),
        };
    }

    /// <summary>The current state of a quiz.</summary>
    /// <param name="quiz">The quiz.</param>
    /// <param name="isDrawn">Whether to draw the graphs, which takes longer than everything else.</param>
    public QuizPage Page(Quiz quiz, bool isDrawn = true)
    {
        QuizStatus state = quiz.Progress.StateAt(time.GetUtcNow());
        bool isOver = state != QuizStatus.Open;
        return new QuizPage
        {
            Id = quiz.Id,
            State = (Client.Practice.QuizState)state,
            Seed = quiz.Seed,
            CreatedAt = quiz.CreatedAt,
            ExpiresAt = quiz.ExpiresAt,
            Answered = quiz.Progress.Answered,
            Left = isOver ? [] : [.. quiz.Items.Where(item => !item.IsOver).Select(item => item.Number)],
            Correct = quiz.Items.Count(item => item.IsCorrect),
            Score = quiz.Score,
            Items = [.. quiz.Items.Select(item => Item(item, quiz.Hidden, isOver, isDrawn))],
            ReadNext = isOver ? Next(QuizReview.Of(quiz)) : null,
        };
    }

    /// <summary>The result of an answer.</summary>
    /// <param name="item">The item, with its answer.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public QuizAnswerResult Result(QuizEntry item, CancellationToken cancellationToken)
    {
        Graded grade = item.Answer!.Grade;
        var result = new QuizAnswerResult
        {
            Item = item.Number,
            Correct = grade.IsCorrect,
            Score = item.Score,
            Feedback = grade.Feedback,
            TriesLeft = item.TriesLeft,
            Explanation = item.Variant.Explanation,
            Expected = Write(ExpectedAnswer.Of(item.Variant)),
            Citations = [.. item.Variant.Citations.Select(QuestionWriteMapper.Write)],
            Parts = ExerciseMapper.Parts(Parts(item)),
            Solution = item.IsOver ? solutions.Of(item.Variant, cancellationToken) : null,
            Interview = SelfAssessmentMapper.Of(item),
        };
        return item.IsOver ? result : result with { Explanation = null, Expected = null, Citations = null, Parts = null };
    }

    /// <summary>An item of an open quiz.</summary>
    public QuizItem Item(Quiz quiz, int number) =>
        Item(quiz.Items.Single(item => item.Number == number), quiz.Hidden, isOver: false, isDrawn: true);

    private QuizItem Item(QuizEntry item, HiddenDetails hidden, bool isOver, bool isDrawn)
    {
        Question question = item.Variant;
        bool isClosed = isOver || item.IsOver;
        HiddenDetails left = isClosed ? HiddenDetails.None : hidden;
        return new QuizItem
        {
            Number = item.Number,
            QuestionId = question.Id,
            Version = item.Version,
            Kind = (QuestionKind)question.Kind,
            Topic = question.Topic,
            Difficulty = left.HasFlag(HiddenDetails.Difficulty) ? null : (Difficulty)question.Difficulty,
            Title = left.HasFlag(HiddenDetails.Title) ? null : question.Title,
            Prompt = question.Prompt,
            Companies = question.Companies.Count > 0 ? [.. question.Companies.Select(QuestionWriteMapper.Write)] : null,
            Practises = item.Practises,
            AnotherOf = item.AnotherOf,
            TriesLeft = isOver ? 0 : item.TriesLeft,
            Choices = question.Choices?.Select(choice => choice.Text).ToArray(),
            Unit = question.Numeric?.Unit,
            Tolerance = question.Numeric?.DescribeTolerance(),
            Variables = question.Expression?.Variables.Select(variable => variable.Name).ToArray(),
            Exercise = ExerciseMapper.Prompt(question),
            Figure = QuestionWriteMapper.Write(question.Figure),
            Diagram = isDrawn ? figures.Draw(question.Figure) : null,
            Result = isOver || item.Answer is not null ? Outcome(item, isClosed, isDrawn) : null,
        };
    }

    private ItemResult Outcome(QuizEntry item, bool isClosed, bool isDrawn)
    {
        ItemResult result = Outcome(item, isDrawn && isClosed);
        return isClosed ? result : result with { Explanation = null, Expected = null, Citations = null, Parts = null };
    }

    private ItemResult Outcome(QuizEntry item, bool isDrawn) => new()
    {
        Answer = item.Answer is { } answer ? Write(answer.Given) : null,
        AnsweredAt = item.Answer?.At,
        Correct = item.IsCorrect,
        Score = item.Score,
        Feedback = item.Answer?.Grade.Feedback ?? NotInTime,
        Expected = Write(ExpectedAnswer.Of(item.Variant)),
        Explanation = item.Variant.Explanation,
        Citations = [.. item.Variant.Citations.Select(QuestionWriteMapper.Write)],
        Parts = ExerciseMapper.Parts(Parts(item)),
        Solution = isDrawn ? solutions.Of(item.Variant) : null,
        Interview = SelfAssessmentMapper.Of(item),
    };

    // Only the score is stored; grading the same answer again gives the same parts.
    private IReadOnlyList<GradedPart> Parts(QuizEntry item) =>
        item.Answer is not { } answer || item.Variant is { Derivation: null, Debugging: null } ? []
        : answer.Grade.Parts.Count > 0 ? answer.Grade.Parts
        : grader.Grade(item.Variant, answer.Given) is Graded graded ? graded.Parts : [];

    private static HiddenDetails Hidden(QuestionDetail detail) =>
        detail == QuestionDetail.Difficulty ? HiddenDetails.Difficulty : HiddenDetails.Title;

    private static QuestionFilter InSet(QuestionFilter filter, string set, StudySetCatalogue sets)
    {
        IReadOnlyList<string> ids = sets.Require(set, PracticeError.UnknownStudySet).QuestionIds;
        string[] selected = [.. ids.Where(id => filter.Ids.Count == 0 || filter.Ids.Contains(id))];
        return selected.Length > 0 ? filter with { Ids = selected }
            : throw new PracticeException(PracticeError.NoMatch, $"The study set '{set}' has none of these questions.");
    }

    private static ReadNext Next(QuizReview review) => new()
    {
        Topics = [.. review.Topics.Select(topic => new Client.Practice.WeakTopic { Topic = topic.Topic, Score = topic.Score, Items = topic.Items })],
        Citations = [.. review.Citations.Select(QuestionWriteMapper.Write)],
    };

    /// <summary>An answer of the contract.</summary>
    public static SubmittedAnswer Read(AnswerValue answer) => new(answer.Texts, answer.IsList) { Names = answer.Names };

    /// <summary>An answer as the contract writes it.</summary>
    public static AnswerValue Write(SubmittedAnswer answer) => new(answer.Texts, answer.IsList) { Names = answer.Names };
}
