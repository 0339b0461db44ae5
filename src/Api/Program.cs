using Backprop.Api;
using Backprop.Api.Features.Accounts;
using Backprop.Api.Features.Checkpoints;
using Backprop.Api.Features.Daily;
using Backprop.Api.Features.Derivatives;
using Backprop.Api.Features.Diagrams;
using Backprop.Api.Features.Experiments;
using Backprop.Api.Features.Expressions;
using Backprop.Api.Features.FiniteDifferences;
using Backprop.Api.Features.Graphs;
using Backprop.Api.Features.Interviews;
using Backprop.Api.Features.Learners;
using Backprop.Api.Features.Lessons;
using Backprop.Api.Features.Operations;
using Backprop.Api.Features.Operators;
using Backprop.Api.Features.Questions;
using Backprop.Api.Features.Quizzes;
using Backprop.Api.Features.StepCosts;
using Backprop.Api.Features.StudySets;
using Backprop.Api.Features.TrainingRuns;
using Backprop.Api.Platform.Hosting;
using Backprop.Api.Platform.Routes;
using Backprop.Api.Protocols.OpenTdb;
using Backprop.Api.Protocols.Tesseract;
using Backprop.Api.Protocols.UmBridge;
using Backprop.Infrastructure.Persistence;
using Backprop.Infrastructure.Persistence.Questions;

if (ContainerHealthCheck.IsAsked(args))
{
    return await ContainerHealthCheck.RunAsync(args);
}

StartFailure.Watch();
var builder = WebApplication.CreateBuilder(args);
builder.AddBackprop();
builder.AddSwaggerPictures();

await using var app = builder.Build();

// Building the model takes a while, which the main thread spends on everything that does not need it.
_ = Task.Run(() => PersistenceServices.BuildModel(app.Services));
await PersistenceServices.MigrateAsync(app.Services, app.Lifetime.ApplicationStopping);
StoreReport? loaded = await PracticeSetup.LoadQuestionsAsync(app.Services, app.Lifetime.ApplicationStopping);
app.UseBackprop();
app.MapDerivatives();
app.MapDiagrams();
app.MapSwaggerPictures();
app.MapCheckpointPlans();
app.MapFiniteDifferences();
app.MapExperiments();
app.MapLessons();
app.MapGraphs();
app.MapUmBridge();
app.MapTesseracts();
app.MapExpressions();
app.MapOperators();
app.MapCosts();
app.MapQuestions();
app.MapQuestionWrites();
app.MapQuestionReports();
app.MapStudySets();
app.MapOpenTdb();
app.MapQuizzes();
app.MapInterviews();
app.MapDailyQuestion();
app.MapAccounts();
app.MapLearners();
app.MapTrainingRuns();
app.MapOperations();
app.MapWellKnownPaths();
await app.StartAsync();
StartMessage.Log(app);
PracticeSetup.Log(app.Logger, loaded);
await app.WaitForShutdownAsync();
return 0;
