using Backprop.Domain.Practice.Units;

namespace Backprop.Domain.Practice.Questions;

/// <summary>The rules for the key of a question: it is of the question's kind, it can be met, and known mistakes do not meet it.</summary>
internal static class KeyRules
{
    private const int MaxChoices = 12;

    public static void Check(Question question, string path, FaultList faults)
    {
        QuestionFormat kind = question.Kind;
        bool isPattern = question.Template is not null;
        bool chooses = kind is QuestionFormat.MultipleChoice or QuestionFormat.MultiSelect;
        Member(question.Interview, "interview", kind == QuestionFormat.Interview, false);
        Member(question.Choices, "choices", chooses, isPattern);
        Member(question.Numeric, "numeric", kind == QuestionFormat.Numeric, isPattern);
        Member(question.Expression, "expression", kind == QuestionFormat.Expression, isPattern);
        Member(question.Truth, "truth", kind == QuestionFormat.TrueFalse, isPattern);
        Member(question.Derivation, "derivation", kind == QuestionFormat.Derivation, false);
        Member(question.Debugging, "debugging", kind == QuestionFormat.Debugging, false);
        if (question.Interview is { } interview)
        {
            Check(interview, $"{path}interview", faults);
        }

        if (question.Choices is { } choices && chooses)
        {
            Check(choices, kind, $"{path}choices", faults);
        }

        if (question.Numeric is { } numeric)
        {
            Check(numeric, isPattern, $"{path}numeric", faults);
        }

        if (question.Expression is { } expression)
        {
            Check(expression, isPattern, $"{path}expression", faults);
        }

        if (question.Truth is { } truth)
        {
            faults.Text(truth.Feedback, $"{path}truth.feedback");
            faults.Demand(truth.Value is not null || isPattern, $"{path}truth.value", "The key is missing.");
        }

        if (question.Derivation is { } derivation)
        {
            ExerciseRules.Check(derivation, $"{path}derivation", faults);
        }

        if (question.Debugging is { } debugging)
        {
            ExerciseRules.Check(debugging, $"{path}debugging", faults);
        }

        void Member(object? member, string name, bool belongs, bool optional)
        {
            faults.Demand(member is not null || !belongs || optional, path + name, "The key of this kind of question is missing.");
            faults.Demand(member is null || belongs, path + name, "The member does not belong to this kind of question.");
        }
    }

    private static void Check(InterviewKey key, string path, FaultList faults)
    {
        faults.Text(key.ModelAnswer, $"{path}.modelAnswer");
        faults.Demand(key.Rubric.Count > 0, $"{path}.rubric", "A rubric must name at least one fact.");
        foreach ((int index, RubricFact fact) in key.Rubric.Index())
        {
            faults.Slug(fact.Id, $"{path}.rubric[{index}].id");
            faults.Text(fact.Text, $"{path}.rubric[{index}].text");
            faults.Demand(fact.Weight is > 0 and <= 100, $"{path}.rubric[{index}].weight", "A weight must be above 0 and at most 100.");
        }

        faults.Distinct(key.Rubric.Select(fact => fact.Id), index => $"{path}.rubric[{index}].id", StringComparer.Ordinal);
        foreach ((int index, string followUp) in key.FollowUps.Index())
        {
            faults.Text(followUp, $"{path}.followUps[{index}]");
        }

        if (key.FollowUpAnswers is not { } answers)
        {
            return;
        }

        faults.Demand(answers.Count == key.FollowUps.Count, $"{path}.followUpAnswers",
            $"There are {answers.Count} answers to {key.FollowUps.Count} follow-up questions; give one for each, or none at all.");
        foreach ((int index, string answer) in answers.Index())
        {
            faults.Text(answer, $"{path}.followUpAnswers[{index}]");
        }
    }

    private static void Check(IReadOnlyList<Choice> choices, QuestionFormat kind, string path, FaultList faults)
    {
        faults.Demand(choices.Count is >= 2 and <= MaxChoices, path, $"There are {choices.Count} choices; from 2 to {MaxChoices} are possible.");
        int right = choices.Count(choice => choice.Correct);
        if (kind == QuestionFormat.MultipleChoice)
        {
            faults.Demand(right == 1, path, $"{right} choices are right; exactly one must be.");
        }
        else
        {
            faults.Demand(right > 0, path, "No choice is right.");
        }

        foreach ((int index, Choice choice) in choices.Index())
        {
            faults.Text(choice.Text, $"{path}[{index}].text");
            faults.Text(choice.Feedback, $"{path}[{index}].feedback");
        }

        faults.Distinct(choices.Select(choice => Spaced(choice.Text)), index => $"{path}[{index}].text", StringComparer.Ordinal);
    }

    private static void Check(NumericKey key, bool isPattern, string path, FaultList faults)
    {
        faults.Demand(key.Value is not null || isPattern, $"{path}.value", "The key is missing.");
        faults.Demand(key.Value is not { } value || double.IsFinite(value), $"{path}.value", "The key is not finite.");
        faults.Demand(key.Rtol is null or (>= 0 and < 1), $"{path}.rtol", "A relative tolerance must be at least 0 and below 1.");
        faults.Demand(key.Atol is null or (>= 0 and <= double.MaxValue), $"{path}.atol", "An absolute tolerance must not be negative.");
        faults.Demand(key.SignificantFigures is null or (>= 1 and <= 15), $"{path}.significantFigures",
            "From 1 to 15 significant figures can be required.");
        faults.Demand(key.Unit is not { } unit || unit.Trim() is { Length: > 0 } trimmed && trimmed == unit, $"{path}.unit",
            "A unit is a word without space around it; omit it if there is none.");
        faults.Demand(key.Unit is not { } named || UnitReader.Read(named).Count > 0, $"{path}.unit",
            $"'{key.Unit}' is not a unit that answers can be converted to.");
        faults.Demand(key.Unit is null || (key.Unit.Length <= FaultList.MaxName && !key.Unit.Any(char.IsControl)), $"{path}.unit",
            $"A unit has at most {FaultList.MaxName} characters, none of them a control character.");
        foreach ((int index, NumericMistake mistake) in key.Mistakes.Index())
        {
            faults.Demand(double.IsFinite(mistake.Value), $"{path}.mistakes[{index}].value", "The value is not finite.");
            faults.Demand(key.Value is not { } right || !key.IsMetBy(right, mistake.Value), $"{path}.mistakes[{index}].value",
                $"{mistake.Value} would be graded right.");
            faults.Text(mistake.Feedback, $"{path}.mistakes[{index}].feedback");
        }
    }

    private static void Check(ExpressionKey key, bool isPattern, string path, FaultList faults)
    {
        faults.Demand(key.Formula is not null || isPattern, $"{path}.formula", "The key is missing.");
        if (key.Formula is { } formula)
        {
            faults.Text(formula, $"{path}.formula");
        }

        faults.Demand(key.Variables.Count > 0 || isPattern, $"{path}.variables", "A formula must have at least one variable.");
        foreach ((int index, Variable variable) in key.Variables.Index())
        {
            faults.Demand(IsName(variable.Name), $"{path}.variables[{index}].name", $"'{variable.Name}' is not a valid variable name.");
            bool spans = variable.From < variable.To && double.IsFinite(variable.To - variable.From);
            faults.Demand(spans, $"{path}.variables[{index}]", "'from' must be below 'to', and both must be finite.");
        }

        faults.Distinct(key.Variables.Select(variable => variable.Name), index => $"{path}.variables[{index}].name", StringComparer.Ordinal);
        foreach ((int index, ExpressionMistake mistake) in key.Mistakes.Index())
        {
            faults.Text(mistake.Formula, $"{path}.mistakes[{index}].formula");
            faults.Text(mistake.Feedback, $"{path}.mistakes[{index}].feedback");
        }
    }

    /// <summary>Whether a text can be the name of a variable.</summary>
    internal static bool IsName(string text) =>
        text.Length is > 0 and <= FaultList.MaxName && (char.IsLetter(text[0]) || text[0] == '_')
            && text.All(letter => char.IsLetterOrDigit(letter) || letter == '_');

    // Texts that differ only in white space look the same.
    private static string Spaced(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
