namespace Backprop.Domain.Practice.Questions;

/// <summary>A company that is known to ask a question.</summary>
/// <param name="Name">Its name, spelled as it spells itself.</param>
/// <param name="Source">Where that is known from.</param>
public sealed record CompanyTag(string Name, string Source);

/// <summary>A work that a statement rests on.</summary>
/// <param name="Authors">Its authors.</param>
/// <param name="Title">Its title.</param>
/// <param name="Year">The year it came out.</param>
/// <param name="Where">Journal, conference or publisher, and the place in the work.</param>
/// <param name="Url">An address that it can be read at; null where there is none.</param>
public sealed record Citation(string Authors, string Title, int Year, string? Where = null, string? Url = null);

/// <summary>A graph to be shown: an expression and the values of its inputs. It is drawn without gradients, which may be the key.</summary>
/// <param name="Expression">The graph, in the expression language of the service.</param>
/// <param name="Inputs">The values of its inputs, shown at their nodes; those without one are shown by name.</param>
public sealed record Figure(string Expression, IReadOnlyDictionary<string, double> Inputs);
