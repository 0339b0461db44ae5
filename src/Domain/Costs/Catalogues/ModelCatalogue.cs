using System.Collections.Frozen;
using Backprop.Domain.Costs.Transformers;
using Backprop.Domain.Suggestions;

namespace Backprop.Domain.Costs.Catalogues;

/// <summary>A model of the catalogue: a row of <c>models.json</c>.</summary>
/// <param name="Id">Its name in requests.</param>
/// <param name="Aliases">Other names in requests.</param>
/// <param name="Name">Its usual name.</param>
/// <param name="Family">Its family.</param>
/// <param name="Source">The source of its configuration.</param>
/// <param name="Configuration">Its configuration, from which all figures are computed.</param>
public sealed record CataloguedModel(
    string Id, IReadOnlyList<string> Aliases, string Name, string Family, string Source, TransformerConfiguration Configuration)
{
    /// <summary>The counts of its parameters.</summary>
    public ParameterCount Parameters { get; } = ParameterCount.Of(Configuration);

    /// <summary>The model as given in a request.</summary>
    public ModelProfile Profile { get; } = ModelProfile.Of(Configuration, Id);
}

/// <summary>The models that requests may name.</summary>
public static class ModelCatalogue
{
    private static readonly FrozenDictionary<string, CataloguedModel> ByName;

    static ModelCatalogue()
    {
        All = CatalogueFile.Read<CataloguedModel>("models.json");
        ByName = CatalogueFile.Index(All, model => [model.Id, .. model.Aliases]);
        Suggestions = new NameSuggestions(All.SelectMany(model => (string[])[model.Id, .. model.Aliases]));
    }

    /// <summary>All of them, by family and size.</summary>
    public static IReadOnlyList<CataloguedModel> All { get; }

    /// <summary>A model by id or alias, in either case, or null.</summary>
    public static CataloguedModel? Find(string id) => ByName.GetValueOrDefault(id);

    /// <summary>The ids and aliases that an unknown one may mean.</summary>
    public static NameSuggestions Suggestions { get; }
}
