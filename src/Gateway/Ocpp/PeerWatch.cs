using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;

namespace EvCharge.Gateway.Ocpp;

/// <summary>
/// Where a WebSocket is not pinged, TCP has to tell that the peer is gone: probes as often as pings else (RFC 9293 §3.8.4).
/// They end at a proxy that stands between.
/// </summary>
internal static class PeerWatch
{
    private const int Probes = 4;

    public static void ProbeByTcp(HttpContext context, int seconds)
    {
        if (context.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, seconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, Math.Max(1, seconds / Probes));
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes);
        }
    }
}
