using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using EvCharge.ChargerSimulator.Security;
using EvCharge.ChargerSimulator.Settings;

namespace EvCharge.ChargerSimulator.Wire;

/// <summary>Opens the WebSocket of a charge point and keeps hold of the TCP socket below it, so that it can be cut.</summary>
internal static class Dialer
{
    /// <exception cref="WebSocketException">The server refused the upgrade or cannot be reached.</exception>
    public static async Task<ChargerSocket> DialAsync(
        ChargePointOptions options, ChargerSettings settings, CertificateStore certificates, CancellationToken stop)
    {
        Socket? tcp = null;
        var own = settings.SecurityProfile == 3 ? certificates.Own : null;
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectTimeout = options.ConnectTimeout,
            SslOptions =
            {
                RemoteCertificateValidationCallback = options.CertificateValidation ?? (certificates.KnowsCsms ? certificates.Trusts : null),
                ClientCertificates = own is null ? null : [own],
            },
            ConnectCallback = async (context, cancel) =>
            {
                tcp = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await tcp.ConnectAsync(context.DnsEndPoint, cancel);
                return new NetworkStream(tcp, ownsSocket: true);
            },
        };
        var invoker = new HttpMessageInvoker(handler);
        var web = new ClientWebSocket();
        try
        {
            web.Options.AddSubProtocol(options.Subprotocol);
            web.Options.KeepAliveInterval = options.PingInterval;
            if (settings is { AuthorizationKey: { } password, SecurityProfile: not 3 })
                web.Options.SetRequestHeader(nameof(HttpRequestHeader.Authorization), Basic(options.Identity, password));
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(options.ConnectTimeout);
            await web.ConnectAsync(Address(options), invoker, limit.Token);
            return new ChargerSocket(web, invoker, tcp!);
        }
        catch
        {
            web.Dispose();
            invoker.Dispose();
            tcp?.Dispose();
            throw;
        }
    }

    /// <summary>The connection URL is the CSMS's base with the percent-encoded identity as last segment (OCPP-J 1.6 §3.1.1).</summary>
    internal static Uri Address(ChargePointOptions options) =>
        new($"{options.Url.AbsoluteUri.TrimEnd('/')}/{Uri.EscapeDataString(options.Identity)}");

    private static string Basic(string identity, string password) =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{identity}:{password}"));
}
