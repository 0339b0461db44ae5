using System.Collections.Frozen;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Suggestions;

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
    private readonly NameSuggestions suggestions;

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
        suggestions = new NameSuggestions(functions.Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>Adds the nodes of a call.</summary>
    public Operand Apply(Call call, DefinitionBuilder graph) =>
        functions.TryGetValue(Key(call.Word.ToStringValue()), out Function? function)
            ? function(call, graph)
            : Refusals.Hint(Key(call.Word.ToStringValue())) is { } hint ? throw call.Word.Error($"{call.Word.Quoted()} is not supported: {hint}")
            : throw call.Word.Error($"unknown function {call.Word.Quoted()}{suggestions.Hint(call.Word.ToStringValue())}");

    /// <summary>Adds the nodes of a call of another function than the called name.</summary>
    public Operand Apply(string function, Call call, DefinitionBuilder graph) => functions[Key(function)](call, graph);

    /// <summary>A name without case and underscores.</summary>
    public static string Key(string name) => name.Replace("_", string.Empty).ToLowerInvariant();
}
