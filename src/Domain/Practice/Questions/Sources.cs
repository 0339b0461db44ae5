namespace Backprop.Domain.Practice.Questions;

/// <summary>A company that is known to ask a question.</summary>
/// <param name="Name">Its name as it spells itself.</param>
/// <param name="Source">The source of this information.</param>
public sealed record CompanyTag(string Name, string Source);

/// <summary>A work that supports a statement.</summary>
/// <param name="Authors">Its authors.</param>
/// <param name="Title">Its title.</param>
/// <param name="Year">The year of publication.</param>
/// <param name="Where">Journal, conference or publisher, and the section or page.</param>
/// <param name="Url">The address of the work; null if there is none.</param>
public sealed record Citation(string Authors, string Title, int Year, string? Where = null, string? Url = null);

/// <summary>A graph to show: an expression and the values of its inputs. It is shown without gradients, which may be the key.</summary>
/// <param name="Expression">The graph, in the expression language of the service.</param>
/// <param name="Inputs">The values of its inputs, shown at their nodes; inputs without a value are shown by name.</param>
public sealed record Figure(string Expression, IReadOnlyDictionary<string, double> Inputs);
