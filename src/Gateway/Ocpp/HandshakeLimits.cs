using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EvCharge.Gateway.Ocpp;

/// <summary>
/// How long a peer may take to say what it wants, 10 s in all: 4 s from the connection to its first byte, and 5 s from there to
/// the end of the request's headers, which the server looks at once a second. The server's own limit for the first byte is the
/// 130 s for which it keeps connections between two requests.
/// </summary>
internal static class HandshakeLimits
{
    private static readonly TimeSpan FirstByte = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Headers = TimeSpan.FromSeconds(5);

    public static void Apply(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        server.Limits.RequestHeadersTimeout = Headers;
        server.ConfigureEndpointDefaults(endpoint => endpoint.Use(AwaitFirstByte));
    }

    private static async Task AwaitFirstByte(ConnectionContext connection, Func<Task> next)
    {
        if (await Speaks(connection))
        {
            await next();
        }
        else
        {
            connection.Abort(new ConnectionAbortedException("The peer said nothing."));
        }
    }

    private static async Task<bool> Speaks(ConnectionContext connection)
    {
        using var patience = new CancellationTokenSource(FirstByte);
        try
        {
            var first = await connection.Transport.Input.ReadAsync(patience.Token);
            connection.Transport.Input.AdvanceTo(first.Buffer.Start);
            return true;
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            return false;
        }
    }
}
