using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Quizzes;

/// <summary>Draws the items of quizzes: those that were asked for, each interview question followed by exercises.</summary>
/// <param name="bank">The questions to draw from.</param>
/// <param name="draw">Draws templates.</param>
internal sealed class QuizDrawer(IQuestionBank bank, VariantDrawing draw)
{
    private const int DefaultCount = 10;
    private const int MostCompared = 1000;

    /// <summary>The items of a new quiz.</summary>
    /// <param name="options">The quiz.</param>
    /// <param name="seed">Its seed.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="PracticeException">There are not enough questions.</exception>
    public async Task<IReadOnlyList<QuizEntry>> DrawAsync(QuizOptions options, long seed, CancellationToken cancellationToken)
    {
        IReadOnlyList<DrawableQuestion> chosen = await ChosenAsync(options, seed, cancellationToken);
        var items = new List<QuizEntry>();
        var taken = new TakenQuestions(chosen.Select(question => question.Question));
        int following = options.Exercises ?? (options.Count is null ? 1 : 0);
        for (int index = 0; index < chosen.Count; index++)
        {
            items.Add(Item(chosen[index], items.Count + 1, seed, options, cancellationToken));
            int room = Math.Min(following, QuizSampler.MaxItems - items.Count - (chosen.Count - index - 1));
            foreach (DrawableQuestion exercise in await ExercisesAsync(chosen[index].Question, taken, room, seed, cancellationToken))
            {
                QuizEntry item = Item(exercise, items.Count + 1, seed, options, cancellationToken);
                items.Add(item with { Practises = chosen[index].Question.Id });
            }
        }

        return items;
    }

    /// <summary>Another item like one of a quiz: a new variant of its question, or a question of the same topic, if possible of the same kind and
    /// difficulty.</summary>
    /// <param name="quiz">The quiz.</param>
    /// <param name="like">The item.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="PracticeException">There is none.</exception>
    public async Task<QuizEntry> AnotherAsync(Quiz quiz, QuizEntry like, CancellationToken cancellationToken)
    {
        int number = quiz.Items.Count + 1;
        BankedQuestion? banked = await bank.FindAsync(like.Variant.Id, cancellationToken);
        QuizEntry? another = banked?.Question.Template is not null ? VariantDrawn(quiz, banked, number) : null;
        another ??= await SiblingAsync(quiz, like.Variant, number, cancellationToken);
        return another with { Tries = TryRules.Of(another.Variant, like.Tries), AnotherOf = like.Number };
    }

    private async Task<IReadOnlyList<DrawableQuestion>> ChosenAsync(QuizOptions options, long seed, CancellationToken cancellationToken)
    {
        QuestionFilter filter = await bank.CheckedAsync(options.Filter with { IsClosed = true }, cancellationToken);
        IReadOnlyList<QuestionCandidate> candidates =
            await bank.ListAsync(filter with { IsGradable = !filter.AsksForInterviews }, cancellationToken);
        if (candidates.Count == 0)
        {
            candidates = await bank.ListAsync(filter, cancellationToken);
        }

        // Who put questions in an order has chosen them all, also those that give each other away.
        int largest = options.IsOrdered ? candidates.Count : QuizSampler.Largest(candidates);
        int count = options.Count ?? Math.Min(options.IsOrdered ? QuizSampler.MaxCount : DefaultCount, largest);
        if (largest == 0)
        {
            throw new PracticeException(PracticeError.NoMatch, "No question that a quiz can ask matches these filters.");
        }

        if (count > largest)
        {
            string apart = largest < candidates.Count ? " that can be asked together" : "";
            throw new PracticeException(PracticeError.TooFewMatches,
                $"count must be at most {largest}, the matching questions{apart}; got {count}.");
        }

        return options.IsOrdered
            ? await InOrderAsync(filter.Ids, candidates, count, cancellationToken)
            : await bank.ReadAsync([.. QuizSampler.ChooseApart(candidates, count, seed).Select(one => one.Number)], cancellationToken);
    }

    private async Task<IReadOnlyList<DrawableQuestion>> InOrderAsync(IReadOnlyList<string> ids, IReadOnlyList<QuestionCandidate> candidates,
        int count, CancellationToken cancellationToken)
    {
        IReadOnlyList<DrawableQuestion> read = await bank.ReadAsync([.. candidates.Select(candidate => candidate.Number)], cancellationToken);
        Dictionary<string, DrawableQuestion> byId = read.ToDictionary(question => question.Question.Id, StringComparer.Ordinal);
        return [.. ids.Where(byId.ContainsKey).Select(id => byId[id]).Take(count)];
    }

    private async Task<IReadOnlyList<DrawableQuestion>> ExercisesAsync(Question interview, TakenQuestions taken, int count, long seed,
        CancellationToken cancellationToken)
    {
        if (interview.Interview is null || count <= 0)
        {
            return [];
        }

        var filter = new QuestionFilter { Topics = [interview.Topic], IsClosed = true, IsGradable = true };
        IReadOnlyList<LabelledQuestion> candidates = await bank.ListLabelledAsync(filter, MostCompared, cancellationToken);
        LabelledQuestion[] chosen =
        [
            .. RelatedExercises.Ranked(interview, candidates, seed).Where(one => taken.Take(one.Id, one.Candidate.Group)).Take(count),
        ];
        return await bank.ReadAsync([.. chosen.Select(one => one.Candidate.Number)], cancellationToken);
    }

    // Variants of a few numbers come again soon; then there is a sibling.
    private QuizEntry? VariantDrawn(Quiz quiz, DrawableQuestion question, int number)
    {
        const int attempts = 20;
        string[] before = [.. quiz.Items.Where(item => item.Variant.Id == question.Question.Id).Select(item => item.Variant.Prompt)];
        for (int attempt = 1; attempt <= attempts; attempt++)
        {
            Question variant = QuizSampler.Variant(question, unchecked(quiz.Seed + (number * attempts) + attempt), draw);
            if (!before.Contains(variant.Prompt))
            {
                return new QuizEntry(number, question.Version, variant);
            }
        }

        return null;
    }

    private async Task<QuizEntry> SiblingAsync(Quiz quiz, Question like, int number, CancellationToken cancellationToken)
    {
        HashSet<string> ids = [.. quiz.Items.Select(item => item.Variant.Id)];
        HashSet<string> groups = [.. quiz.Items.Select(item => item.Variant.Group).OfType<string>()];
        var filter = new QuestionFilter
        {
            Topics = [like.Topic],
            Kinds = like.Interview is null ? [] : [QuestionFormat.Interview],
            IsClosed = true,
            IsGradable = like.Interview is null,
        };
        foreach (QuestionFilter wanted in (QuestionFilter[])
            [filter with { Kinds = [like.Kind], Difficulties = [like.Difficulty] }, filter with { Kinds = [like.Kind] }, filter])
        {
            QuestionCandidate[] others = [.. (await bank.ListLabelledAsync(wanted, MostCompared, cancellationToken))
                .Where(one => !ids.Contains(one.Id) && (one.Candidate.Group is null || !groups.Contains(one.Candidate.Group)))
                .Select(one => one.Candidate)];
            if (others.Length > 0)
            {
                long[] chosen = [QuizSampler.Choose(others, 1, unchecked(quiz.Seed + number))[0].Number];
                DrawableQuestion sibling = (await bank.ReadAsync(chosen, cancellationToken))[0];
                return new QuizEntry(number, sibling.Version, QuizSampler.Variant(sibling, quiz.Seed, draw));
            }
        }

        throw new PracticeException(PracticeError.NoSibling,
            $"There is no other question of the topic '{like.Topic}' that this quiz can still ask.");
    }

    private QuizEntry Item(DrawableQuestion question, int number, long seed, QuizOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Question variant = QuizSampler.Variant(question, seed, draw);
        return new QuizEntry(number, question.Version, variant) { Tries = TryRules.Of(variant, options.Tries) };
    }

    /// <summary>The questions of a quiz, of which no two are the same or of one group.</summary>
    private sealed class TakenQuestions
    {
        private readonly HashSet<string> ids = new(StringComparer.Ordinal);
        private readonly HashSet<string> groups = new(StringComparer.Ordinal);

        public TakenQuestions(IEnumerable<Question> questions)
        {
            foreach (Question question in questions)
            {
                Take(question.Id, question.Group);
            }
        }

        /// <summary>Takes a question unless it, or one of its group, is taken.</summary>
        public bool Take(string id, string? group)
        {
            if (ids.Contains(id) || (group is not null && !groups.Add(group)))
            {
                return false;
            }

            return ids.Add(id);
        }
    }
}
