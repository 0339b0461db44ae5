using Backprop.Domain.Graphs;
using Backprop.Domain.Suggestions;

namespace Backprop.Domain.Practice.Grading.Exercises;

/// <summary>Reads a program; what cannot be read is a <see cref="GraphException"/>.</summary>
/// <param name="text">An expression, or a graph as a document.</param>
/// <param name="known">The names that have values: a free name among them is an input, and no constant.</param>
/// <param name="cancellationToken">Cancels.</param>
public delegate GraphDefinition ProgramReading(string text, IReadOnlyCollection<string> known, CancellationToken cancellationToken);

/// <summary>Reads programs whose free names are known.</summary>
/// <param name="read">Reads the text.</param>
internal sealed class ProgramReader(ProgramReading read)
{
    /// <summary>A program as an author writes it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="known">The names that have values.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="GraphException">It cannot be read, or a name is unknown.</exception>
    public TensorProgram Read(string text, IReadOnlySet<string> known, CancellationToken cancellationToken = default)
    {
        GraphDefinition definition;
        try
        {
            definition = read(text, known, cancellationToken);
        }
        catch (LimitException error)
        {
            throw new GraphException("expression", error.Message);
        }

        var program = new TensorProgram(definition);
        foreach (InputDefinition input in definition.Inputs.Where(input => !known.Contains(input.Name)))
        {
            string reason = $"there is no value '{input.Name}'{new NameSuggestions([.. known, .. program.Names]).Hint(input.Name)}";
            var error = new GraphException("expression", reason);
            throw input.Place is { } place ? ExpressionPlaces.Placed(error, place) : error;
        }

        return program;
    }

    /// <summary>What is said of a text that cannot be read: the error, and the place that it concerns.</summary>
    /// <param name="error">The error.</param>
    public static string Reason(GraphException error) =>
        error.Place is { } place ? $"{error.Message}\n\n{place.Excerpt}" : error.Message;
}
