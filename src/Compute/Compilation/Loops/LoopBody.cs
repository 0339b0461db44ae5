using System.Globalization;
using System.Text;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Compilation.Loops;

/// <summary>How a loop meets a value in memory.</summary>
internal enum LoopAccess
{
    /// <summary>An element for each step of the loop.</summary>
    Stream,

    /// <summary>One element for a whole row.</summary>
    Splat,

    /// <summary>A row joined to one element.</summary>
    Fold,

    /// <summary>All rows joined to what is there.</summary>
    Join,
}

/// <summary>A value that a loop reads or writes.</summary>
/// <param name="Access">How.</param>
/// <param name="IsTruth">True for truth values, which lie as bytes.</param>
/// <param name="Value">The number of the value in the loop.</param>
/// <param name="Fold">For what is joined, by what: Add, Max, Min, MaxNative or Or.</param>
internal readonly record struct LoopPort(LoopAccess Access, bool IsTruth, int Value, string Fold = "");

/// <summary>A function of values of the loop.</summary>
/// <param name="Function">Its name.</param>
/// <param name="Operands">The numbers of its operands.</param>
/// <param name="Target">The number of its result.</param>
internal sealed record LoopStep(string Function, int[] Operands, int Target);

/// <summary>
/// One loop over the rows of some memory and over the elements of each row, as it is emitted: what is read, the functions in order, what is written.
/// Its pointers are those of the inputs, then those of the outputs.
/// </summary>
/// <param name="DType">The type of all that is no truth value.</param>
/// <param name="Inputs">What is read.</param>
/// <param name="Steps">What is computed.</param>
/// <param name="Outputs">What is written.</param>
internal sealed record LoopBody(DType DType, LoopPort[] Inputs, LoopStep[] Steps, LoopPort[] Outputs)
{
    /// <summary>Tells bodies apart: two of one key run the same code.</summary>
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
