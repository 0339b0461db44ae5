using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Templates;

/// <summary>A function with its derivative as people write it, in the expression language of the service.</summary>
/// <param name="Function">The function.</param>
/// <param name="Formula">Its derivative.</param>
/// <param name="Steps">How the derivative is found, in a sentence.</param>
/// <param name="Slip">The usual mistake, in a sentence.</param>
/// <param name="Mistakes">Wrong derivatives that have a known cause.</param>
internal sealed record WrittenDerivative(string Function, string Formula, string Steps, string Slip, params ExpressionMistake[] Mistakes);
