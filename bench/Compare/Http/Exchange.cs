using System.Text;
using System.Text.Json.Nodes;

namespace Backprop.Compare.Http;

/// <summary>Requests for gradients that differ only in their numbers.</summary>
/// <param name="Bodies">The bodies.</param>
/// <param name="Connections">The number of concurrent connections.</param>
internal sealed record Exchange(IReadOnlyList<string> Bodies, int Connections)
{
    private static readonly HttpClient Client = new();

    /// <summary>Writes the bodies for the load generator.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        for (int i = 0; i < Bodies.Count; i++)
        {
            File.WriteAllText(Path.Combine(folder, $"{i + 1}.json"), Bodies[i]);
        }
    }

    /// <summary>A server's answer to one of the bodies.</summary>
    /// <exception cref="InvalidDataException">The answer is an error.</exception>
    public static string Ask(Server server, string body)
    {
        using HttpResponseMessage response = Client.PostAsync(server.Address, new StringContent(body, Encoding.UTF8, "application/json")).GetAwaiter().GetResult();
        string text = response.Content.ReadAsStringAsync().GetAwaiter().GetResult();
        return response.IsSuccessStatusCode ? text : throw new InvalidDataException($"{server.Name}: {(int)response.StatusCode} {text}");
    }

    /// <summary>Checks that two answers have the same value and the same gradients.</summary>
    /// <exception cref="InvalidDataException">They do not.</exception>
    public static void RequireSame(string ours, string theirs)
    {
        JsonNode mine = JsonNode.Parse(ours)!, other = JsonNode.Parse(theirs)!;
        RequireClose("value", mine["value"]!, other["value"]!);
        foreach ((string name, JsonNode? gradient) in other["gradients"]!.AsObject())
        {
            RequireClose(name, mine["gradients"]![name] ?? throw new InvalidDataException($"no gradient by {name}"), gradient!);
        }
    }

    private static void RequireClose(string name, JsonNode ours, JsonNode theirs)
    {
        double[] mine = Numbers(ours), other = Numbers(theirs);
        double size = other.Max(Math.Abs);
        double tolerance = ours is JsonObject ? 1e-4 : 1e-10;
        if (mine.Length != other.Length || mine.Zip(other).Any(pair => !(Math.Abs(pair.First - pair.Second) <= tolerance * size)))
        {
            throw new InvalidDataException($"{name} differs: {ours.ToJsonString()[..Math.Min(100, ours.ToJsonString().Length)]}");
        }
    }

    // A number, or float32 numbers in base64.
    private static double[] Numbers(JsonNode value)
    {
        if (value is not JsonObject tensor)
        {
            return [value.GetValue<double>()];
        }

        byte[] bytes = Convert.FromBase64String((string)tensor["base64"]!);
        float[] numbers = new float[bytes.Length / sizeof(float)];
        Buffer.BlockCopy(bytes, 0, numbers, 0, bytes.Length);
        return Array.ConvertAll(numbers, number => (double)number);
    }
}
