using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Interviews;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Quizzes;
using Backprop.Domain.Practice.Reviews;
using Backprop.Domain.Quotas;

namespace Backprop.Domain.Tests.Practice;

/// <summary>The stores of practice in memory: one transaction at a time, and one that throws changes nothing.</summary>
internal sealed class MemoryStore(params Question[] questions)
    : IQuestionBank, IQuizStore, IInterviewStore, IReviewStore, IPracticeTransactions, IPracticeTransaction
{
    private readonly SemaphoreSlim turn = new(1);
    private readonly List<Quiz> quizzes = [];
    private Dictionary<(int Item, string Quiz), List<(GradedAnswer Answer, string? Key)>> answers = [];
    private Dictionary<string, Interview> interviews = [];
    private Dictionary<(string Learner, string Question), Card> cards = [];
    private Dictionary<DateOnly, string> days = [];
    private List<RecordedAnswer> recorded = [];

    /// <summary>Retired questions.</summary>
    public HashSet<string> Retired { get; } = [];

    /// <summary>The accounts that exist.</summary>
    public HashSet<string> Learners { get; } = ["me"];

    /// <summary>Whether transactions fail.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Runs once before the next transaction.</summary>
    public Action? Before { get; set; }

    public IReadOnlyList<RecordedAnswer> Recorded => recorded;

    public IReadOnlyDictionary<(string Learner, string Question), Card> Cards => cards;

    public int BankReads { get; private set; }

    private IEnumerable<Question> GivenOut => questions.Where(question => !Retired.Contains(question.Id));

    public Task<BankedQuestion?> FindAsync(string id, CancellationToken cancellationToken)
    {
        BankReads++;
        return Task.FromResult(GivenOut.Where(question => question.Id == id).Select(Banked).SingleOrDefault());
    }

    public Task<IReadOnlyDictionary<string, BankedQuestion>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        BankReads++;
        return Task.FromResult<IReadOnlyDictionary<string, BankedQuestion>>(
            GivenOut.Where(question => ids.Contains(question.Id)).ToDictionary(question => question.Id, Banked));
    }

    public Task<IReadOnlyList<QuestionCandidate>> ListAsync(QuestionFilter filter, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<QuestionCandidate>>([.. Matching(filter).Select(Candidate)]);

    public Task<IReadOnlyList<LabelledQuestion>> ListLabelledAsync(QuestionFilter filter, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LabelledQuestion>>([.. Matching(filter).Take(limit).Select(question =>
            new LabelledQuestion(question.Id, Candidate(question), question.Difficulty, [.. question.Tags, .. question.Keywords]))]);

    public Task<IReadOnlyList<DrawableQuestion>> ReadAsync(IReadOnlyList<long> numbers, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DrawableQuestion>>([.. numbers.Select(number => Banked(questions[number]))]);

    public Task<QuestionNames> NamesAsync(CancellationToken cancellationToken) => Task.FromResult(new QuestionNames(
        [.. GivenOut.Select(question => question.Id)],
        [.. questions.Select(question => question.Topic).Distinct()],
        [.. questions.SelectMany(question => question.Companies).Select(company => company.Name).Distinct()],
        [.. questions.SelectMany(question => question.Tags).Distinct()]));

    public Task<BankedQuestion?> FindDailyAsync(DateOnly day, CancellationToken cancellationToken) => Task.FromResult(
        days.TryGetValue(day, out string? id) ? GivenOut.Where(question => question.Id == id).Select(Banked).SingleOrDefault() : null);

    public Task AddAsync(Quiz quiz, string client, StorageQuota quota, CancellationToken cancellationToken)
    {
        quizzes.Add(quiz);
        return Task.CompletedTask;
    }

    Task<Quiz?> IQuizStore.FindAsync(string id, string? learner, CancellationToken cancellationToken) => Task.FromResult(
        quizzes.Find(quiz => quiz.Id == id && (quiz.Learner is null || quiz.Learner == learner)) is { } quiz
            ? quiz with { Items = [.. quiz.Items.Select(item => Answered(id, item))] }
            : null);

    public Task<bool> TryAddAsync(string id, QuizEntry item, StorageQuota quota, CancellationToken cancellationToken)
    {
        int index = quizzes.FindIndex(quiz => quiz.Id == id);
        if (index < 0 || quizzes[index].Items.Count != item.Number - 1)
        {
            return Task.FromResult(false);
        }

        quizzes[index] = quizzes[index] with { Items = [.. quizzes[index].Items, item], FinishedAt = null };
        return Task.FromResult(true);
    }

    public Task FinishAsync(string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        int index = quizzes.FindIndex(quiz => quiz.Id == id);
        quizzes[index] = quizzes[index] with { FinishedAt = now };
        return Task.CompletedTask;
    }

    public async Task<AnswerContext?> FindAsync(string id, string? learner, int number, string? key, CancellationToken cancellationToken)
    {
        if (await ((IQuizStore)this).FindAsync(id, learner, cancellationToken) is not { } quiz)
        {
            return null;
        }

        return new AnswerContext(quizzes.FindIndex(entry => entry.Id == id), quiz.Learner, quiz.Progress,
            quiz.Items.SingleOrDefault(item => item.Number == number),
            quiz.Items.Select(item => Keyed(id, item, key)).FirstOrDefault(item => item is not null));
    }

    public Task<AnswerContext?> FindAnswerAsync(string quiz, string? learner, int number) => FindAsync(quiz, learner, number, null, default);

    public Task SaveMarksAsync(long quiz, QuizEntry item)
    {
        List<(GradedAnswer Answer, string? Key)> stored = answers[(item.Number, quizzes[(int)quiz].Id)];
        stored[^1] = (item.Answer!, stored[^1].Key);
        return Task.CompletedTask;
    }

    Task<bool> IQuizStore.DeleteAsync(string id, string? learner, CancellationToken cancellationToken) =>
        Task.FromResult(quizzes.RemoveAll(quiz => quiz.Id == id && (quiz.Learner is null || quiz.Learner == learner)) > 0);

    public Task AddAsync(Interview interview, string client, StorageQuota quota, CancellationToken cancellationToken) =>
        SaveAsync(interview, quota);

    Task<Interview?> IInterviewStore.FindAsync(string id, string? learner, CancellationToken cancellationToken) => FindInterviewAsync(id, learner);

    Task<bool> IInterviewStore.DeleteAsync(string id, string? learner, CancellationToken cancellationToken) => Task.FromResult(interviews.Remove(id));

    public Task<DueCards> DueAsync(string learner, int limit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        QuestionCard[] all = [.. cards.Where(card => card.Key.Learner == learner).Select(card => new QuestionCard(card.Key.Question, card.Value))
            .OrderBy(card => card.Card.Due)];
        QuestionCard[] due = [.. all.Where(card => card.Card.Due <= now)];
        return Task.FromResult(new DueCards([.. due.Take(limit)], due.Length, all.Length, all.Skip(due.Length).FirstOrDefault()?.Card.Due));
    }

    Task<Card?> IReviewStore.FindAsync(string learner, string question, CancellationToken cancellationToken) => FindCardAsync(learner, question);

    public async Task<T> RunAsync<T>(Func<IPracticeTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        Action? before = Before;
        Before = null;
        before?.Invoke();
        await turn.WaitAsync(cancellationToken);
        var kept = (answers, interviews, cards, days, recorded);
        (answers, interviews, cards, days, recorded) = (answers.ToDictionary(entry => entry.Key, entry => entry.Value.ToList()), new(interviews), new(cards), new(days), [.. recorded]);
        try
        {
            return IsBroken ? throw new IOException("broken") : await work(this);
        }
        catch
        {
            (answers, interviews, cards, days, recorded) = kept;
            throw;
        }
        finally
        {
            turn.Release();
        }
    }

    public bool IsUnavailable(Exception exception) => exception is IOException;

    public Task<bool> HasLearnerAsync(string learner) => Task.FromResult(Learners.Contains(learner));

    public Task<bool> TryAnswerAsync(long quiz, QuizEntry item, string? key)
    {
        string id = quizzes[(int)quiz].Id;
        List<(GradedAnswer Answer, string? Key)> stored = answers.GetValueOrDefault((item.Number, id)) ?? [];
        bool isTaken = key is not null && answers.Any(entry => entry.Key.Quiz == id && entry.Value.Exists(answer => answer.Key == key));
        if (isTaken || stored.Count != item.Earlier.Count)
        {
            return Task.FromResult(false);
        }

        stored.Add((item.Answer!, key));
        answers[(item.Number, id)] = stored;
        return Task.FromResult(true);
    }

    public Task<Interview?> FindInterviewAsync(string id, string? learner) => Task.FromResult(
        interviews.TryGetValue(id, out Interview? found) && (found.Learner is null || found.Learner == learner) ? found : null);

    public Task SaveAsync(Interview interview, StorageQuota quota)
    {
        interviews[interview.Id] = interview;
        return Task.CompletedTask;
    }

    public Task<Card?> FindCardAsync(string learner, string question) => Task.FromResult(cards.GetValueOrDefault((learner, question)));

    public Task SaveAsync(RecordedAnswer answer, Card card)
    {
        recorded.Add(answer);
        cards[(answer.LearnerId, answer.QuestionId)] = card;
        return Task.CompletedTask;
    }

    public Task<bool> HasDailyAnswerAsync(string learner, DateTimeOffset since) =>
        Task.FromResult(recorded.Exists(answer => answer.LearnerId == learner && answer.Source == AnswerOrigin.Daily && answer.At >= since));

    public Task<string?> FindDailyAsync(DateOnly day) =>
        Task.FromResult(days.TryGetValue(day, out string? id) && !Retired.Contains(id) ? id : null);

    public Task SaveDailyAsync(DateOnly day, string question)
    {
        days[day] = question;
        return Task.CompletedTask;
    }

    Task<InterviewListing> IInterviewStore.ListAsync(string learner, string? question, int limit, string? cursor, CancellationToken cancellationToken) =>
        Task.FromResult(new InterviewListing([.. interviews.Values.Where(interview => interview.Learner == learner)], null));

    private QuizEntry Answered(string quiz, QuizEntry item) =>
        (answers.GetValueOrDefault((item.Number, quiz)) ?? []).Aggregate(item, (before, stored) => before.With(stored.Answer));

    private QuizEntry? Keyed(string quiz, QuizEntry item, string? key)
    {
        List<(GradedAnswer Answer, string? Key)> stored = answers.GetValueOrDefault((item.Number, quiz)) ?? [];
        int index = key is null ? -1 : stored.FindIndex(answer => answer.Key == key);
        return index < 0 ? null : item with { Earlier = [.. item.Earlier.Take(index)], Answer = stored[index].Answer };
    }

    private IEnumerable<Question> Matching(QuestionFilter filter) => GivenOut
        .Where(question => filter.Kinds.Count == 0 || filter.Kinds.Contains(question.Kind))
        .Where(question => filter.Ids.Count == 0 || filter.Ids.Contains(question.Id))
        .Where(question => filter.Topics.Count == 0 || filter.Topics.Contains(question.Topic))
        .Where(question => filter.Difficulties.Count == 0 || filter.Difficulties.Contains(question.Difficulty))
        .Where(question => !filter.IsClosed || !question.Open)
        .Where(question => !filter.IsGradable || question.Kind != QuestionFormat.Interview)
        .OrderBy(question => question.Id, StringComparer.Ordinal);

    private QuestionCandidate Candidate(Question question) => new(Array.IndexOf(questions, question), question.Group);

    private static BankedQuestion Banked(Question question) =>
        new(1, QuestionOrigin.File, new Topic(question.Topic, question.Topic), question, question);
}
