using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Grading.Exercises;

/// <summary>Collects what is wrong with an exercise while it is run.</summary>
internal sealed class FoundFaults
{
    private readonly List<QuestionFault> found = [];

    /// <summary>The faults; paths begin at the question.</summary>
    public IReadOnlyList<QuestionFault> All => found;

    /// <summary>Adds a fault.</summary>
    public void Add(string path, string message) => found.Add(new QuestionFault(path, message));

    /// <summary>What a run gives; null if it fails, which is a fault.</summary>
    public T? Tried<T>(string path, Func<T> run)
        where T : class
    {
        try
        {
            return run();
        }
        catch (GraphException error)
        {
            Add(path, ProgramReader.Reason(error));
            return null;
        }
    }

    /// <summary>Whether every element is a finite number.</summary>
    public static bool IsFinite(Tensor tensor) => Enumerable.Range(0, tensor.Count).All(i => double.IsFinite(tensor[i]));
}
