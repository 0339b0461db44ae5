namespace Backprop.Domain.Practice.Progress;

/// <summary>
/// How well a learner knows a topic, by the last graded answers. A topic is weak where there are enough answers to tell, their mean
/// is below what mastery asks for, and they do not show that the true score is above one half. The lower bound alone would blame
/// topics that have hardly been asked; the mean alone would blame one unlucky day among many answers.
/// </summary>
/// <param name="Answers">How many answers it goes by, at most <see cref="Window"/>.</param>
/// <param name="Mean">Their mean score, 0 … 1.</param>
public readonly record struct TopicStrength(int Answers, double Mean)
{
    /// <summary>How many of the last answers count: what was not known long ago may be known by now.</summary>
    public const int Window = 20;

    private const int Enough = 3;
    private const double Mastery = 0.8;
    private const double Half = 0.5;

    /// <summary>What the true score is at least, with 95 % confidence.</summary>
    public double AtLeast => WilsonBound.Lower(Mean, Answers);

    /// <summary>Whether the topic is weak.</summary>
    public bool IsWeak => Answers >= Enough && Mean < Mastery && AtLeast < Half;
}
