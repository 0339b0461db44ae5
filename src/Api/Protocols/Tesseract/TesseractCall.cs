using Backprop.Api.Platform.Requests;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Api.Protocols.Tesseract;

/// <summary>A body about a model, read member by member; errors are collected until <see cref="TesseractFaults.ThrowIfAny"/>.</summary>
internal sealed class TesseractCall
{
    private readonly ReadOnlyMemory<byte> body;
    private readonly JsonMembers members;
    private readonly ArrayReader arrays;

    /// <summary>Reads a body that must have exactly these members in addition to <c>inputs</c>.</summary>
    public TesseractCall(RegisteredModel model, ReadOnlyMemory<byte> body, ArrayReader arrays, TesseractFaults faults, params string[] others)
    {
        (this.body, this.arrays, Faults) = (body, arrays, faults);
        members = JsonMembers.Read(body);
        bool hasInputs = members.TryGet("inputs", out ReadOnlyMemory<byte> inputs) && inputs.Span[0] == '{';
        Model = hasInputs ? model.Opened(JsonMembers.Read(inputs).Names) : model;
        faults.RefuseExtras(members, ["inputs", .. others], ["body"]);
    }

    /// <summary>The model.</summary>
    public RegisteredModel Model { get; }

    /// <summary>The errors found.</summary>
    public TesseractFaults Faults { get; }

    /// <summary>The inputs that have derivatives.</summary>
    public IReadOnlyList<string> FloatInputs =>
        [.. Model.Definition.Inputs.Where(input => RegisteredModel.TypeOf(input).IsFloat()).Select(input => input.Name)];

    /// <summary>The outputs that have derivatives, as far as the declarations say.</summary>
    public IReadOnlyList<string> FloatOutputs =>
        [.. Model.Definition.Outputs.Where((_, i) => Model.OutputDTypes?[i].IsFloat() != false).Distinct()];

    /// <summary>The value of each input.</summary>
    public Dictionary<string, Literal> Inputs()
    {
        var values = new Dictionary<string, Literal>(StringComparer.Ordinal);
        foreach ((InputDefinition input, ReadOnlyMemory<byte> json) in Each())
        {
            if (arrays.Read(json, RegisteredModel.TypeOf(input), ["body", "inputs", input.Name]) is { } value)
            {
                values[input.Name] = value;
            }
        }

        return values;
    }

    /// <summary>The inputs with their values; missing and unknown ones are errors.</summary>
    public IEnumerable<(InputDefinition Input, ReadOnlyMemory<byte> Json)> Each()
    {
        if (Members("inputs") is not var (json, inputs))
        {
            yield break;
        }

        foreach (InputDefinition input in Model.Definition.Inputs)
        {
            if (Faults.Require(inputs, input.Name, json, ["body", "inputs"]) is { } value)
            {
                yield return (input, value);
            }
        }

        Faults.RefuseExtras(inputs, Model.Definition.Inputs.Select(input => input.Name), ["body", "inputs"]);
    }

    /// <summary>A set of names, at least one of <paramref name="known"/>.</summary>
    public IReadOnlyList<string> Names(string member, IReadOnlyList<string> known)
    {
        if (Required(member) is not { } json)
        {
            return [];
        }

        if (json.Span[0] != '[')
        {
            Faults.Kind(["body", member], json, "set");
            return [];
        }

        HashSet<string> all = [.. known];
        var names = new List<string>();
        IReadOnlyList<ReadOnlyMemory<byte>> items = JsonMembers.Items(json);
        foreach ((int i, ReadOnlyMemory<byte> item) in items.Index())
        {
            if (JsonMembers.String(item) is { } name && all.Contains(name))
            {
                names.Add(name);
            }
            else
            {
                Faults.Literal(["body", member, i], item, known);
            }
        }

        if (items.Count == 0)
        {
            Faults.Empty(["body", member]);
        }

        return [.. names.Distinct()];
    }

    /// <summary>Requires that the run has a result for each of the named values; one that is not a float has no derivative.</summary>
    /// <param name="member">The member that names them.</param>
    /// <param name="results">The names of the results.</param>
    /// <exception cref="TesseractFaultException">One is missing.</exception>
    public void RequireResults(string member, IReadOnlyList<string> results)
    {
        foreach ((int i, ReadOnlyMemory<byte> item) in JsonMembers.Items(Required(member)!.Value).Index())
        {
            if (!results.Contains(JsonMembers.String(item)!))
            {
                Faults.Literal(["body", member, i], item, results);
            }
        }

        Faults.ThrowIfAny();
    }

    /// <summary>An array for each of the named values, no more and no fewer.</summary>
    public Dictionary<string, Literal> Vectors(string member, IReadOnlyList<string> names)
    {
        var values = new Dictionary<string, Literal>(StringComparer.Ordinal);
        if (Members(member) is not var (json, vectors))
        {
            return values;
        }

        if (!vectors.Names.ToHashSet().SetEquals(names))
        {
            Faults.Value(["body", member], json,
                $"Expected {member.Replace('_', ' ')} with keys conforming to [{string.Join(", ", names)}], "
                + $"got [{string.Join(", ", vectors.Names)}]");
            return values;
        }

        foreach (string name in names)
        {
            if (vectors.TryGet(name, out ReadOnlyMemory<byte> value) && arrays.Read(value, DType.Float64, ["body", member, name]) is { } vector)
            {
                values[name] = vector;
            }
        }

        return values;
    }

    /// <summary>Maps an engine error to the body, with the value that caused it.</summary>
    public TesseractFaultException Refusal(GraphException error)
    {
        object[] loc = TesseractErrors.Loc(error.Path);
        ReadOnlyMemory<byte> input = default;
        if (loc is [_, string member, string name] && members.TryGet(member, out ReadOnlyMemory<byte> json) && JsonMembers.Read(json)
            .TryGet(name, out ReadOnlyMemory<byte> value))
        {
            input = value;
        }

        return new TesseractFaultException([TesseractFault.Value(loc, error.Message, TesseractFaults.Echo(input))]);
    }

    private (ReadOnlyMemory<byte> Json, JsonMembers Members)? Members(string member)
    {
        if (Required(member) is not { } json)
        {
            return null;
        }

        if (json.Span[0] == '{')
        {
            return (json, JsonMembers.Read(json));
        }

        Faults.Kind(["body", member], json, "dictionary");
        return null;
    }

    private ReadOnlyMemory<byte>? Required(string member) => Faults.Require(members, member, body, ["body"]);
}
