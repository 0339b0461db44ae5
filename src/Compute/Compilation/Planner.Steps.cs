using Backprop.Compute.Compilation.Loops;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Compute.Compilation;

/// <content>Which steps there are, and their order.</content>
internal sealed partial class Planner
{
    private void FindSteps()
    {
        int[] indices = Fusion.NodeIndices(graph, cancellationToken);
        views = target.HasViews ? Views.Of(graph, indices, cancellationToken) : null;
        for (int value = 0; value < graph.Nodes.Count; value++)
        {
            check.Before(1);
            Node node = graph.Nodes[value];
            if (node.Type.Count > Array.MaxLength)
            {
                throw new GraphException($"graph.nodes[{node.Origin.Index}]", $"{node.Type} has too many elements.", node.Origin.Node);
            }

            bool shows = node.Op.IsAlias || (views is not null && views.IsReadThrough(value));
            root[value] = shows ? root[indices[node.Inputs[0].Id]] : value;
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = indices[graph.Outputs[i].Node.Id];
        }

        AddSteps(indices);
        starts.Add(operands.Count);
    }

    // Without groups, the order of the nodes is the order of the steps, and nothing else is to be decided.
    private void AddSteps(int[] indices)
    {
        LoopRoles? roles = HasLoops() ? new LoopRoles(graph, indices, root, target.LeastLooped, cancellationToken) : null;
        int[] firstMembers = new Fusion(graph, indices, root, roles, LeastFused, cancellationToken).Groups();
        if (!firstMembers.Where((first, index) => first != index || roles?.IsLoopAlone(index) == true).Any())
        {
            for (int value = 0; value < root.Length; value++)
            {
                if (root[value] == value && !graph.Nodes[value].IsLeaf())
                {
                    AddStep(graph.Nodes[value], value, indices);
                }
            }

            return;
        }

        bool[] outside = NeededOutside(indices, firstMembers, roles);
        foreach (int[] members in Schedule.Of(graph, indices, root, firstMembers, Follows, cancellationToken))
        {
            if (members.Length == 1 && roles?.IsLoopAlone(members[0]) != true)
            {
                AddStep(graph.Nodes[members[0]], members[0], indices);
            }
            else if (roles is not null && roles[members[0]] != LoopRole.None)
            {
                AddGroup(new LoopAssembly(graph, indices, root, roles, members, member => outside[member], target.CompileLoop!, cancellationToken)
                    .Assemble());
            }
            else
            {
                AddGroup(new GroupAssembly(graph, indices, members, member => outside[member], cancellationToken).Assemble());
            }
        }

        bool Follows(int[] made, int[] members, int users) =>
            made.Length == 1 && IsProduct(made[0]) && roles is not null && roles[members[0]] != LoopRole.None
            && (members.Length > 1 || roles.IsLoopAlone(members[0])) && MayFollow(made[0], members, outside, users);
    }

    // Emitting the loops of a very large graph would take longer than running it.
    private bool HasLoops() => target.LeastLooped < int.MaxValue && graph.Nodes.Count <= MostLooped;

    private bool[] NeededOutside(int[] indices, int[] firstMembers, LoopRoles? roles)
    {
        var outside = new bool[root.Length];
        for (int value = 0; value < root.Length; value++)
        {
            check.Before(1 + graph.Nodes[value].Inputs.Length);
            foreach (Node input in graph.Nodes[value].Inputs)
            {
                int operand = root[indices[input.Id]];
                bool isLoop = roles is not null && roles[operand] != LoopRole.None;
                bool isShown = !isLoop && indices[input.Id] != operand; // read with another shape
                outside[operand] |= root[value] == value && (firstMembers[operand] != firstMembers[value] || isShown);
            }
        }

        foreach (int output in outputs)
        {
            outside[root[output]] = true;
        }

        return outside;
    }

    private void AddGroup(StepGroup group)
    {
        check.Before(1 + group.Operands.Length);
        starts.Add(operands.Count);
        foreach (int operand in group.Operands)
        {
            operands.Add(operand);
            lastUse[root[operand]] = steps.Count;
        }

        steps.Add(~groups.Count);
        stepOperations.Add(-1);
        groups.Add(group);
    }

    private void AddStep(Node node, int value, int[] indices)
    {
        check.Before(1 + node.Inputs.Length);
        if (!operations.TryGetValue(node.Op, out int operation))
        {
            operations.Add(node.Op, operation = operations.Count);
        }

        starts.Add(operands.Count);
        foreach (Node input in node.Inputs)
        {
            int operand = indices[input.Id];
            operands.Add(operand);
            lastUse[root[operand]] = steps.Count;
        }

        steps.Add(value);
        stepOperations.Add(operation);
    }
}
