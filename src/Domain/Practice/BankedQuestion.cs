using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Templates;

namespace Backprop.Domain.Practice;

/// <summary>The origin of a question.</summary>
public enum QuestionOrigin
{
    /// <summary>A content file; it changes only with that file.</summary>
    File,

    /// <summary>The API.</summary>
    Api,
}

/// <summary>A question that can be drawn.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Question">The question, or the template that it is drawn from.</param>
/// <param name="Shown">The draw of seed 0; the question itself if it is not drawn.</param>
public record DrawableQuestion(int Version, Question Question, Question Shown)
{
    /// <summary>
    /// The question drawn from a seed. The template was tried with seed 0 when it was stored; if it rejects this seed, seed 0 is used.
    /// </summary>
    /// <param name="seed">The seed.</param>
    /// <param name="draw">Draws templates.</param>
    public Question Draw(long seed, VariantDrawing draw)
    {
        try
        {
            return draw(Question, seed);
        }
        catch (Exception exception) when (exception is TemplateException or QuestionFaultException or GraphException)
        {
            return Shown;
        }
    }
}

/// <summary>A question of the bank.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Origin">Its origin.</param>
/// <param name="Topic">Its topic.</param>
/// <param name="Question">The question, or the template that it is drawn from.</param>
/// <param name="Shown">The draw of seed 0; the question itself if it is not drawn.</param>
public sealed record BankedQuestion(int Version, QuestionOrigin Origin, Topic Topic, Question Question, Question Shown)
    : DrawableQuestion(Version, Question, Shown)
{
    /// <summary>The question as it is asked outside of quizzes: drawn from a seed, with its choices in alphabetical order as on its page.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="draw">Draws templates.</param>
    public BankedQuestion Asked(long seed, VariantDrawing draw)
    {
        Question drawn = Draw(seed, draw);
        return this with
        {
            Shown = drawn.Choices is { } choices
                ? drawn with { Choices = [.. choices.OrderBy(choice => choice.Text, StringComparer.Ordinal)] }
                : drawn,
        };
    }
}
