using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Routes;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Platform.Errors;

/// <summary>Errors as <c>application/problem+json</c> in every environment.</summary>
internal static class ErrorsSetup
{
    /// <summary>Registers the exception handler and lets binding errors reach it.</summary>
    /// <param name="builder">The application being built.</param>
    public static WebApplicationBuilder AddBackpropErrors(this WebApplicationBuilder builder)
    {
        builder.Services.AddExceptionHandler<ProblemExceptionHandler>();
        builder.Services.AddSingleton<RouteTable>();
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        return builder;
    }

    /// <summary>Handles exceptions and adds a body to statuses that were set without one (404, 405, 415, …).</summary>
    /// <param name="app">The application.</param>
    public static WebApplication UseBackpropErrors(this WebApplication app)
    {
        app.UseExceptionHandler(static _ => { });
        app.UseStatusCodePages(DescribeStatus);
        return app;
    }

    private static Task DescribeStatus(StatusCodeContext status)
    {
        var context = status.HttpContext;
        if (context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed && AllowedMethods.Answers(context))
        {
            return Task.CompletedTask;
        }

        return ProblemWriter.WriteAsync(context, context.Response.StatusCode == StatusCodes.Status413PayloadTooLarge
            ? ExceptionProblems.TooLarge(context, context.RequestServices.GetRequiredService<IOptions<BackpropLimits>>().Value)
            : new Problem(context.Response.StatusCode, Describe(context)));
    }

    private static string Describe(HttpContext context) => context.Response.StatusCode switch
    {
        404 => $"No resource at {context.Request.Path}{context.RequestServices.GetRequiredService<RouteTable>().Hint(context.Request)}",
        405 => $"{context.Request.Path} does not support {context.Request.Method}. Allowed: {context.Response.Headers.Allow}.",
        406 => $"The answer has no form that Accept allows: {context.Request.Headers.Accept}.",
        415 => JsonMediaType.Refusal(context.Request, context.RequestServices.GetRequiredService<RouteTable>().Find(context.Request)),
        _ => "The request was rejected.",
    };
}
