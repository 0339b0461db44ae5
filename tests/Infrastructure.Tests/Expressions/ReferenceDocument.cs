using System.Globalization;
using System.Text;
using Backprop.Infrastructure.Formats.Expressions.Reference;

namespace Backprop.Infrastructure.Tests.Expressions;

/// <summary>docs/expressions.md, written from the table of the parser.</summary>
internal static class ReferenceDocument
{
    private const string Introduction = """
        # Expressions

        An expression is a graph as text, the member `expression` of a request. `GET /expressions` serves this page to programs.

        ```
        z = x @ w + b          # each name is defined once, before it is used
        p = softmax(z, axis=-1)
        L = -sum(y * log(p))
        ```

        An error gets 422 at `expression`. Its `detail` shows the line with a caret below the faulty part, which `line`, `column` and `length` locate:

        ```
        line 1, column 5: unknown function 'sinn'; did you mean 'sin'?

        y + sinn(x)
            ^^^^
        ```
        """;

    private const string Functions = """
        ## Functions

        Any operator of `GET /operators` can be called, by its ONNX name or the usual one of NumPy, PyTorch, SciPy or mathematics; upper case and underscores do not count. Operands come first, attributes are keywords. `b?` may be omitted, `*x` may be repeated, and `axis=` without a default must be given.

        If an operator has several results, a call returns the first, or the one that `output` selects: `svd(A, output='S')`. `cholesky` and `eigh` read the symmetric part of the matrix. A singular matrix gives NaN and a warning; so do derivatives of eigenvectors whose eigenvalues coincide, but not those of the eigenvalues.
        """;

    /// <summary>The text of the page.</summary>
    public static string Text(LanguageReference language)
    {
        var page = new StringBuilder(Introduction).Append('\n');
        foreach (IGrouping<string, NotationEntry> topic in language.Notation.GroupBy(entry => entry.Topic))
        {
            Table(page, $"## {topic.Key}", "write | meaning", topic.Select(entry => $"{Code(entry.Forms)} | {entry.Meaning}"));
        }

        Table(page, "## Constants", "write | meaning", language.Constants.Select(entry => $"{Code([entry.Name])} | {entry.Meaning}"));
        Table(page, "## Operators\n\nFrom the loosest to the tightest; precedence and associativity are Python's.", "write | precedence | groups from | meaning", language.Operators.Select(entry =>
            $"{Code(entry.Forms)} | {entry.Precedence} | {Side(entry.Associativity)} | {entry.Meaning}"));
        page.Append('\n').Append(Functions).Append('\n');
        foreach (FunctionFamily family in language.Families)
        {
            Table(page, $"### {family.Title}", "write | also | meaning", family.Functions.Select(entry =>
                $"{Code([entry.Signature])} | {Code(entry.Names.Skip(1))} | {entry.Meaning.Replace("|", @"\|")}"));
        }

        Table(page, "## Examples", "expression | inputs | value | gradients", language.Examples.Select(entry =>
            $"{Code([entry.Expression.Replace("\n", "; ")])} | {Code([entry.Inputs])} | {entry.Value.ToString("R", CultureInfo.InvariantCulture)} | {Code([entry.Gradients])}"));
        return page.ToString().Replace("\r", string.Empty);
    }

    private static void Table(StringBuilder page, string title, string header, IEnumerable<string> rows)
    {
        string rule = string.Join(" | ", Enumerable.Repeat("---", header.Split(" | ").Length));
        page.Append('\n').Append(title).Append("\n\n| ").Append(header).Append(" |\n| ").Append(rule).Append(" |\n");
        foreach (string row in rows)
        {
            page.Append("| ").Append(row).Append(" |\n");
        }
    }

    private static string Code(IEnumerable<string> texts) => string.Join(", ", texts.Select(text => $"`{text.Replace("|", @"\|")}`"));

    private static string Side(Associativity associativity) => associativity switch
    {
        Associativity.Left => "the left",
        Associativity.Right => "the right",
        _ => "",
    };
}
