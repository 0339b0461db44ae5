using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Platform.Hosting;

/// <summary>
/// Ends a failed start (a wrong setting, a read-only database, a port in use) with one line on the error stream and exit code 1. Once the application
/// has started, an unhandled exception ends it as usual, with its stack trace.
/// </summary>
internal sealed partial class StartFailure : IHostedLifecycleService
{
    private const int ExitCode = 1;

    /// <summary>Watches startup until the application has started.</summary>
    public static void Watch() => AppDomain.CurrentDomain.UnhandledException += End;

    /// <summary>What went wrong, in one line.</summary>
    /// <param name="exception">The failure.</param>
    public static string Describe(Exception exception)
    {
        string reason = exception switch
        {
            OptionsValidationException options => string.Join(' ', options.Failures),
            InvalidDataException { InnerException: { } inner } file => $"{file.Message} {inner.GetBaseException().Message}",
            _ => WrongType().Replace(exception.Message, "${key} is '${value}', which has the wrong type."),
        };
        string[] lines = reason.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return $"Backprop failed to start: {string.Join(' ', lines)}";
    }

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        AppDomain.CurrentDomain.UnhandledException -= End;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The configuration binder names the .NET type.
    [GeneratedRegex("""^Failed to convert configuration value '(?<value>.*)' at '(?<key>[^']*)' to type '[^']*'\.$""", RegexOptions.Singleline)]
    private static partial Regex WrongType();

    private static void End(object sender, UnhandledExceptionEventArgs unhandled)
    {
        // Tools that only inspect the application, such as dotnet ef, abort it.
        if (unhandled.ExceptionObject is not Exception exception || exception is HostAbortedException)
        {
            return;
        }

        Console.Error.WriteLine(Describe(exception));
        Environment.Exit(ExitCode);
    }
}
