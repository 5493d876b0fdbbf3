using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Certificates;

/// <summary>Knocks at the gateway over TLS, or in the clear, and tells what it is answered.</summary>
internal static class TlsDoor
{
    public static async Task<HttpStatusCode> Knock(
        GatewayHost host, string tenant, string charger, X509Certificate2? certificate = null, string? password = null, bool secure = true)
    {
        using var handler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => TestAuthority.IsOfServer(certificate) } };
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificates = [certificate];
        }

        using var invoker = new HttpMessageInvoker(handler);
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("ocpp1.6");
        socket.Options.CollectHttpResponseDetails = true;
        if (password is not null)
        {
            socket.Options.SetRequestHeader("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{charger}:{password}")));
        }

        try
        {
            await socket.ConnectAsync(Url(secure ? host.SecureAddress : host.Address, tenant, charger), invoker, TestContext.Current.CancellationToken);
        }
        catch (WebSocketException) when (socket.HttpStatusCode != 0)
        {
            // The status tells.
        }

        return socket.HttpStatusCode;
    }

    /// <summary>The base URL under which the tenant's chargers connect, with a name at its end when there is one.</summary>
    public static Uri Url(Uri gateway, string tenant, string? charger = null)
    {
        var path = charger is null ? $"/ocpp/{tenant}" : $"/ocpp/{tenant}/{charger}";
        return new UriBuilder(gateway) { Scheme = gateway.Scheme == "https" ? "wss" : "ws", Path = path }.Uri;
    }
}
