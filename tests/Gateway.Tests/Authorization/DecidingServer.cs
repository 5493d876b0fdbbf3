using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EvCharge.GatewayTests.Authorization;

/// <summary>An operator's own program that decides on tags, over real HTTP.</summary>
internal sealed class DecidingServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DecidingServer(WebApplication app) => _app = app;

    /// <summary>What was asked, in order.</summary>
    public ConcurrentQueue<(JsonElement Body, string? Secret)> Asked { get; } = new();

    public string Url => _app.Urls.First() + "/decide";

    public static async Task<DecidingServer> Start(Func<HttpContext, Task> decide)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new DecidingServer(app);
        app.Map("/decide", async (HttpContext http) =>
        {
            var body = await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body, cancellationToken: http.RequestAborted);
            server.Asked.Enqueue((body, http.Request.Headers.Authorization));
            await decide(http);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public static Task<DecidingServer> Saying(string answer) => Start(http => http.Response.WriteAsync(answer));

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
