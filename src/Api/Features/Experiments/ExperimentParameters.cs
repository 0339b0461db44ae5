using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using Backprop.Client.Experiments;
using Backprop.Compute.Experiments;
using Backprop.Domain.Suggestions;
using Value = Backprop.Compute.Experiments.ScalarValue;

namespace Backprop.Api.Features.Experiments;

/// <summary>Reads the parameters of a run; everything that is wrong with them is reported at once, keyed by their names.</summary>
internal static class ExperimentParameters
{
    /// <summary>The values of a request.</summary>
    /// <exception cref="ProblemException">
    /// A parameter is unknown or its value of the wrong type (400), or a value is out of its range (422).
    /// </exception>
    public static Dictionary<string, Value> Read(Experiment experiment, ExperimentRequest request)
    {
        var values = new Dictionary<string, Value>(StringComparer.Ordinal);
        var faults = new List<(string Name, string Message, bool IsMalformed)>();
        foreach ((string name, Client.Experiments.ScalarValue given) in request.Parameters)
        {
            var value = new Value(given.Number, given.Text, given.Flag);
            values[name] = value;
            if (experiment.Parameters.FirstOrDefault(parameter => parameter.Name == name) is not { } parameter)
            {
                faults.Add((name, Unknown(experiment, name), true));
            }
            else if (parameter.Fault(value) is { } fault)
            {
                faults.Add((name, fault, !parameter.IsOfKind(value)));
            }
        }

        return faults.Count == 0 ? values : throw new ProblemException(
            new Problem(faults.Exists(fault => fault.IsMalformed) ? 400 : 422, string.Join(" ", faults.Select(fault => fault.Message)))
            {
                Errors = faults.ToDictionary(fault => fault.Name, fault => new[] { fault.Message }),
            });
    }

    private static string Unknown(Experiment experiment, string name)
    {
        string[] known = [.. experiment.Parameters.Select(parameter => parameter.Name), "seed"];
        string hint = new NameSuggestions(known, MemberSynonyms.All).For(name) is [var near, ..] ? $"; did you mean '{near}'?" : ".";
        return $"The experiment has no parameter '{name}'{hint} It takes {string.Join(", ", known)}.";
    }
}
