using System.Text;
using System.Text.Json;
using Backprop.Client.Derivatives;
using Backprop.Client.Json;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Contract;

public class FuzzTests
{
    private static readonly string[] Seeds =
    [
        Bodies.Gradient(rest: """ "inputs":{"a":[[1,2.5e3],[3,"NaN"]],"b":{"shape":[2],"dtype":"float32","data":[1,2]}},"wrt":["a"],"trace":true"""),
        Bodies.Gradient(
            """{"name":"é\n","op":"Mul","inputs":["a",-1.5],"attributes":{"axes":[1,2],"mode":"x"},"outputs":["p",""]}""",
            """ "checkpointing":{"every":3},"clipNorm":1,"dtype":"int64","encoding":"base64","device":"ilgpuCpu" """),
        """{"expression":"a*b","inputs":{"a":{"shape":[1],"base64":"AAAAAAAA8D8="},"b":9223372036854775807},"onnx":"AAAA","seed":[[true],[false]],"batch":["a"]}""",
        """{"graph":{"inputs":[{"name":"x","shape":[4,"n"],"dtype":"bool"}],"constants":[{"name":"c","value":0.5}],"nodes":[],"outputs":["c"]},"graphId":"\u00e9"}""",
    ];

    private static readonly string[] Fragments =
        ["null", "true", "1e999", "-", "{}", "[]", "[[", "\"\\ud800\"", "\"a\":1,", "\"a\":", ",", "}", "1", "0.5", "\"NaN\"", "\u0000", "\"inputs\":{\"a\":1},", "\\"];

    [Fact]
    public void NothingButJsonExceptionsComesOutOfBrokenBodies()
    {
        var random = new Random(20);
        int refused = 0;
        for (int run = 0; run < 30_000; run++)
        {
            byte[] body = Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]);
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                body = Broken(body, random);
            }

            refused += Refuses(body) ? 1 : 0;
        }

        refused.ShouldBeInRange(15_000, 29_999);
    }

    [Fact]
    public void TheUnbrokenBodiesAreAccepted() => Seeds.ShouldAllBe(seed => !Refuses(Encoding.UTF8.GetBytes(seed)));

    private static bool Refuses(byte[] body)
    {
        try
        {
            JsonSerializer.Deserialize<GradientRequest>(body, Bodies.Options);
            return false;
        }
        catch (JsonException exception)
        {
            string message = JsonErrors.Locate(exception).Message;
            message.ShouldNotContain("Backprop.");
            message.ShouldNotContain("System.");
            return true;
        }
    }

    private static byte[] Broken(byte[] body, Random random)
    {
        int place = random.Next(body.Length + 1);
        int end = Math.Min(body.Length, place + random.Next(12));
        return random.Next(5) switch
        {
            0 => body[..place],
            1 => [.. body[..place], (byte)random.Next(256), .. body[Math.Min(place + 1, body.Length)..]],
            2 => [.. body[..place], .. Encoding.UTF8.GetBytes(Fragments[random.Next(Fragments.Length)]), .. body[place..]],
            3 => [.. body[..place], .. body[end..]],
            _ => [.. body[..end], .. body[place..]],
        };
    }
}
