using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators;
using Backprop.Infrastructure.Formats.Onnx.Schema;

namespace Backprop.Infrastructure.Formats.Onnx.Import;

/// <summary>Maps the nodes of a model to those of a definition; functions are expanded at each call.</summary>
internal sealed class NodeImport
{
    private const int MaxDepth = 64;
    private readonly Dictionary<(string Domain, string Name, string Overload), OnnxFunction> functions = [];
    private readonly DefinitionEmission definition;
    private readonly Unsupported unsupported;
    private readonly ControlFlow control;

    /// <summary>The import of the nodes of one model.</summary>
    /// <param name="functions">The functions of the model.</param>
    /// <param name="definition">Where nodes are added.</param>
    /// <param name="unsupported">Collects the unsupported constructs found.</param>
    /// <param name="known">Knows the values that decide control flow.</param>
    /// <exception cref="GraphException">A function is defined twice.</exception>
    public NodeImport(IEnumerable<OnnxFunction> functions, DefinitionEmission definition, Unsupported unsupported, KnownParts known)
    {
        control = new ControlFlow(definition, unsupported, this, known);
        this.definition = definition;
        this.unsupported = unsupported;
        foreach (OnnxFunction function in functions)
        {
            if (!this.functions.TryAdd((OnnxDomains.Normal(function.Domain), function.Name, function.Overload), function))
            {
                throw new GraphException("onnx", $"the function {function.Name} is defined twice");
            }
        }
    }

    /// <summary>Adds the nodes that a node translates to.</summary>
    /// <exception cref="GraphException">It is invalid.</exception>
    public void Import(OnnxNode node, ImportScope scope)
    {
        CountWork(node);
        string[] outputs = [.. node.Outputs.Select(name => Name(scope, name))];
        if (outputs.All(string.IsNullOrEmpty))
        {
            return;
        }

        string label = scope.Depth == 0 && node.Name.Length > 0 ? node.Name : outputs.First(name => name.Length > 0);
        string domain = OnnxDomains.Normal(node.Domain);
        if (!IsOurs(domain, node.Operator) && functions.TryGetValue((domain, node.Operator, node.Overload), out OnnxFunction? function))
        {
            Call(function, node, scope, outputs, label);
            return;
        }

        if (domain == OnnxDomains.Standard && ControlNode.Operators.Contains(node.Operator))
        {
            Control(node, scope, outputs, label);
            return;
        }

        var translation = new NodeTranslation(definition, node, label)
        {
            Inputs = [.. node.Inputs.Select(name => (Operand)Name(scope, name))],
            Outputs = [.. outputs],
        };
        ReadAttributes(node, scope, translation);
        if (domain == OnnxDomains.Standard && node.Operator == "Constant")
        {
            ConstantNodes.Add(translation, definition, unsupported);
            return;
        }

        if (OnnxDomains.Editions(domain) is null)
        {
            unsupported.Add($"operator {domain}.{node.Operator}", $"node '{label}'", label);
            return;
        }

        Translations.Apply(translation, domain, scope.Sets.VersionOf(domain, label), unsupported);
        Add(translation, node, domain);
    }

    private void Control(OnnxNode node, ImportScope scope, string[] outputs, string label)
    {
        RequireDepth(scope, label);
        OnnxAttribute[] attributes = [.. node.Attributes.Select(scope.Resolved).OfType<OnnxAttribute>()];
        try
        {
            control.Emit(new ControlNode(node.Operator, label, [.. node.Inputs.Select(name => Name(scope, name))], outputs, attributes, scope));
        }
        catch (GraphException) when (unsupported.IsAny)
        {
            // If the deciding value depends on unsupported constructs, those are reported instead, all at once.
            unsupported.Add($"operator {node.Operator}", $"node '{label}'", label);
        }
    }

    private static void RequireDepth(ImportScope scope, string label)
    {
        if (scope.Depth >= MaxDepth)
        {
            throw new GraphException("onnx", $"node '{label}': functions call each other, or graphs are nested, more than {MaxDepth} deep", label);
        }
    }

    // A function in our domain is for other programs; we have the operator itself.
    private static bool IsOurs(string domain, string op) => domain == OnnxDomains.Own && OperatorTable.Find(op) is not null;

    // A node of a function is visited at each call.
    private void CountWork(OnnxNode node)
    {
        definition.Budget.Parts(1 + node.Inputs.Count + node.Outputs.Count + node.Attributes.Count);
        foreach (OnnxAttribute attribute in node.Attributes)
        {
            definition.Budget.Elements(attribute.Ints.Count + attribute.Floats.Count + attribute.Strings.Count);
        }
    }

    private void Add(NodeTranslation node, OnnxNode source, string domain)
    {
        if (OperatorTable.Find(node.Operator) is not { } row || (OnnxDomains.Of(row) != domain && domain != OnnxDomains.Own))
        {
            string prefix = domain == OnnxDomains.Standard ? string.Empty : domain + ".";
            unsupported.Add($"operator {prefix}{source.Operator}", $"node '{node.Label}'", node.Label);
            return;
        }

        foreach (string name in node.Tensors.Keys)
        {
            throw node.Refused($"the attribute {name} must not be a tensor");
        }

        // The unused values may be more than the table has; those of Split state the number of parts.
        while (node.Outputs[^1].Length == 0 && !row.Outputs[^1].EndsWith('*'))
        {
            node.Outputs.RemoveAt(node.Outputs.Count - 1);
        }

        NarrowIntegers.Apply(node);
        definition.Add(new NodeDefinition(node.Operator, node.Inputs, node.Attributes, node.Outputs));
    }

    private void ReadAttributes(OnnxNode node, ImportScope scope, NodeTranslation translation)
    {
        Operator? row = OperatorTable.Find(node.Operator);
        foreach (OnnxAttribute? attribute in node.Attributes.Select(scope.Resolved))
        {
            // An empty list of strings is equivalent to an absent attribute.
            if (attribute is null or { Type: AttributeType.Strings, Strings.Count: 0 })
            {
                continue;
            }

            if (attribute.Tensor is { } tensor && attribute.Type == AttributeType.Tensor)
            {
                translation.Tensors[attribute.Name] = tensor;
            }
            else if (AttributeReader.Value(attribute, row?.Attributes.FirstOrDefault(spec => spec.Name == attribute.Name)) is { } value)
            {
                translation.Attributes[attribute.Name] = value;
            }
            else if (row is not null)
            {
                // Operators with graphs are not in the table: they are reported as unsupported.
                throw translation.Refused($"the attribute {attribute.Name} has the unsupported type {attribute.Type}");
            }
        }

        var attributes = new NodeDefinition(node.Operator, [], translation.Attributes, []);
        foreach (string reference in attributes.References.Select(reference => reference.Attribute).ToHashSet())
        {
            translation.Attributes[reference] = Renamed(translation.Attributes[reference], name => Name(scope, name));
        }
    }

    private static AttributeValue Renamed(AttributeValue value, Func<string, string> name) => value with { Texts = [.. value.Texts!.Select(name)] };

    private string Name(ImportScope scope, string name) => scope.NameOf(name, definition.Fresh);

    private void Call(OnnxFunction function, OnnxNode node, ImportScope scope, string[] outputs, string label)
    {
        if (scope.IsWithin(function))
        {
            throw new GraphException("onnx", $"node '{label}': the function {function.Name} calls itself", label);
        }

        RequireDepth(scope, label);
        definition.Budget.Node();
        definition.Budget.Parts(function.Inputs.Count + function.Outputs.Count + function.Defaults.Count + function.OperatorSets.Count);
        var inner = new ImportScope(new ImportedSets(function.OperatorSets), scope, function, label);
        Bind(function, node, scope, inner, outputs, label);
        foreach (OnnxNode step in function.Nodes)
        {
            Import(step, inner);
        }
    }

    private void Bind(OnnxFunction function, OnnxNode node, ImportScope scope, ImportScope inner, string[] outputs, string label)
    {
        if (node.Inputs.Count > function.Inputs.Count || outputs.Length > function.Outputs.Count)
        {
            throw new GraphException(
                "onnx", $"node '{label}': "
                + $"the function {function.Name} has {function.Inputs.Count} inputs and {function.Outputs.Count} outputs", label);
        }

        for (int i = 0; i < function.Inputs.Count; i++)
        {
            inner.Bind(function.Inputs[i], i < node.Inputs.Count ? Name(scope, node.Inputs[i]) : string.Empty);
        }

        foreach (OnnxAttribute attribute in function.Defaults.Concat(node.Attributes.Select(scope.Resolved).OfType<OnnxAttribute>()))
        {
            inner.Bind(attribute);
        }

        HashSet<string> inputs = [.. function.Inputs];
        for (int i = 0; i < outputs.Length; i++)
        {
            BindOutput(function.Outputs[i], outputs[i], inner, inputs);
        }
    }

    // A function may pass an input on unchanged.
    private void BindOutput(string name, string outer, ImportScope inner, HashSet<string> inputs)
    {
        if (outer.Length > 0 && inputs.Contains(name))
        {
            definition.Add(new NodeDefinition("Identity", [inner.NameOf(name, _ => string.Empty)], NodeDefinition.NoAttributes, [outer]));
        }
        else if (outer.Length > 0)
        {
            inner.Bind(name, outer);
        }
    }
}
