using System.Text;
using System.Text.Json.Nodes;

namespace Backprop.Testing.Requests;

/// <summary>Damages a body, reproducibly: its tree, its text or its bytes.</summary>
/// <param name="random">The random source.</param>
public sealed class Mutations(Random random)
{
    private static readonly string[] Replacements =
    [
        "null", "true", "{}", "[]", "[[]]", "\"\"", "\"x0\"", "\"y\"", "\"NaN\"", "\"Infinity\"", "0", "-1", "1.5", "1e999", "-1e308", "1e-320", "1000000000", "2147483648", "1000000000000000000",
        "9223372036854775807", "99999999999999999999", "[1000000,1000000]", "[1000000000000000000]", "[-1]", "[-1,-1]", "[0]", "[2147483647]", "[1,[2]]", "[0,0,0,0,0,0,0,0]", "[9223372036854775807,-9223372036854775808]",
        """{"shape":[1000000,1000000],"data":[1]}""", """{"shape":[0],"dtype":"float32","data":[]}""", """{"shape":[-1],"data":[]}""", """{"shape":[2],"dtype":"int64","data":[1,2]}""",
        """{"shape":[1],"dtype":"float64","base64":"AAAA"}""", """{"shape":[],"dtype":"bool","data":[true]}""", """{"name":"y","op":"Add","inputs":["y","y"]}""", """{"name":"z","op":"Reshape","inputs":["y","k0"]}""",
    ];

    private static readonly string[] Names =
    [
        "graph", "inputs", "nodes", "outputs", "name", "op", "attributes", "axis", "axes", "k", "shape", "value", "wrt", "seed", "expression", "batch", "dtype", "__proto__", "", "\u0000", "é\ud83d\ude00",
    ];

    private static readonly string[] Operators = ["Expand", "Tile", "Range", "ConstantOfShape", "OneHot", "TopK", "Reshape", "Pad", "Slice", "Gather", "MatMul", "Einsum", "Loop", "If", "", "Conv", "EyeLike", "Trilu", "NonZero", "Concat"];

    /// <summary>A damaged form of a body.</summary>
    public byte[] Apply(string body)
    {
        int kind = random.Next(10);
        if (kind >= 4)
        {
            return Encoding.UTF8.GetBytes(Tree(body, 1 + random.Next(3)));
        }

        if (kind == 3)
        {
            body = Tree(body, 1);
        }

        return kind < 2 ? Bytes(Encoding.UTF8.GetBytes(body)) : Encoding.UTF8.GetBytes(Text(body));
    }

    private string Tree(string body, int times)
    {
        JsonNode root = JsonNode.Parse(body)!;
        for (int i = 0; i < times; i++)
        {
            JsonNode[] places = [.. Descendants(root).Where(node => node is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })];
            if (places.Length > 0)
            {
                Change(Pick(places));
            }
        }

        return root.ToJsonString();
    }

    private void Change(JsonNode place)
    {
        if (place is JsonArray list)
        {
            ChangeItem(list, random.Next(list.Count));
            return;
        }

        var members = (JsonObject)place;
        string name = Pick([.. members.Select(member => member.Key)]);
        JsonNode? value = members[name]?.DeepClone();
        switch (random.Next(5))
        {
            case 0: members.Remove(name); break;
            case 1: members.Remove(name); members[Pick(Names)] = value; break;
            case 2: members[Pick(Names)] = value; break;
            default: members[name] = name == "op" && random.Next(2) == 0 ? Pick(Operators) : Replacement(); break;
        }
    }

    private void ChangeItem(JsonArray list, int index)
    {
        switch (random.Next(4))
        {
            case 0: list.RemoveAt(index); break;
            case 1: list.Insert(index, list[index]?.DeepClone()); break;
            default: list[index] = Replacement(); break;
        }
    }

    private string Text(string body)
    {
        int place = random.Next(body.Length);
        switch (random.Next(5))
        {
            case 0: return body[..place];
            case 1: return body.Insert(place, new string('[', 1 + random.Next(100_000)));
            case 2: return body.Insert(place, Pick(Replacements));
            case 3: return body.Replace("(", new string('(', 1 + random.Next(20_000)));
            default:
                int comma = body.IndexOf(',', place);
                return comma < 0 ? body + body : body.Insert(comma, body[Math.Max(body[..comma].LastIndexOf(','), 0)..comma]);
        }
    }

    private byte[] Bytes(byte[] body)
    {
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            body[random.Next(body.Length)] = (byte)random.Next(256);
        }

        return body;
    }

    private JsonNode? Replacement() => JsonNode.Parse(Pick(Replacements));

    private T Pick<T>(T[] among) => among[random.Next(among.Length)];

    private static IEnumerable<JsonNode> Descendants(JsonNode root)
    {
        var pending = new Stack<JsonNode>([root]);
        while (pending.TryPop(out JsonNode? node))
        {
            yield return node;
            IEnumerable<JsonNode?> children = node switch
            {
                JsonObject members => members.Select(member => member.Value),
                JsonArray items => items,
                _ => [],
            };
            foreach (JsonNode? child in children)
            {
                if (child is not null)
                {
                    pending.Push(child);
                }
            }
        }
    }
}
