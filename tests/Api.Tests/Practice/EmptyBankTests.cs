using Backprop.Api.Features.Questions;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Practice;
using Backprop.Domain.Practice.Questions;
using Backprop.Infrastructure.Formats.Expressions;
using Backprop.Infrastructure.Persistence;
using Backprop.Infrastructure.Persistence.Questions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Practice;

/// <summary>A bank without the content files.</summary>
public sealed class EmptyBankTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task An_export_imported_into_it_is_exported_to_the_same_bytes()
    {
        string text = await api.Api.ExportQuestionsAsync(ExportFormat.Json);
        QuestionSetContract set = await api.Api.ExportQuestionsAsync();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("backprop-tests-");
        try
        {
            WebApplicationBuilder builder = WebApplication.CreateBuilder();
            builder.Services.AddBackpropPersistence($"Data Source={Path.Combine(folder.FullName, "empty.db")};Pooling=False");
            builder.Services.AddSingleton(api.Services.GetRequiredService<VariantDrawing>());
            builder.AddBackpropRequests();
            await using WebApplication app = builder.Build();
            await PersistenceServices.MigrateAsync(app.Services);
            var bank = app.Services.GetRequiredService<QuestionBank>();
            StoreReport report = await app.Services.GetRequiredService<QuestionWriter>().ImportAsync(QuestionReader.Read(set), int.MaxValue, CancellationToken.None);
            report.Added.ShouldBe(set.Questions.Count);
            (await ExportAsync(app.Services, bank)).ShouldBe(text);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> ExportAsync(IServiceProvider services, QuestionBank bank)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Response.Body = body;
        await new QuestionExport(ExportFormat.Json, await bank.TopicsAsync(CancellationToken.None), bank, new FigureRenderer(new ExpressionParser([])))
            .ExecuteAsync(context);
        await context.Response.BodyWriter.FlushAsync();
        return System.Text.Encoding.UTF8.GetString(body.ToArray());
    }
}
