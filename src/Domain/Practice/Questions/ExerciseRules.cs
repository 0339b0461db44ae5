namespace Backprop.Domain.Practice.Questions;

/// <summary>The rules for the keys of exercises that need no run of their programs.</summary>
internal static class ExerciseRules
{
    private const int MaxProgram = 4000;
    private const int MaxLine = 300;
    private const int MaxLines = 40;
    private const int MaxInputs = 20;
    private const int MaxAsked = 8;
    private const int MaxMistakes = 20;

    public static void Check(DerivationKey key, string path, FaultList faults)
    {
        faults.Text(key.Forward, $"{path}.forward", MaxProgram);
        faults.Demand(key.Inputs.Count is > 0 and <= MaxInputs, $"{path}.inputs", $"From 1 to {MaxInputs} inputs are possible.");
        DrawingRules.Check(key, path, faults);
        faults.Demand(key.Asked.Count is > 0 and <= MaxAsked, $"{path}.asked", $"From 1 to {MaxAsked} gradients can be asked.");
        var taken = new HashSet<string>(key.Inputs.Keys.Concat(key.Sizes.SelectMany(sizes => sizes.Keys)), StringComparer.Ordinal);
        foreach ((string output, string name) in key.Cotangents)
        {
            Name(name, $"{path}.cotangents.{output}", taken, faults);
        }

        foreach ((int index, AskedGradient asked) in key.Asked.Index())
        {
            string at = $"{path}.asked[{index}]";
            Name(asked.Name, $"{at}.name", taken, faults);
            faults.Text(asked.Expression, $"{at}.expression", MaxProgram);
            faults.Demand(asked.Mistakes.Count <= MaxMistakes, $"{at}.mistakes", $"At most {MaxMistakes} mistakes can be given.");
            foreach ((int number, GradientMistake mistake) in asked.Mistakes.Index())
            {
                faults.Text(mistake.Expression, $"{at}.mistakes[{number}].expression", MaxProgram);
                faults.Text(mistake.Feedback, $"{at}.mistakes[{number}].feedback");
            }
        }
    }

    public static void Check(DebuggingKey key, string path, FaultList faults)
    {
        faults.Demand(key.Code.Count is > 1 and <= MaxLines, $"{path}.code", $"From 2 to {MaxLines} lines are possible.");
        foreach ((int index, string line) in key.Code.Index())
        {
            Line(line, $"{path}.code[{index}]", faults);
        }

        faults.Demand(key.Inputs.Count is > 0 and <= MaxInputs, $"{path}.inputs", $"From 1 to {MaxInputs} inputs are possible.");
        DrawingRules.Check(key, path, faults);
        LineNumber(key.Line, $"{path}.line");
        Line(key.Correct, $"{path}.correct", faults);
        faults.Demand(key.Code.ElementAtOrDefault(key.Line - 1) != key.Correct, $"{path}.correct", "The correction is the faulty line itself.");
        faults.Demand(key.Results.Count is > 0 and <= MaxAsked, $"{path}.results", $"From 1 to {MaxAsked} results are possible.");
        foreach ((string name, string? input) in key.Results.Where(result => result.Value is not null))
        {
            faults.Demand(key.Inputs.TryGetValue(input!, out DrawnInput? drawn) && drawn.Below is null, $"{path}.results.{name}",
                $"'{input}' is not a real input.");
            faults.Demand(key.Of is not null, $"{path}.of", "The value that the gradients belong to is missing.");
        }

        faults.Demand(key.Mistakes.Count <= MaxMistakes, $"{path}.mistakes", $"At most {MaxMistakes} mistakes can be given.");
        foreach ((int index, DebuggingMistake mistake) in key.Mistakes.Index())
        {
            LineNumber(mistake.Line, $"{path}.mistakes[{index}].line");
            faults.Text(mistake.Feedback, $"{path}.mistakes[{index}].feedback");
            if (mistake.Fix is { } fix)
            {
                Line(fix, $"{path}.mistakes[{index}].fix", faults);
            }
        }

        void LineNumber(int line, string at) => faults.Demand(line >= 1 && line <= key.Code.Count, at,
            $"There is no line {line}; the lines count from 1 to {key.Code.Count}.");
    }

    private static void Line(string line, string path, FaultList faults)
    {
        faults.Text(line, path, MaxLine);
        faults.Demand(!line.Contains('\n'), path, "A line must not contain a line break.");
    }

    private static void Name(string name, string path, HashSet<string> taken, FaultList faults)
    {
        faults.Demand(KeyRules.IsName(name), path, $"'{name}' is not a valid name.");
        faults.Demand(taken.Add(name), path, $"The name '{name}' is already used.");
    }
}
