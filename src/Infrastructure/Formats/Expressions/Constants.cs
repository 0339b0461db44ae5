namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>The names that are numbers unless a statement defines them.</summary>
internal static class Constants
{
    /// <summary>Each constant with its value, its meaning and whether a submitted value takes precedence.</summary>
    public static IReadOnlyList<(string Name, double Value, string Meaning)> All { get; } =
    [
        ("pi", Math.PI, "the circumference of a circle of diameter 1"),
        ("π", Math.PI, "the same, unless the request gives a value for `π`"),
        ("e", Math.E, "Euler's number, unless the request gives a value for `e`"),
    ];

    /// <summary>The value of a constant, or null if the name is an input.</summary>
    /// <param name="name">The name.</param>
    /// <param name="submitted">The names of the submitted values, or null if they are not known: then <c>e</c> is an input.</param>
    public static double? Value(string name, IReadOnlySet<string>? submitted)
    {
        bool isConstant = name switch
        {
            "pi" => true,
            "π" => submitted?.Contains(name) != true,
            "e" => submitted?.Contains(name) == false,
            _ => false,
        };
        return isConstant ? All.First(constant => constant.Name == name).Value : null;
    }
}
