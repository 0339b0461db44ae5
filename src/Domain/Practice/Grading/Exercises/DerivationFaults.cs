using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Grading.Exercises;

/// <summary>Finds what is wrong with a derivation by running it: whatever <see cref="QuestionRules"/> cannot see.</summary>
/// <param name="key">The derivation.</param>
/// <param name="grader">Grades the answers that the key names.</param>
/// <param name="reader">Reads programs.</param>
internal sealed class DerivationFaults(DerivationKey key, DerivationGrader grader, ProgramReader reader)
{
    private readonly FoundFaults faults = new();

    /// <summary>The faults; paths begin at the question.</summary>
    public IReadOnlyList<QuestionFault> Find()
    {
        if (faults.Tried("derivation.forward", () => DerivationReference.Forwards(key, reader)) is { } forward && AreNames(forward.Names)
            && faults.Tried("derivation.forward", () => grader.Reference(key, CancellationToken.None)) is { } reference)
        {
            Check(reference);
        }

        return faults.All;
    }

    private bool AreNames(IReadOnlyList<string> names)
    {
        foreach (string output in key.Cotangents.Keys.Where(output => !names.Contains(output)))
        {
            faults.Add($"derivation.cotangents.{output}", $"'{output}' is not a value of the program.");
        }

        foreach ((string output, string name) in key.Cotangents.Where(pair => names.Contains(pair.Value)))
        {
            faults.Add($"derivation.cotangents.{output}", $"'{name}' is a value of the program already.");
        }

        foreach ((int index, AskedGradient asked) in key.Asked.Index())
        {
            if (!names.Contains(asked.Of) && !(key.Inputs.TryGetValue(asked.Of, out DrawnInput? input) && input.Below is null))
            {
                faults.Add($"derivation.asked[{index}].of", $"'{asked.Of}' is neither a real input nor a value of the program.");
            }

            if (names.Contains(asked.Name))
            {
                faults.Add($"derivation.asked[{index}].name", $"'{asked.Name}' is a value of the program already.");
            }
        }

        return faults.All.Count == 0;
    }

    private void Check(DerivationReference reference)
    {
        if (!reference.Points.All(point => point.Known.Values.All(FoundFaults.IsFinite)))
        {
            faults.Add("derivation.forward", "A value is not finite at a drawn point; narrow the ranges of the inputs.");
            return;
        }

        var right = new SubmittedAnswer([.. key.Asked.Select(asked => asked.Expression)]) { Names = [.. key.Asked.Select(asked => asked.Name)] };
        foreach ((int index, AskedGradient asked) in key.Asked.Index())
        {
            string path = $"derivation.asked[{index}]";
            if (reference.Gradients[asked.Name].IsZero || !reference.Gradients[asked.Name].Right.All(FoundFaults.IsFinite))
            {
                faults.Add($"{path}.of", $"The gradient of '{asked.Of}' is zero, or not finite, at all drawn points.");
                continue;
            }

            Demand(right, index, true, $"{path}.expression", "It is not the gradient");
            foreach ((int number, GradientMistake mistake) in asked.Mistakes.Index())
            {
                var wrong = right with { Texts = [.. right.Texts.Select((text, i) => i == index ? mistake.Expression : text)] };
                Demand(wrong, index, false, $"{path}.mistakes[{number}].expression", "It is right");
            }
        }
    }

    private void Demand(SubmittedAnswer answer, int index, bool isRight, string path, string message)
    {
        Grade grade = grader.Grade(key, answer);
        if (grade is Unreadable unreadable)
        {
            faults.Add(path, unreadable.Reason);
        }
        else if (grade is Graded graded && graded.Parts[index].IsCorrect != isRight)
        {
            faults.Add(path, $"{message}. {graded.Parts[index].Feedback}");
        }
    }
}
