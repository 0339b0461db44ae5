using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Backprop.Api.Platform.OpenApi;

/// <summary>Describes the tags that are in use, in the order of this list.</summary>
public sealed class TagDescriptions : IDocumentFilter
{
    private static readonly (string Name, string Description)[] Known =
    [
        ("Derivatives", "Values, gradients, Jacobians, Hessians and their products; checks and pictures of them."),
        ("Graphs", "Graphs registered once and named by their hash or an alias from then on; a derivative is a graph too."),
        ("UM-Bridge", "The protocol of uncertainty quantification over the registered graphs: its clients work here by changing the host."),
        ("Tesseract", "Each registered graph as a Tesseract: the SDK, and its bridges to JAX and PyTorch, take /tesseracts/{name} as their URL."),
        ("Operators", "The operators that a graph may use, with their derivatives and costs."),
        ("Costs", "What a training step costs: operations, time, memory, and what finite differences or checkpoints would."),
        ("Practice", "Questions, hints, answers and quizzes."),
        ("OpenTDB", "The interface of the Open Trivia Database over the questions that are marked as open: its clients work here by changing the " +
            "host."),
        ("Learners", "Accounts, progress, reviews, and all of one's data; practice works without an account too."),
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
            throw new InvalidOperationException($"The tag {unknown} has no description.");
        swaggerDoc.Tags = new HashSet<OpenApiTag>(
            Known.Where(tag => used.Contains(tag.Name)).Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }));
    }
}
