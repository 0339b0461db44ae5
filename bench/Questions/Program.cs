using Backprop.Questions;

if (args is not [var address, var key, .. var counts])
{
    Console.Error.WriteLine("Questions ADDRESS WRITE-KEY [COUNT]: imports made-up questions into a running service, and times lists, searches and facets.");
    return 2;
}

int count = counts is [var given, ..] ? int.Parse(given) : 100_000;
using var service = new Service(new Uri(address), key);
await service.ImportAsync(SyntheticQuestions.Questions(count));
foreach (Case asked in Case.All)
{
    await service.TimeAsync(asked);
}

return 0;
