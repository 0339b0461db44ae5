using Xunit;

namespace Backprop.Api.Tests.Robustness;

/// <summary>Tests that measure memory or time run when no others do.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
