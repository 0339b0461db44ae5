using Backprop.Client;
using Backprop.Domain.Costs;

namespace Backprop.Api.Costs;

/// <summary>Records of the cost engine in the words of the contract.</summary>
internal static class CostWords
{
    /// <summary>How a figure comes about.</summary>
    public static FigureOrigin Origin(CostOrigin origin) => new()
    {
        Figure = origin.Figure,
        Formula = origin.Formula,
        Convention = origin.Convention,
        Source = origin.Source,
    };
}
