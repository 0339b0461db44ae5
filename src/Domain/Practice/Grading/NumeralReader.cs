using System.Globalization;
using System.Text.RegularExpressions;

namespace Backprop.Domain.Practice.Grading;

/// <summary>
/// Reads the number at a position of a text: <c>620,000</c>, <c>6.2e5</c>, <c>3.5*10^8</c>, <c>2^-24</c>, <c>1/3</c>, <c>sqrt(2/1280)</c>,
/// <c>4*(8 - 3)</c>. A comma before groups of three digits is a separator, any other is a decimal comma.
/// </summary>
internal sealed partial class NumeralReader(string text)
{
    private const int Deepest = 32;
    private int at;
    private int depth;

    /// <summary>The text that has not been read yet.</summary>
    public string Rest => text[at..];

    /// <summary>True if the last number was written with a division.</summary>
    public bool IsQuotient { get; private set; }

    /// <summary>
    /// The significant figures of the last number: its digits from the first that is not 0; unlimited for a sum, a quotient or a root.
    /// </summary>
    public int Figures { get; private set; }

    /// <summary>The next number, or null if there is none.</summary>
    public double? Read()
    {
        (IsQuotient, Figures, depth) = (false, 0, 0);
        return Sum();
    }

    private double? Sum()
    {
        double? sum = Product();
        for (int end = at; sum is not null; end = at)
        {
            int sign = Takes('+') ? 1 : Takes('-') ? -1 : 0;
            if (sign == 0 || Product() is not { } term)
            {
                at = end;
                break;
            }

            Figures = int.MaxValue;
            sum += sign * term;
        }

        return sum;
    }

    private double? Product()
    {
        double? product = Power();
        for (int end = at; product is not null; end = at)
        {
            bool divides = Takes('/');
            if (!(divides || Takes('*') || Takes('x')) || Power() is not { } factor)
            {
                at = end;
                break;
            }

            product = divides ? product / factor : product * factor;
            (IsQuotient, Figures) = divides ? (true, int.MaxValue) : (IsQuotient, Figures);
        }

        return product;
    }

    private double? Power()
    {
        int start = at;
        int sign = Takes('-') ? -1 : Takes('+') ? 1 : 0;
        if (Primary() is not { } number)
        {
            at = start;
            return null;
        }

        int end = at;
        if (!Takes('^') || Exponent() is not { } exponent)
        {
            at = end;
            return sign < 0 ? -number : number;
        }

        double power = Math.Pow(number, exponent);
        return sign < 0 ? -power : power;
    }

    private double? Exponent()
    {
        int sign = Takes('-') ? -1 : Takes('+') ? 1 : 1;
        return sign * Primary();
    }

    // A numeral, a root or a parenthesis, which a text may nest only so deep.
    private double? Primary()
    {
        int start = at;
        bool isRoot = Takes("sqrt") || Takes('√');
        if (Takes('(') && ++depth <= Deepest && Sum() is { } inner && Takes(')'))
        {
            depth--;
            Figures = int.MaxValue;
            return isRoot ? Math.Sqrt(inner) : inner;
        }

        if (isRoot && Plain() is { } radicand)
        {
            Figures = int.MaxValue;
            return Math.Sqrt(radicand);
        }

        at = start;
        return Plain();
    }

    private bool Takes(string word)
    {
        int place = Skipped();
        if (string.CompareOrdinal(text, place, word, 0, word.Length) != 0)
        {
            return false;
        }

        at = place + word.Length;
        return true;
    }

    private double? Plain()
    {
        Match match = Numeral().Match(text, Skipped());
        if (!match.Success)
        {
            return null;
        }

        at = match.Index + match.Length;
        string digits = match.Groups["comma"].Success
            ? match.Groups["comma"].Value.Replace(".", string.Empty, StringComparison.Ordinal).Replace(',', '.')
            : Separators().Replace(match.Groups["point"].Value, string.Empty);
        Figures = Math.Max(Figures, digits.Replace(".", string.Empty, StringComparison.Ordinal).TrimStart('0').Length);
        return double.Parse(digits + match.Groups["exponent"].Value, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private bool Takes(char sign)
    {
        int place = Skipped();
        if (place >= text.Length || text[place] != sign)
        {
            return false;
        }

        at = place + 1;
        return true;
    }

    private int Skipped()
    {
        int place = at;
        while (place < text.Length && text[place] == ' ')
        {
            place++;
        }

        return place;
    }

    [GeneratedRegex(
        """
        \G(?:
            (?<point>[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?)         # 620,000
          | (?<point>[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?)    # 6,20,000
          | (?<point>[1-9][0-9]{0,2}(?:[\x20_'][0-9]{3})+(?:\.[0-9]+)?)  # 620 000
          | (?<comma>[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+)              # 1.234,5
          | (?<comma>[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,})                  # 1.234.567
          | (?<comma>[0-9]+,[0-9]+)                                      # 11,09
          | (?<point>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)                       # 11.09
        )(?![0-9]|[.,_'][0-9])(?<exponent>[eE][+-]?[0-9]{1,4}(?![0-9]))?
        """,
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Numeral();

    [GeneratedRegex("[ ,_']")]
    private static partial Regex Separators();
}
