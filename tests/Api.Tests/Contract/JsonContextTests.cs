using System.Reflection;
using System.Text.Json.Serialization;
using Backprop.Client;
using Refit;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Contract;

/// <summary>The client's records are serialised by generated code: none falls back on reflection.</summary>
public class JsonContextTests
{
    [Fact]
    public void Every_record_of_the_client_is_in_the_context()
    {
        var options = BackpropJson.Create();
        string[] missing = [.. Bodies().Where(type => options.GetTypeInfo(type).OriginatingResolver is not JsonSerializerContext).Select(type => type.ToString())];
        missing.ShouldBeEmpty("Add [JsonSerializable(typeof(…))] to BackpropJsonContext.");
    }

    private static IEnumerable<Type> Bodies() => typeof(IBackpropApi).GetMethods()
        .SelectMany(method => method.GetParameters().Where(parameter => parameter.GetCustomAttribute<BodyAttribute>() is not null)
            .Select(parameter => parameter.ParameterType).Append(Answer(method.ReturnType)))
        .OfType<Type>()
        .Where(type => type.Namespace?.StartsWith(typeof(IBackpropApi).Namespace!, StringComparison.Ordinal) == true)
        .Distinct();

    private static Type? Answer(Type type) =>
        type.IsGenericType ? Answer(type.GetGenericArguments()[0]) : type.IsArray ? Answer(type.GetElementType()!) : type;
}
