using System.Text;
using Backprop.Client.Derivatives;
using Backprop.Compute.Engine;

namespace Backprop.Api.Features.Derivatives;

/// <summary>A walk-through as plain text, one computation per line.</summary>
internal static class WalkthroughReport
{
    /// <summary>Writes both passes.</summary>
    public static string Of(string output, Steps steps, IReadOnlyList<NumericWarning> warnings)
    {
        var text = new StringBuilder();
        text.Append("Forward pass\n");
        foreach (ForwardStep step in steps.Forward)
        {
            text.Append("  ").Append(step.Computation).Append('\n');
        }

        text.Append($"\nBackward pass: how {output} changes with each value\n");
        foreach (BackwardStep step in steps.Backward)
        {
            text.Append("  ").Append(step.Computation).Append('\n');
        }

        foreach (NumericWarning warning in warnings)
        {
            text.Append($"\nWarning, {warning.Pass.ToString().ToLowerInvariant()} pass, {warning.Node}: {warning.Reason}\n");
        }

        return text.ToString();
    }
}
