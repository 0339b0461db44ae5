using System.Security.Cryptography;

namespace Backprop.Domain.Sampling;

/// <summary>What quizzes and interviews are given at random.</summary>
internal static class RandomNames
{
    /// <summary>An unguessable id: 128 random bits.</summary>
    public static string Id() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>A seed for a request without one.</summary>
    public static long Seed() => RandomNumberGenerator.GetInt32(int.MaxValue);
}
