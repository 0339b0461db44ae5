using System.Globalization;
using System.Text;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Compilation.Loops;

/// <summary>How a loop accesses a value in memory.</summary>
internal enum LoopAccess
{
    /// <summary>One element per iteration of the loop.</summary>
    Stream,

    /// <summary>One element for a whole row.</summary>
    Splat,

    /// <summary>A row reduced to one element.</summary>
    Fold,

    /// <summary>All rows reduced into the element that is already there.</summary>
    Join,
}

/// <summary>A value that a loop reads or writes.</summary>
/// <param name="Access">How it is accessed.</param>
/// <param name="IsTruth">True for truth values, which are stored as bytes.</param>
/// <param name="Value">The number of the value in the loop.</param>
/// <param name="Fold">For reductions, the operation: Add, Max, Min, Peak or Or.</param>
internal readonly record struct LoopPort(LoopAccess Access, bool IsTruth, int Value, string Fold = "");

/// <summary>A function of values of the loop.</summary>
/// <param name="Function">Its name.</param>
/// <param name="Operands">The numbers of its operands.</param>
/// <param name="Target">The number of its result.</param>
internal sealed record LoopStep(string Function, int[] Operands, int Target);

/// <summary>
/// One emitted loop over the rows of some memory and the elements of each row: its inputs, its functions in order, its outputs. Its pointers are
/// those of the inputs, then those of the outputs.
/// </summary>
/// <param name="DType">The type of everything that is not a truth value.</param>
/// <param name="Inputs">What is read.</param>
/// <param name="Steps">What is computed.</param>
/// <param name="Outputs">What is written.</param>
internal sealed record LoopBody(DType DType, LoopPort[] Inputs, LoopStep[] Steps, LoopPort[] Outputs)
{
    /// <summary>The identity of the body: two bodies with the same key run the same code.</summary>
    public string Key()
    {
        var key = new StringBuilder(DType.Label());
        foreach (LoopPort input in Inputs)
        {
            Append(key.Append(" <"), input);
        }

        foreach (LoopStep step in Steps)
        {
            key.Append(' ').Append(step.Function).AppendJoin(',', step.Operands).Append('=').Append(CultureInfo.InvariantCulture, $"{step.Target}");
        }

        foreach (LoopPort output in Outputs)
        {
            Append(key.Append(" >"), output);
        }

        return key.ToString();
    }

    private static void Append(StringBuilder key, LoopPort port) =>
        key.Append((int)port.Access).Append(port.IsTruth ? 't' : 'n').Append(port.Fold).Append(CultureInfo.InvariantCulture, $"{port.Value}");
}
