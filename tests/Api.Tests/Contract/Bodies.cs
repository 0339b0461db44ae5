using System.Text;
using System.Text.Json;
using Backprop.Client;
using Backprop.Client.Json;

namespace Backprop.Api.Tests.Contract;

/// <summary>Request bodies for the tests, and the results of reading them.</summary>
internal static class Bodies
{
    public static JsonSerializerOptions Options { get; } = BackpropJson.Create(1 << 20);

    public const string Node = """{"name":"d","op":"Mul","inputs":["a",2]}""";

    public static string Gradient(string node = Node, string rest = "") =>
        $$"""{"graph":{"inputs":[{"name":"a"}],"nodes":[{{node}}],"outputs":["d"]}{{(rest.Length > 0 ? "," : "")}}{{rest}}}""";

    public static string Value(string value) => Gradient(rest: "\"inputs\":{\"a\":" + value + "}");

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options)!;

    public static (string Path, string Message) Refused<T>(byte[] json)
    {
        try
        {
            JsonSerializer.Deserialize<T>(json, Options);
        }
        catch (JsonException exception)
        {
            return JsonErrors.Locate(exception);
        }

        throw new Xunit.Sdk.XunitException("The body was accepted: " + Encoding.UTF8.GetString(json));
    }

    public static (string Path, string Message) Refused<T>(string json) => Refused<T>(Encoding.UTF8.GetBytes(json));
}
