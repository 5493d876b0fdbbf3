using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EvCharge.Fleet.Servers;

/// <summary>A bare Kestrel that sends every WebSocket message back: what the platform itself costs, the measure of all ratios.</summary>
internal static class EchoServer
{
    public static async Task Run(string[] arguments)
    {
        var builder = WebApplication.CreateSlimBuilder(arguments);
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.UseWebSockets();
        app.MapGet("/health/ready", () => "ready");
        app.MapGet("/ocpp/{charger}", Serve);
        await app.RunAsync();
    }

    private static async Task Serve(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync("ocpp1.6");
        var buffer = new byte[1_024];
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, context.RequestAborted);
            }
        }
        catch (Exception lost) when (lost is WebSocketException or OperationCanceledException)
        {
            // The client is gone; it does not say farewell.
            context.Abort();
        }
    }
}
