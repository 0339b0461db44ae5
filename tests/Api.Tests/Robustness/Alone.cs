using Xunit;

namespace Backprop.Api.Tests.Robustness;

/// <summary>Tests that measure memory or time run exclusively.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
