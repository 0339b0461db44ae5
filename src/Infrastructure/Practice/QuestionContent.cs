using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Infrastructure.Practice;

/// <summary>The content files that are embedded in this assembly.</summary>
public static class QuestionContent
{
    private static readonly Assembly Here = typeof(QuestionContent).Assembly;
    private static readonly string Folder = $"{typeof(QuestionContent).Namespace}.Content.";

    /// <summary>The names of the files, in alphabetical order.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [
        .. Here.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>
    /// The SHA-256 of the files and of the code that checks and draws them: with the same hash, loading them again changes nothing.
    /// </summary>
    /// <param name="engine">The assembly that computes the answers.</param>
    public static byte[] Hash(Assembly engine)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        // Compilation is deterministic: an assembly has the same version id exactly if it was compiled from the same source.
        foreach (Assembly code in (Assembly[])[Here, typeof(QuestionSet).Assembly, engine])
        {
            hash.AppendData(code.ManifestModule.ModuleVersionId.ToByteArray());
        }

        foreach (string file in Files)
        {
            using Stream stream = Here.GetManifestResourceStream(Folder + file)!;
            hash.AppendData(SHA256.HashData(stream));
        }

        return hash.GetHashAndReset();
    }

    /// <summary>All files as one set, in the order of the files.</summary>
    /// <exception cref="QuestionFaultException">A file cannot be parsed, or the set breaks the rules; each path begins with the name of the
    /// file.</exception>
    public static QuestionSet Read()
    {
        (string File, QuestionSet Set)[] sets = [.. Files.Select(file => (file, Read(file)))];
        HashSet<string> topics = [.. sets.SelectMany(entry => entry.Set.Topics).Select(topic => topic.Id)];
        QuestionFault[] faults = [.. sets.SelectMany(entry => In(entry.File, QuestionRules.Check(entry.Set, topics)))];
        if (faults.Length > 0)
        {
            throw new QuestionFaultException(faults);
        }

        var all = new QuestionSet([.. sets.SelectMany(entry => entry.Set.Topics)], [.. sets.SelectMany(entry => entry.Set.Questions)]);
        return QuestionRules.Check(all) is { Count: > 0 } across ? throw new QuestionFaultException([.. In("all files together", across)]) : all;
    }

    /// <summary>One file.</summary>
    /// <exception cref="QuestionFaultException">It cannot be parsed.</exception>
    public static QuestionSet Read(string file)
    {
        using Stream stream = Here.GetManifestResourceStream(Folder + file)!;
        try
        {
            return QuestionJson.ReadSet(stream);
        }
        catch (JsonException exception)
        {
            throw new QuestionFaultException([new QuestionFault($"{file}: {exception.Path}", exception.Message)]);
        }
    }

    private static IEnumerable<QuestionFault> In(string file, IEnumerable<QuestionFault> faults) =>
        faults.Select(fault => fault with { Path = $"{file}: {fault.Path}" });
}
