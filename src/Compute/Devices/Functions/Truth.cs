namespace Backprop.Compute.Devices.Functions;

/// <summary>The elementwise primitives on bool, by their names.</summary>
internal static class Truth
{
    public static bool And(bool x, bool y) => x & y;

    public static bool Or(bool x, bool y) => x | y;

    public static bool Xor(bool x, bool y) => x ^ y;

    public static bool Not(bool x) => !x;

    public static bool Equal(bool x, bool y) => x == y;

    public static bool Where(bool condition, bool x, bool y) => condition ? x : y;
}
