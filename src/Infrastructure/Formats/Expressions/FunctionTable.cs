using System.Collections.Frozen;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>Adds the nodes of a call to a graph and returns its value.</summary>
internal delegate Operand Function(Call call, DefinitionBuilder graph);

/// <summary>
/// The functions by name, ignoring case and underscores. Common mathematical names come first, then every operator under its own name, with operands
/// by position and attributes by keyword.
/// </summary>
internal sealed class FunctionTable
{
    private readonly FrozenDictionary<string, Function> functions;

    /// <summary>The table of the common functions and these operators.</summary>
    public FunctionTable(IEnumerable<string> operators)
    {
        Dictionary<string, Function> table = [];
        foreach (string op in operators)
        {
            table[Key(op)] = OperatorFunctions.Of(op);
        }

        foreach ((string names, Function function) in ElementwiseFunctions.All.Concat(ArrayFunctions.All).Concat(MatrixFunctions.All)
            .Concat(ShapeFunctions.All)
            .Concat(NetworkFunctions.All).Concat(DefinedFunctions.Of(this)))
        {
            foreach (string name in names.Split(' '))
            {
                table[Key(name)] = function;
            }
        }

        functions = table.ToFrozenDictionary();
    }

    /// <summary>Adds the nodes of a call.</summary>
    public Operand Apply(Call call, DefinitionBuilder graph) =>
        functions.TryGetValue(Key(call.Word.ToStringValue()), out Function? function)
            ? function(call, graph)
            : Refusals.Hint(Key(call.Word.ToStringValue())) is { } hint ? throw call.Word.Error($"{call.Word.Quoted()} is not supported: {hint}")
            : throw call.Word.Error($"unknown function {call.Word.Quoted()}{Suggestion(call.Word.ToStringValue())}");

    /// <summary>Adds the nodes of a call of another function than the called name.</summary>
    public Operand Apply(string function, Call call, DefinitionBuilder graph) => functions[Key(function)](call, graph);

    // One or two letters wrong, transposed or missing.
    private string Suggestion(string name)
    {
        const int LongestName = 40;
        string key = Key(name);
        if (key.Length is < 3 or > LongestName)
        {
            return "";
        }

        (string Known, int Distance) nearest = functions.Keys.Select(known => (known, EditDistance.Of(key, known)))
            .MinBy(pair => (pair.Item2, pair.known));
        return nearest.Distance <= Math.Min(2, key.Length / 3) ? $"; did you mean '{nearest.Known}'?" : "";
    }

    /// <summary>A name without case and underscores.</summary>
    public static string Key(string name) => name.Replace("_", string.Empty).ToLowerInvariant();
}
