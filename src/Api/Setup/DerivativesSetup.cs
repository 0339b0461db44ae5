using Backprop.Api.Features.Derivatives;
using Backprop.Api.Features.FiniteDifferences;
using Backprop.Api.Features.Graphs;
using Backprop.Api.Features.Operations;
using Backprop.Api.Features.StepCosts;
using Backprop.Api.Platform.Compute;
using Backprop.Api.Platform.Hosting;
using Backprop.Api.Platform.Limits;
using Backprop.Compute.Calibration;
using Backprop.Compute.Costs;
using Backprop.Compute.Devices;
using Backprop.Compute.Engine;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Operators;
using Backprop.Infrastructure.Formats.Expressions;
using Backprop.Infrastructure.Formats.Onnx;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Setup;

/// <summary>The engine and its inputs.</summary>
internal static class DerivativesSetup
{
    /// <summary>
    /// Registers the engine with the configured limits, the readers of expressions and models, and a warm-up that compiles the hot path.
    /// </summary>
    public static WebApplicationBuilder AddBackpropDerivatives(this WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddOptions<ComputeOptions>().BindConfiguration(ComputeOptions.Section).Validate(
            options => options.CacheBytes > 0 && options.PoolBytes >= 0,
                $"{ComputeOptions.Section}:CacheBytes must be positive and {ComputeOptions.Section}:PoolBytes not negative.")
            .Validate(options => DeviceMapper.Kinds(options.Devices) is not null,
                $"{ComputeOptions.Section}:Devices must list devices among cuda, opencl and ilgpuCpu, separated by commas.")
            .Validate(options => options.DeviceMemoryBytes >= 0, $"{ComputeOptions.Section}:DeviceMemoryBytes must not be negative.")
                .ValidateOnStart();
        services.AddSingleton(provider => new MemoryBudget(RequestBytes(provider)));
        services.AddSingleton(provider => new BufferPool(provider.GetRequiredService<IOptions<ComputeOptions>>().Value.PoolBytes));
        services.AddSingleton(provider => new HostExecutor(provider.GetRequiredService<BufferPool>()));
        services.AddSingleton(Limits);
        services.AddSingleton(provider => new DerivativeEngine(
            provider.GetRequiredService<HostExecutor>(), provider.GetRequiredService<EngineLimits>(),
            provider.GetRequiredService<DeviceSelection>()));
        services.AddSingleton(provider => new ExpressionParser(
            OperatorTable.All.Select(row => row.Name), (int)provider.GetRequiredService<IOptions<BackpropLimits>>().Value.MaxNodes));
        services.AddSingleton(provider => new OnnxImporter(Models(provider), HostExecutor.Evaluate));
        services.AddSingleton<GraphSource>();
        services.AddHostedService<GraphUseWriter>();
        services.AddSingleton<GraphAnswer>();
        services.AddSingleton<DerivativeService>();
        services.AddSingleton<FiniteDifferenceService>();
        services.AddSingleton<HostCalibration>();
        services.AddSingleton<GraphCosts>();
        services.AddSingleton<GraphStepService>();
        services.AddSingleton(provider => new WarmUpStep("gradient", _ => Task.Run(() => WarmUp(provider.GetRequiredService<DerivativeEngine>()))));
        return builder;
    }

    // Requests may together hold what remains after the caches, the process itself and a quarter for uncollected garbage.
    private static long RequestBytes(IServiceProvider provider)
    {
        const long ProcessBytes = 256L << 20;
        ComputeOptions compute = provider.GetRequiredService<IOptions<ComputeOptions>>().Value;
        long limit = provider.GetRequiredService<IOptions<BackpropLimits>>().Value.MemoryBytes;
        return Math.Max(limit / 4, limit - (limit / 4) - compute.CacheBytes - compute.PoolBytes - ProcessBytes);
    }

    private static EngineLimits Limits(IServiceProvider provider)
    {
        BackpropLimits limits = provider.GetRequiredService<IOptions<BackpropLimits>>().Value;
        return new EngineLimits
        {
            MaxElements = limits.MaxElements,
            MaxAnswerElements = limits.MaxAnswerElements,
            MaxFlops = limits.MaxFlops,
            MaxEmulatedFlops = limits.MaxEmulatedFlops,
            MaxNodes = limits.MaxNodes,
            Memory = provider.GetRequiredService<MemoryBudget>(),
            CacheBytes = provider.GetRequiredService<IOptions<ComputeOptions>>().Value.CacheBytes / 2,
        };
    }

    private static OnnxLimits Models(IServiceProvider provider)
    {
        BackpropLimits limits = provider.GetRequiredService<IOptions<BackpropLimits>>().Value;
        return new OnnxLimits(limits.MaxNodes, limits.MaxElements);
    }

    private static void WarmUp(DerivativeEngine engine)
    {
        GraphDefinition definition = new ExpressionParser(OperatorTable.All.Select(row => row.Name)).Parse("L = (a*b + 1)^2");
        var inputs = new Dictionary<string, Literal> { ["a"] = Literal.Of(2), ["b"] = Literal.Of(-3) };
        var submission = new ComputationRequest(definition, CanonicalForm.Of(definition).Id, inputs, DType.Float64, []);
        engine.Run(submission, Queries.Gradient(null, null, null, null), CancellationToken.None);
    }
}
