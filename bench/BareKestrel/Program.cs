using System.IO.Pipelines;
using System.Text.Json;

// The cost of the server itself: the body is parsed, and the bytes of a file are returned.
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
byte[] answer = File.ReadAllBytes(builder.Configuration["answer"]!);
builder.Logging.ClearProviders();
WebApplication app = builder.Build();
app.Run(async context =>
{
    PipeReader reader = context.Request.BodyReader;
    ReadResult body = await reader.ReadAtLeastAsync((int)context.Request.ContentLength!.Value);
    bool isObject;
    using (JsonDocument document = JsonDocument.Parse(body.Buffer))
    {
        isObject = document.RootElement.ValueKind == JsonValueKind.Object;
    }

    reader.AdvanceTo(body.Buffer.End);
    context.Response.StatusCode = isObject ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
    context.Response.ContentType = "application/json; charset=utf-8";
    context.Response.ContentLength = answer.Length;
    await context.Response.BodyWriter.WriteAsync(answer);
});
await app.RunAsync();
