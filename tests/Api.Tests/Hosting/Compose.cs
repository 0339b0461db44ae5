using YamlDotNet.Serialization;

namespace Backprop.Api.Tests.Hosting;

/// <summary>What the tests read of a Compose file.</summary>
public sealed class Compose
{
    [YamlMember(Alias = "services")]
    public Dictionary<string, Service> Services { get; set; } = [];

    [YamlMember(Alias = "volumes")]
    public Dictionary<string, object?> Volumes { get; set; } = [];
}

/// <summary>A service of a Compose file.</summary>
public sealed class Service
{
    [YamlMember(Alias = "build")]
    public string Build { get; set; } = "";

    [YamlMember(Alias = "ports")]
    public List<string> Ports { get; set; } = [];

    [YamlMember(Alias = "env_file")]
    public List<EnvironmentFile> EnvironmentFiles { get; set; } = [];

    [YamlMember(Alias = "environment")]
    public Dictionary<string, string> Environment { get; set; } = [];

    [YamlMember(Alias = "mem_limit")]
    public string MemoryLimit { get; set; } = "";

    [YamlMember(Alias = "cpus")]
    public string Processors { get; set; } = "";

    [YamlMember(Alias = "volumes")]
    public List<string> Volumes { get; set; } = [];
}

/// <summary>A file of environment variables.</summary>
public sealed class EnvironmentFile
{
    [YamlMember(Alias = "path")]
    public string Path { get; set; } = "";

    [YamlMember(Alias = "required")]
    public bool Required { get; set; } = true;
}
