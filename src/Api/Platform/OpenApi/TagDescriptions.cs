using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Backprop.Api.Platform.OpenApi;

/// <summary>Describes the tags in use, in the order of this list.</summary>
internal sealed class TagDescriptions : IDocumentFilter
{
    private static readonly (string Name, string Description)[] Known =
    [
        ("Derivatives", "Values, gradients, Jacobians, Hessians and their products; gradient checks and diagrams."),
        ("Graphs", "A registry of graphs, named by their hash or an alias; a derivative is a graph too."),
        ("UM-Bridge", "The protocol of uncertainty quantification over the registered graphs; its clients work after changing the host."),
        ("Tesseract", "Each registered graph as a Tesseract: the URL for the SDK and its bridges to JAX and PyTorch is /tesseracts/{name}."),
        ("Expressions", "The language of the member `expression`: functions, operators and examples."),
        ("Operators", "The operators that a graph may use, with their derivatives and costs."),
        ("Costs", "The cost of a training step (operations, time, memory), of finite differences and of checkpointing."),
        ("Practice", "Questions, hints, answers and quizzes."),
        ("OpenTDB", "The interface of the Open Trivia Database over the questions that are marked as open; its clients work after changing the " +
            "host."),
        ("Learners", "Accounts, progress, reviews, and export of all data; practice also works without an account."),
        ("Operations", "Health and devices of the service."),
    ];

    /// <inheritdoc/>
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var used = swaggerDoc.Paths.Values
            .SelectMany(path => path.Operations ?? [])
            .SelectMany(operation => operation.Value.Tags ?? new HashSet<OpenApiTagReference>())
            .Select(tag => tag.Reference.Id)
            .ToHashSet();
        if (used.Except(Known.Select(tag => tag.Name)).FirstOrDefault() is { } unknown)
        {
            throw new InvalidOperationException($"The tag {unknown} has no description.");
        }

        swaggerDoc.Tags = new HashSet<OpenApiTag>(
            Known.Where(tag => used.Contains(tag.Name)).Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }));
    }
}
