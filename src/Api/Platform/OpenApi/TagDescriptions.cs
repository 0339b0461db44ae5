using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Backprop.Api.Platform.OpenApi;

/// <summary>Describes the tags in use, and puts tags and paths in the order of this list: the service's own routes first, in order of use.</summary>
internal sealed class TagDescriptions : IDocumentFilter
{
    private static readonly (string Name, string Description, string? Documentation)[] Known =
    [
        ("Derivatives", "Values, gradients, Jacobians, Hessians and their products; gradient checks and diagrams.", null),
        ("Graphs", "A registry of graphs, named by their hash or an alias; a derivative is a graph too.", null),
        ("Expressions", "The language of the member `expression`: functions, operators and examples.", null),
        ("Operators", "The operators that a graph may use, with their derivatives and costs.", "https://onnx.ai/onnx/operators/"),
        ("Training", "Training runs: steps, schedules, metrics and weights.", null),
        ("Experiments", "What goes wrong in training and why, computed anew with parameters of your own: curves, a table, and a conclusion.",
            null),
        ("Costs", "The cost of a training step (operations, time, memory), of finite differences and of checkpointing.", null),
        ("Lessons", "Text with formulas, requests to send, experiments and questions; also as Markdown and as a page.", null),
        ("Practice", "Questions, hints, answers and quizzes.", null),
        ("Learners", "Accounts, progress, reviews, and export of all data; practice also works without an account.", null),
        ("Operations", "Health and devices of the service.", null),
        ("UM-Bridge", "The protocol of uncertainty quantification over the registered graphs; its clients work after changing the host.",
            "https://um-bridge-benchmarks.readthedocs.io/"),
        ("Tesseract", "Each registered graph as a Tesseract: the URL for the SDK and its bridges to JAX and PyTorch is /tesseracts/{name}.",
            "https://docs.pasteurlabs.ai/projects/tesseract-core/"),
        ("OpenTDB", "The interface of the Open Trivia Database over the questions that are marked as open; its clients work after changing the " +
            "host.", "https://opentdb.com/api_config.php"),
    ];

    /// <inheritdoc/>
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var paths = swaggerDoc.Paths.OrderBy(path => Place(path.Value)).ToList();
        var used = paths.Select(path => Place(path.Value)).ToHashSet();
        swaggerDoc.Paths.Clear();
        paths.ForEach(path => swaggerDoc.Paths.Add(path.Key, path.Value));
        swaggerDoc.Tags = new HashSet<OpenApiTag>(Known.Where((_, place) => used.Contains(place)).Select(tag => new OpenApiTag
        {
            Name = tag.Name,
            Description = tag.Description,
            ExternalDocs = tag.Documentation is { } uri ? new OpenApiExternalDocs { Url = new Uri(uri) } : null,
        }));
    }

    private static int Place(IOpenApiPathItem path)
    {
        var tags = path.Operations?.Values.SelectMany(operation => operation.Tags ?? new HashSet<OpenApiTagReference>());
        string? tag = tags?.FirstOrDefault()?.Reference.Id;
        int place = Array.FindIndex(Known, known => known.Name == tag);
        return place >= 0 ? place : throw new InvalidOperationException($"The tag {tag} has no description.");
    }
}
