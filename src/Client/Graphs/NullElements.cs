using System.Collections;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Backprop.Client.Json;
using Backprop.Client.Values;

namespace Backprop.Client.Graphs;

/// <summary>Rejects nulls inside lists and dictionaries, which the serializer's nullability checks do not cover.</summary>
internal static class NullElements
{
    /// <summary>Adds the check to every record that has such members.</summary>
    public static void Refuse(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        JsonPropertyInfo[] members =
        [
            .. type.Properties.Where(member => member.Get is not null && MayHoldNull(member.PropertyType) && !AllowsNull(member)),
        ];
        if (members.Length == 0)
        {
            return;
        }

        Action<object>? before = type.OnDeserialized;
        type.OnDeserialized = record =>
        {
            before?.Invoke(record);
            foreach (JsonPropertyInfo member in members)
            {
                Check(member.Get!(record), member.Name);
            }
        };
    }

    // Lists of strings or records, dictionaries of strings, lists or records; TensorValue and AttributeContract reject nulls themselves.
    private static bool MayHoldNull(Type type) =>
        type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type)
        && type.GetGenericArguments()[^1] is { IsValueType: false } element && element != typeof(TensorValue) && element != typeof(AttributeContract);

    // IReadOnlyDictionary<string, string?>: nulls have a meaning there.
    private static bool AllowsNull(JsonPropertyInfo member) => member.AttributeProvider is PropertyInfo property
        && new NullabilityInfoContext().Create(property).GenericTypeArguments is [.., { ReadState: NullabilityState.Nullable }];

    private static void Check(object? member, string name)
    {
        if (member is IDictionary entries)
        {
            foreach (DictionaryEntry entry in entries)
            {
                if (entry.Value is null)
                {
                    throw new ContractException("Null is not allowed here.", $"{name}.{entry.Key}");
                }
            }
        }
        else if (member is IEnumerable elements)
        {
            int index = 0;
            foreach (object? element in elements)
            {
                if (element is null)
                {
                    throw new ContractException("Null is not allowed here.", $"{name}[{index}]");
                }

                index++;
            }
        }
    }
}
