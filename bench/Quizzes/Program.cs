using Backprop.Quizzes;

if (args is ["--help" or "-h"] || Options.Read(args) is not { } options)
{
    Console.WriteLine(Options.Help);
    return args is ["--help" or "-h"] ? 0 : 2;
}

DirectoryInfo folder = Directory.CreateTempSubdirectory("backprop-quizzes-");
using var service = new Service(folder);
try
{
    using var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = Timeout.InfiniteTimeSpan }) { BaseAddress = service.Address, Timeout = TimeSpan.FromMinutes(2) };
    await service.StartAsync();
    var ledger = new ResultLog();
    using var over = new CancellationTokenSource(TimeSpan.FromSeconds(options.Seconds));
    Task[] learners = [.. Enumerable.Range(0, options.Clients).Select(number => new Learner(http, ledger, number).RunAsync(over.Token))];
    if (options.Kill)
    {
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds / 2));
        service.Kill();
        Console.WriteLine("killed, and started again");
        await service.StartAsync();
    }

    await Task.WhenAll(learners);
    await Check.RunAsync(http, ledger);
    return Report.Write(ledger, options) ? 0 : 1;
}
finally
{
    service.Kill();
    folder.Delete(recursive: true);
}
