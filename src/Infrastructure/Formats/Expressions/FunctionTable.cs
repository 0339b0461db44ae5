using System.Collections.Frozen;
using Backprop.Domain.Graphs;
using Backprop.Domain.Suggestions;

namespace Backprop.Infrastructure.Formats.Expressions;

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

        Common =
        [
            .. ElementwiseFunctions.All, .. ArrayFunctions.All, .. MatrixFunctions.All, .. ShapeFunctions.All, .. NetworkFunctions.All,
            .. DefinedFunctions.Of(this),
        ];
        string[] written = [.. Common.SelectMany(row => row.Names.Split(' '))];
        foreach ((string names, Function function) in Common)
        {
            foreach (string name in names.Split(' '))
            {
                table[Key(name)] = function;
            }
        }

        functions = table.ToFrozenDictionary();
        suggestions = new NameSuggestions(written.Concat(operators.Select(op => op.ToLowerInvariant())), FunctionSynonyms.All);
    }

    /// <summary>The functions under common names.</summary>
    public IReadOnlyList<(string Names, Function Function)> Common { get; }

    /// <summary>True if there is a function of this name.</summary>
    public bool Contains(string name) => functions.ContainsKey(Key(name));

    /// <summary>Adds the nodes of a call.</summary>
    public Operand Apply(Call call, DefinitionBuilder graph)
    {
        string name = call.Word.ToStringValue();
        return functions.TryGetValue(Key(name), out Function? function)
            ? function.Apply(KeywordAliases.Renamed(call with { Function = function }, function), graph)
            : throw Unknown(call, name, graph);
    }

    /// <summary>Adds the nodes of a call of another function than the called name.</summary>
    public Operand Apply(string function, Call call, DefinitionBuilder graph) => functions[Key(function)].Apply(call, graph);

    private GraphException Unknown(Call call, string name, DefinitionBuilder graph) =>
        graph.IsValue(name) ? call.Word.Error($"{call.Word.Quoted()} is a value, not a function; write a product with '*': {name.Brief()}*(…)")
        : Refusals.Hint(Key(name)) is { } hint ? call.Word.Error($"{call.Word.Quoted()} is not supported: {hint}")
        : call.Word.Error($"unknown function {call.Word.Quoted()}{Hint(name)}");

    private string Hint(string name) => suggestions.Hint(name, name.Length == 1
        ? $"; write a product with '*': {name}*(…)"
        : "; GET /expressions lists the functions");

    /// <summary>A name without case and underscores. Only ASCII letters ignore case: σ is the sigmoid, Σ a sum.</summary>
    public static string Key(string name) =>
        string.Concat(name.Where(letter => letter != '_').Select(letter => char.IsAscii(letter) ? char.ToLowerInvariant(letter) : letter));
}
