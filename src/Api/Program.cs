using Backprop.Api.Endpoints;
using Backprop.Api.Errors;
using Backprop.Api.Health;
using Backprop.Api.Hosting;
using Backprop.Api.Limits;
using Backprop.Api.OpenApi;
using Backprop.Api.Requests;
using Backprop.Api.Security;
using Backprop.Api.Telemetry;
using Backprop.Api.Validation;
using Backprop.Infrastructure.Persistence;

if (ContainerHealthCheck.IsAsked(args))
    return await ContainerHealthCheck.RunAsync(args);

var builder = WebApplication.CreateBuilder(args);
builder.AddBackpropHosting()
    .AddBackpropTelemetry()
    .AddBackpropErrors()
    .AddBackpropLimits()
    .AddBackpropSecurity()
    .AddBackpropRequests()
    .AddBackpropValidation()
    .AddBackpropHealth()
    .AddBackpropOpenApi();
builder.Services.AddBackpropPersistence(builder.Configuration.GetConnectionString("Backprop") ?? "Data Source=backprop.db");

var app = builder.Build();
await PersistenceServices.MigrateAsync(app.Services, app.Lifetime.ApplicationStopping);
app.UseHeadAsGet();
app.UseResponseCompression();
app.UseBackpropErrors();
app.UseRequestDecompression();
app.UseRouting();
app.UseBackpropTelemetry();
app.UseBackpropSecurity();
app.UseRateLimiter();
app.UseBackpropOpenApi();
app.MapOperations();
await app.RunAsync();
return 0;
