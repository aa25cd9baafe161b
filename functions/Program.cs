using ClickFuncs.Functions.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddClickFuncsOnAzure(builder.Configuration);
builder.Services.AddAzureTelemetry(builder.Configuration);
var app = builder.Build();
app.Services.RequireSettings();
await app.RunAsync();
