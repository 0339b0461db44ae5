using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Backprop.Api.Platform.Hosting;
using Backprop.Api.Tests.Robustness;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Hosting;

/// <summary>A failed start reports its cause in one line and ends with exit code 1.</summary>
public sealed class StartFailureTests
{
    [Theory]
    [InlineData("--Limits:Seconds=-1", "Limits:Seconds must lie between")]
    [InlineData("--Limits:MaxNodes=many", "Limits:MaxNodes is 'many', which has the wrong type.")]
    [InlineData("--ConnectionStrings:Backprop=nonsense", "The connection string of the database is malformed: expected 'Data Source=backprop.db'.")]
    [InlineData("--ConnectionStrings:Backprop=Data Source=:memory:", "The connection string names no database file")]
    [InlineData("--ConnectionStrings:Backprop=Data Source={folder}/broken.db", "/broken.db cannot be created or written: SQLite Error 26")]
    [InlineData("--ConnectionStrings:Backprop=Data Source={folder}/broken.db/below.db", "/broken.db/below.db cannot be created or written")]
    [InlineData("--urls=nonsense", "Invalid url: 'nonsense'")]
    [InlineData("--urls=http://127.0.0.1:{port}", "address already in use")]
    [InlineData("--DataProtection:Certificate={folder}/none.pfx", "DataProtection:Certificate: the file")]
    [InlineData("--DataProtection:Certificate={folder}/broken.db", "cannot be loaded as a PKCS #12 file (.pfx) with the password of DataProtection:CertificatePassword")]
    public async Task A_start_that_fails_tells_why_in_one_line(string argument, string reason)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("broken.db"), new string('x', 5000));
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        string given = argument.Replace("{folder}", folder.File(""), StringComparison.Ordinal).Replace("{port}", $"{((IPEndPoint)taken.LocalEndpoint).Port}", StringComparison.Ordinal);
        using Process process = Process.Start(new ProcessStartInfo(
            "dotnet", [typeof(Program).Assembly.Location, "--urls=http://127.0.0.1:0", $"--ConnectionStrings:Backprop=Data Source={folder.File("backprop.db")}", given])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.File(""),
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string[] errors = (await process.StandardError.ReadToEndAsync()).TrimEnd('\n').Split('\n');
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        await output;
        errors.ShouldHaveSingleItem().ShouldStartWith("Backprop failed to start: ");
        errors[0].ShouldContain(reason);
        errors[0].ShouldNotContain("System.");
        process.ExitCode.ShouldBe(1);
    }

    [Fact]
    public void A_message_of_several_lines_becomes_one() =>
        StartFailure.Describe(new InvalidOperationException("One.\r\n  Two.\n")).ShouldBe("Backprop failed to start: One. Two.");
}
