using System.Text;
using System.Text.RegularExpressions;

namespace Backprop.Api.Platform.Problems;

/// <summary>Shortens texts that contain client input, so that an answer is never long because a request was.</summary>
internal static partial class BriefText
{
    private const int LongestName = 100;
    private const int LongestMessage = 2000;
    private const int MostErrors = 100;
    private const int EndOfWord = 2;
    private const string Marks = "'\".,;)";
    private const char Cut = '…';

    /// <summary>A name.</summary>
    public static string Name(string name) => Shortened(name, LongestName);

    /// <summary>A message, in which names are quoted or single words.</summary>
    public static string Message(string message) => message.Length <= LongestName
        ? message
        : Shortened(Quoted().Replace(WithShortWords(message), WithShortName), LongestMessage);

    /// <summary>A JSON path, whose members may have any names.</summary>
    public static string Path(string path) => Shortened(path, LongestName);

    /// <summary>A problem with all texts shortened.</summary>
    public static Problem Of(Problem problem) => problem with
    {
        Detail = problem.Excerpt is { } excerpt ? $"{Message(problem.Detail)}\n\n{excerpt}" : Message(problem.Detail),
        Node = problem.Node is { } node ? Name(node) : null,
        Errors = problem.Errors?
            .Take(MostErrors)
            .GroupBy(error => Path(error.Key), error => error.Value)
            .ToDictionary(errors => errors.Key, errors => errors.SelectMany(messages => messages).Take(MostErrors).Select(Message).ToArray()),
    };

    private static string WithShortName(Match quoted) => $"{quoted.Groups["mark"]}{Name(quoted.Groups["name"].Value)}{quoted.Groups["mark"]}";

    private static string Shortened(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        // Half of a surrogate pair would be invalid.
        int end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return string.Concat(text.AsSpan(0, end), [Cut]);
    }

    // What ends a long word, such as a quotation mark or a full stop, is kept.
    private static string WithShortWords(string message)
    {
        var brief = new StringBuilder();
        int start = 0;
        while (start < message.Length)
        {
            int end = start;
            while (end < message.Length && !char.IsWhiteSpace(message[end]))
            {
                end++;
            }

            if (end - start <= LongestName + EndOfWord)
            {
                brief.Append(message, start, end - start);
            }
            else
            {
                brief.Append(Name(message[start..end])).Append(string.Concat(message[(end - EndOfWord)..end].Where(Marks.Contains)));
            }

            if (end < message.Length)
            {
                brief.Append(message[end]);
            }

            start = end + 1;
        }

        return brief.ToString();
    }

    [GeneratedRegex("""(?<![\w'"])(?<mark>['"])(?<name>(?:(?!\k<mark>).)*)\k<mark>(?!\w)""", RegexOptions.Singleline)]
    private static partial Regex Quoted();
}
