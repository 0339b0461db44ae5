namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>Adds the nodes of a call to a graph and returns its value.</summary>
internal delegate Domain.Graphs.Operand CallBuilder(Call call, DefinitionBuilder graph);

/// <summary>A function of expressions.</summary>
/// <param name="Signature">Its operands, then its keywords with their defaults: <c>x, y, axis=-1</c>. <c>b?</c> may be omitted, <c>*x</c> repeats,
/// and <c>axis=</c> must be given.</param>
/// <param name="Apply">Adds the nodes of a call.</param>
/// <param name="Operator">The operator that it applies, or null if it is written with several.</param>
internal sealed record Function(string Signature, CallBuilder Apply, string? Operator = null)
{
    private readonly string[] items = Signature.Split(", ", StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The operands: <c>?</c> after a name marks an optional one, <c>*</c> before it a repeated one.</summary>
    public IEnumerable<string> Operands => items.Where(item => !item.Contains('='));

    /// <summary>The keywords with their defaults; an empty default means that the keyword is required.</summary>
    public IEnumerable<(string Name, string Default)> Keywords => items.Where(item => item.Contains('='))
        .Select(item => (item[..item.IndexOf('=')], item[(item.IndexOf('=') + 1)..]));

    /// <summary>The function with another way to read its call.</summary>
    public Function Reading(Func<Call, Call> read) => this with { Apply = (call, graph) => Apply(read(call), graph) };
}
