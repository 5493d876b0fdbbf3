using System.Net;
using System.Net.Sockets;

namespace EvCharge.Servers;

/// <summary>Ports for processes that come and go.</summary>
public static class FreePort
{
    /// <summary>
    /// A port of 127.0.0.1 below the system's range for outgoing connections: it is still free when its process comes back,
    /// and nobody who dials it meanwhile is given it for himself and connects to himself.
    /// </summary>
    public static int Draw()
    {
        while (true)
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                var port = Random.Shared.Next(20_000, 32_000);
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken: draw another.
            }
        }
    }
}
