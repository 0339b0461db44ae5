using System.Diagnostics;
using Backprop.Compute.Host;
using Backprop.Domain.Operators;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Grading.Exercises;
using Backprop.Domain.Practice.Questions;
using Backprop.Grading;
using Backprop.Infrastructure.Formats.Expressions;
using Backprop.Infrastructure.Practice;

const double TargetMs = 20;
const int WarmUps = 3;
const int Rounds = 20;
var parser = new ExpressionParser(OperatorTable.All.Select(row => row.Name), maxNodes: 1000);
var grader = new QuestionGrader(
    new ExpressionGrader(parser.Parse, parser.IsFunction, HostExecutor.Evaluate),
    new DerivationGrader(parser.Parse, HostExecutor.Evaluate),
    new DebuggingGrader(parser.Parse, HostExecutor.Evaluate));
Question[] exercises = [.. QuestionContent.Read().Questions.Where(question => question.Derivation is not null || question.Debugging is not null)];
List<double> first = [];
List<double> later = [];
for (int round = 0; round < WarmUps + Rounds; round++)
{
    foreach (Question question in exercises)
    {
        foreach (SubmittedAnswer answer in Answers.To(question))
        {
            long begin = Stopwatch.GetTimestamp();
            grader.Grade(question, answer);
            (round == 0 ? first : round < WarmUps ? [] : later).Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }
    }
}

Report("in a new process", first);
bool isWithin = Report($"after {WarmUps} rounds", later) <= TargetMs;
Console.WriteLine($"{exercises.Length} exercises, p99 {(isWithin ? "within" : "OVER")} {TargetMs:0} ms");
return isWithin ? 0 : 1;

static double Report(string name, List<double> times)
{
    times.Sort();
    double p99 = times[times.Count * 99 / 100];
    Console.WriteLine($"{name,-20} {times.Count,6} answers   median {times[times.Count / 2],7:0.00} ms   p99 {p99,7:0.00} ms   most {times[^1],7:0.00} ms");
    return p99;
}
