using System.Text.Json;

// What the server alone costs: the body is parsed, and the bytes of a file come back.
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
byte[] answer = File.ReadAllBytes(builder.Configuration["answer"]!);
builder.Logging.ClearProviders();
WebApplication app = builder.Build();
app.Run(async context =>
{
    using (JsonDocument body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted))
    {
        if (body.RootElement.ValueKind != JsonValueKind.Object)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
    }

    context.Response.ContentType = "application/json; charset=utf-8";
    context.Response.ContentLength = answer.Length;
    await context.Response.BodyWriter.WriteAsync(answer, context.RequestAborted);
});
await app.StartAsync();
Console.WriteLine(app.Urls.First());
await app.WaitForShutdownAsync();
