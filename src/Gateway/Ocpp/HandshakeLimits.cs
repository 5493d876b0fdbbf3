using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EvCharge.Gateway.Ocpp;

/// <summary>
/// How long a peer may take to say what it wants: 10 s from the connection to its first byte, and 10 s from there to the
/// end of the request's headers. The server's own limit for the first byte is the 130 s for which it keeps connections
/// between two requests.
/// </summary>
internal static class HandshakeLimits
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void Apply(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        server.Limits.RequestHeadersTimeout = Patience;
        server.ConfigureEndpointDefaults(endpoint => endpoint.Use(AwaitFirstByte));
    }

    private static async Task AwaitFirstByte(ConnectionContext connection, Func<Task> next)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var first = await connection.Transport.Input.ReadAsync(patience.Token);
            connection.Transport.Input.AdvanceTo(first.Buffer.Start);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            connection.Abort(new ConnectionAbortedException("The peer said nothing."));
            return;
        }

        await next();
    }
}
