namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>Names that other libraries give to the keywords of functions.</summary>
internal static class KeywordAliases
{
    private static readonly string[][] Groups =
    [
        ["axis", "axes", "dim", "dims"], ["keepdims", "keepdim"], ["epsilon", "eps"], ["alpha", "negative_slope"], ["shape", "size", "newshape"],
        ["perm", "axes", "dims"], ["min", "a_min", "min_val"], ["max", "a_max", "max_val"], ["beta", "threshold"], ["correction", "ddof"],
    ];

    /// <summary>The call with the function's own names for its keywords.</summary>
    public static Call Renamed(Call call, Function function)
    {
        if (call.Keywords.Count == 0)
        {
            return call;
        }

        HashSet<string> own = [.. function.Keywords.Select(keyword => keyword.Name), .. function.Operands];
        foreach (string written in call.Keywords.Keys.Where(name => !own.Contains(name)).ToArray())
        {
            string? meant = Groups.Where(group => group.Contains(written)).SelectMany(group => group)
                .FirstOrDefault(name => own.Contains(name) && !call.Keywords.ContainsKey(name));
            call = meant is null ? call : call.Renamed((written, meant));
        }

        return call;
    }
}
