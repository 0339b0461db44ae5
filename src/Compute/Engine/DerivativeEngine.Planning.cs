using Backprop.Domain.Graphs;

namespace Backprop.Compute.Engine;

/// <content>Plans that are looked at and not run.</content>
public sealed partial class DerivativeEngine
{
    /// <summary>The plan that <see cref="Prepare"/> would find or make for a question; it is not cached.</summary>
    /// <param name="submission">The graph. Where no values come with it, its inputs are typed by their declarations alone.</param>
    /// <param name="question">What is asked of it.</param>
    /// <param name="cancellation">Ends a long walk.</param>
    /// <exception cref="GraphException">The graph or the question does not fit.</exception>
    /// <exception cref="LimitException">It would cost more than is allowed.</exception>
    public Compiled Planned(Submission submission, Question question, CancellationToken cancellation)
    {
        BindingOptions options = Options(submission, question, cancellation) with { HasValues = submission.Inputs.Count > 0 };
        BoundInputs inputs = InputBinding.Bind(submission.Definition, submission.Inputs, options);
        return Guarded(submission, () => Compile(submission, question, inputs, options, cancellation));
    }
}
