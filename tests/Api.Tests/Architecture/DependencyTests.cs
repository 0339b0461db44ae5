using System.Reflection;
using Backprop.Client;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Infrastructure.Persistence;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Architecture;

/// <summary>The directions of dependencies, as compiled: the assemblies that each assembly references.</summary>
public sealed class DependencyTests
{
    private static readonly Assembly Api = typeof(Program).Assembly;
    private static readonly Assembly Client = typeof(IBackpropApi).Assembly;
    private static readonly Assembly Compute = typeof(DerivativeEngine).Assembly;
    private static readonly Assembly Domain = typeof(GraphException).Assembly;
    private static readonly Assembly Infrastructure = typeof(GraphRegistry).Assembly;

    [Fact]
    public void The_domain_uses_the_framework_alone() => References(Domain).ShouldAllBe(name => IsFramework(name));

    [Fact]
    public void The_client_uses_no_other_project() => References(Client).ShouldNotContain(name => name.StartsWith("Backprop", StringComparison.Ordinal));

    [Theory]
    [InlineData("Compute")]
    [InlineData("Infrastructure")]
    public void Compute_and_infrastructure_use_the_domain_alone(string project) =>
        References(Assembly.Load($"Backprop.{project}")).Where(name => name.StartsWith("Backprop", StringComparison.Ordinal)).ShouldBe(["Backprop.Domain"]);

    [Fact]
    public void Only_compute_knows_ilgpu()
    {
        foreach (var assembly in new[] { Api, Client, Domain, Infrastructure })
        {
            References(assembly).ShouldNotContain(name => name.StartsWith("ILGPU", StringComparison.Ordinal), assembly.FullName!);
        }
    }

    [Fact]
    public void Only_infrastructure_and_the_composition_know_ef_core()
    {
        foreach (var assembly in new[] { Client, Compute, Domain })
        {
            References(assembly).ShouldNotContain(name => name.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal), assembly.FullName!);
        }
    }

    private static string[] References(Assembly assembly) => [.. assembly.GetReferencedAssemblies().Select(reference => reference.Name!)];

    private static bool IsFramework(string name) =>
        name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard" or "mscorlib" or "System";
}
