using Backprop.Domain.Operators;
using Backprop.Infrastructure.Formats.Onnx.Schema;

namespace Backprop.Infrastructure.Formats.Onnx.Export;

/// <summary>What ONNX requires of recurrent layers: the size of their state, which is implied by the shapes here, and 32-bit lengths.</summary>
/// <param name="model">The model under construction.</param>
internal sealed class RecurrentWriter(ModelAssembly model)
{
    private const int Lengths = 4;

    /// <summary>True for the recurrent operators.</summary>
    public static bool Is(Operator row) => row.Name is "RNN" or "GRU" or "LSTM";

    /// <summary>Adds the missing operands and attributes of a layer.</summary>
    /// <param name="inputs">The operands.</param>
    /// <param name="attributes">The attributes.</param>
    /// <param name="hidden">The elements of the state.</param>
    public void Complete(List<string> inputs, List<OnnxAttribute> attributes, int hidden)
    {
        if (attributes.All(attribute => attribute.Name != "hidden_size"))
        {
            attributes.Add(OnnxAttribute.Of("hidden_size", (long)hidden));
        }

        if (inputs.Count > Lengths && inputs[Lengths].Length > 0)
        {
            string lengths = model.FreshName(inputs[Lengths]);
            model.Add("Cast", [inputs[Lengths]], [lengths], [OnnxAttribute.Of("to", (long)OnnxElementType.Int32)]);
            inputs[Lengths] = lengths;
        }
    }
}
