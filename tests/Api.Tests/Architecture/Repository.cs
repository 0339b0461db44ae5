using System.Runtime.CompilerServices;

namespace Backprop.Api.Tests.Architecture;

/// <summary>The files of the repository.</summary>
public static class Repository
{
    private static readonly string Root = Path.GetFullPath("../../..", Here());

    public static string PathOf(string file) => Path.Combine(Root, file);

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
