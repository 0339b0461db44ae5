using System.Text;
using Backprop.Compute.Compilation;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Devices.Emission;

/// <summary>How a kernel finds the elements of an operand.</summary>
internal enum Reading
{
    /// <summary>In order, as in the result.</summary>
    Contiguous,

    /// <summary>The same for all.</summary>
    Single,

    /// <summary>By strides from the table.</summary>
    Strided,
}

/// <summary>An operand as the kernel sees it.</summary>
/// <param name="DType">The type of its elements.</param>
/// <param name="Constant">Whether it is among the plan's constants.</param>
/// <param name="Reading">How its elements are found.</param>
internal readonly record struct FormOperand(DType DType, bool Constant, Reading Reading);

/// <summary>
/// Everything that determines the code of an elementwise kernel; extents, strides and offsets are data, so that one kernel serves many plans.
/// </summary>
/// <param name="Group">The operations.</param>
/// <param name="Operands">The values from outside.</param>
/// <param name="Results">The types of the outputs.</param>
internal sealed record ElementwiseForm(FusedGroup Group, FormOperand[] Operands, DType[] Results)
{
    /// <summary>The identity of the form.</summary>
    public string Key()
    {
        var key = new StringBuilder();
        foreach (FormOperand operand in Operands)
        {
            key.Append(operand.DType).Append(operand.Constant ? 'c' : 'w').Append((int)operand.Reading).Append(' ');
        }

        foreach (TileInstruction instruction in Group.Instructions)
        {
            key.Append('|').Append(DeviceFunctions.Of(instruction.Node).Key);
            foreach (TileReference operand in instruction.Operands)
            {
                key.Append(' ').Append((int)operand.Source).Append('.').Append(operand.Index);
            }

            key.Append('>').Append(instruction.Node.DType).Append((int)instruction.Target.Source).Append('.').Append(instruction.Target.Index);
        }

        return key.ToString();
    }
}
