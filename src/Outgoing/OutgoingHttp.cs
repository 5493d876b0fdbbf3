using System.Net;
using System.Net.Sockets;
using EvCharge.Domain.Outgoing;
using Microsoft.Extensions.Options;

namespace EvCharge.Outgoing;

/// <summary>
/// HTTP and WebSockets to addresses that tenants configure: TLS only, no redirects, no proxy, no cookies. A name is resolved here and every
/// address is checked before it is connected to, so that a name which changes its address between a check and the call gains
/// nothing.
/// </summary>
public sealed class OutgoingHttp : IDisposable
{
    private const int MostConnections = 32;

    private readonly OutgoingOptions _options;
    private readonly List<IPNetwork> _allowed;
    private readonly HttpMessageInvoker _invoker;
    private readonly HttpMessageInvoker _sockets;

    public OutgoingHttp(IOptions<OutgoingOptions> options)
    {
        _options = options.Value;
        _allowed = [.. _options.AllowedNetworks.Select(IPNetwork.Parse)];
        if (_options.HttpOnLoopback)
        {
            _allowed.AddRange([IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")]);
        }

        _invoker = new HttpMessageInvoker(Handler(MostConnections));
        _sockets = new HttpMessageInvoker(Handler(int.MaxValue)); // each holds its connection for weeks
    }

    /// <summary>Sends, and comes back with the headers of the answer. Only the caller's patience bounds how long that takes.</summary>
    /// <exception cref="HttpRequestException">The address is refused, or cannot be reached.</exception>
    public Task<HttpResponseMessage> Send(HttpRequestMessage request, CancellationToken cancelled)
    {
        Permit(request.RequestUri!, Uri.UriSchemeHttps, Uri.UriSchemeHttp);
        return _invoker.SendAsync(request, cancelled);
    }

    /// <summary>What a WebSocket to an address is opened with.</summary>
    /// <exception cref="HttpRequestException">The address is refused by its scheme.</exception>
    public HttpMessageInvoker ForSockets(Uri uri)
    {
        Permit(uri, Uri.UriSchemeWss, Uri.UriSchemeWs);
        return _sockets;
    }

    public void Dispose()
    {
        _invoker.Dispose();
        _sockets.Dispose();
    }

    private void Permit(Uri uri, string secure, string plain)
    {
        if (uri.Scheme != secure && !(uri.Scheme == plain && _options.HttpOnLoopback && uri.IsLoopback))
        {
            throw new HttpRequestException($"{uri.Scheme} is not called; {secure} is, and with Outgoing:HttpOnLoopback {plain} on this machine.");
        }
    }

    private SocketsHttpHandler Handler(int connectionsPerServer) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectCallback = Connect,
        MaxConnectionsPerServer = connectionsPerServer,
        MaxResponseHeadersLength = 16,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
    };

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancelled)
    {
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancelled);
        IPAddress[] permitted = [.. found.Where(address => AddressRules.MayBeCalled(address, _allowed))];
        if (permitted.Length == 0)
        {
            throw new HttpRequestException($"{context.DnsEndPoint.Host} has no address that may be called.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(permitted, context.DnsEndPoint.Port, cancelled);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
