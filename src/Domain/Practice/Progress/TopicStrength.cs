namespace Backprop.Domain.Practice.Progress;

/// <summary>
/// How well a learner knows a topic, judged by the last graded answers. A topic is weak if there are enough answers to judge, their mean is below
/// mastery, and they do not show that the true score is above one half. The lower bound by itself would flag topics with few answers; the mean by
/// itself would flag one unlucky day among many answers.
/// </summary>
/// <param name="Answers">The number of answers it is based on, at most <see cref="Window"/>.</param>
/// <param name="Mean">Their mean score, 0 … 1.</param>
public readonly record struct TopicStrength(int Answers, double Mean)
{
    /// <summary>The number of most recent answers that count: what was unknown long ago may be known by now.</summary>
    public const int Window = 20;

    private const int Enough = 3;
    private const double Mastery = 0.8;
    private const double Half = 0.5;

    /// <summary>The lower bound of the true score at 95 % confidence.</summary>
    public double AtLeast => WilsonBound.Lower(Mean, Answers);

    /// <summary>Whether the topic is weak.</summary>
    public bool IsWeak => Answers >= Enough && Mean < Mastery && AtLeast < Half;
}
