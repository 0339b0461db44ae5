using Backprop.Compare;
using Backprop.Compare.Candidates;
using Backprop.Compare.Cases;
using Backprop.Compare.Comparisons;
using Backprop.Compare.Estimates;
using Backprop.Compare.Reports;

if (Options.Read(args, out string? complaint) is not { } options)
{
    (complaint is null ? Console.Out : Console.Error).WriteLine(complaint ?? Options.Help);
    return complaint is null ? 0 : 2;
}

Case[] chosen = [.. CaseList.All.Where(options.Chooses)];
if (options.List)
{
    Array.ForEach(chosen, each => Console.WriteLine($"{each.Name}: {each.Target}"));
    return 0;
}

if (options.Estimates)
{
    return EstimateTable.Print(new LocalEngine(), Console.Out) ? 0 : 1;
}

// Also on interruption, so that no peer outlives it.
var context = new BenchmarkContext(options);
AppDomain.CurrentDomain.ProcessExit += (_, _) => context.Dispose();
var outcomes = new List<Outcome>();
foreach (Case each in chosen)
{
    Console.Error.WriteLine($"… {each.Name}");
    Outcome outcome = BenchmarkRunner.Decide(each, context);
    outcomes.Add(outcome);
    Console.WriteLine(JsonLine.Of(outcome));
}

if (options.JsonFile is { } file)
{
    File.WriteAllLines(file, outcomes.Select(JsonLine.Of));
}

Console.WriteLine();
Console.Write(options.Markdown ? MarkdownTable.Of(outcomes) : PlainTable.Of(outcomes));
Console.WriteLine($"{Machine.Describe()}; medians of {options.Rounds} alternating rounds");
return outcomes.Any(outcome => outcome.Failed) ? 1 : 0;
