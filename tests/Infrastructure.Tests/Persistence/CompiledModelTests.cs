using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Backprop.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Scaffolding;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Persistence;

/// <summary>The model that the service starts with, compiled so that it need not be built at every start.</summary>
public partial class CompiledModelTests
{
    [Fact]
    public void It_is_used()
    {
        using BackpropDbContext context = Context();
        context.Model.GetType().Namespace.ShouldBe("Backprop.Infrastructure.Persistence.CompiledModel");
    }

    /// <summary>The files are what EF Core writes for the configurations. <c>UPDATE_MODEL=1</c> writes them.</summary>
    [Fact]
    public void It_is_that_of_the_configurations()
    {
        string committed = Committed(), written = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            Write(written);
            if (Environment.GetEnvironmentVariable("UPDATE_MODEL") == "1")
            {
                Directory.Delete(committed, recursive: true);
                Directory.CreateDirectory(committed);
                Array.ForEach(Directory.GetFiles(written), file => File.Copy(file, Path.Combine(committed, Path.GetFileName(file))));
            }

            Files(committed).ShouldBe(Files(written), "UPDATE_MODEL=1 dotnet test tests/Infrastructure.Tests --filter CompiledModel writes the model anew.");
        }
        finally
        {
            Directory.Delete(written, recursive: true);
        }
    }

    private static void Write(string folder)
    {
        using BackpropDbContext context = Context();
        var services = new ServiceCollection();
        services.AddEntityFrameworkDesignTimeServices();
        services.AddDbContextDesignTimeServices(context);
        Provider().ConfigureDesignTimeServices(services);
        using ServiceProvider provider = services.BuildServiceProvider();
        provider.GetRequiredService<ICompiledModelScaffolder>().ScaffoldModel(
            context.GetService<IDesignTimeModel>().Model,
            folder,
            new CompiledModelCodeGenerationOptions
            {
                ContextType = typeof(BackpropDbContext),
                ModelNamespace = "Backprop.Infrastructure.Persistence.CompiledModel",
                Language = "C#",
            });
    }

    // As dotnet ef finds the services of the provider.
    private static IDesignTimeServices Provider()
    {
        Assembly sqlite = typeof(SqliteDbContextOptionsBuilderExtensions).Assembly;
        string name = sqlite.GetCustomAttribute<DesignTimeProviderServicesAttribute>()!.TypeName;
        return (IDesignTimeServices)Activator.CreateInstance(sqlite.GetType(name)!)!;
    }

    private static string Committed([CallerFilePath] string file = "") =>
        Path.GetFullPath("../../../src/Infrastructure/Persistence/CompiledModel", Path.GetDirectoryName(file)!);

    private static BackpropDbContext Context() => new DesignTimeDbContextFactory().CreateDbContext([]);

    // Each writing gives the model an id of its own.
    private static string[] Files(string folder) => [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(file =>
        $"{Path.GetFileName(file)}\n{ModelId().Replace(File.ReadAllText(file).ReplaceLineEndings("\n"), "modelId")}")];

    [GeneratedRegex(@"modelId: new Guid\([^)]*\)")]
    private static partial Regex ModelId();
}
