namespace Backprop.Domain.Costs.Transformers;

/// <summary>A model to be priced: one of the catalogue, a configuration, or only a count of parameters.</summary>
/// <param name="Id">The id in the catalogue; null for a custom model.</param>
/// <param name="Parameters">All parameters, at most <see cref="TransformerRules.MostParameters"/>.</param>
/// <param name="Active">Those that one token uses.</param>
/// <param name="Configuration">Null if only the count is known.</param>
public sealed record ModelProfile(string? Id, Int128 Parameters, Int128 Active, TransformerConfiguration? Configuration)
{
    /// <summary>A model by its configuration.</summary>
    public static ModelProfile Of(TransformerConfiguration configuration, string? id = null)
    {
        ParameterCount count = ParameterCount.Of(configuration);
        return new ModelProfile(id, count.Total, count.Active, configuration);
    }
}
