namespace Backprop.Hostile.Tests;

/// <summary>A test that reads <c>/proc</c> and connects from several loopback addresses.</summary>
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : LinuxTheoryAttribute.Reason;
}

/// <summary>A theory that reads <c>/proc</c> and connects from several loopback addresses.</summary>
internal sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public const string Reason = "It reads /proc and connects from 127.0.0.0/8.";

    public LinuxTheoryAttribute() => Skip = OperatingSystem.IsLinux() ? null : Reason;
}
