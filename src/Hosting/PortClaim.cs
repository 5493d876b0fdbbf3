using System.Net;
using System.Net.Sockets;

namespace EvCharge.Hosting;

/// <summary>
/// A TCP port that is this process's for a silo. Orleans cannot ask the system for a free one, since a silo tells its port
/// to others before it listens; and it listens in company where a port is taken, so that connections end up at either of
/// two silos. The claim is the UDP port of the same number, bound exclusively: the system gives it to one process at a
/// time, and takes it back from one that dies.
/// </summary>
public sealed class PortClaim : IDisposable
{
    /// <summary>Below what systems give to outgoing connections, one of which could take the port before the silo does.</summary>
    private const int Lowest = 20_000;
    private const int Highest = 32_000;
    private const int Attempts = 100;

    private readonly Socket _held;

    private PortClaim(Socket held) => _held = held;

    public int Port => ((IPEndPoint)_held.LocalEndPoint!).Port;

    /// <param name="wanted">The port, or 0 for a free one.</param>
    /// <returns>Null when another process has the port that is wanted.</returns>
    /// <exception cref="IOException">A free one is wanted, and hardly any port is free.</exception>
    public static PortClaim? Take(IPAddress address, int wanted) => wanted == 0 ? TakeFree(address) : TryTake(address, wanted);

    public static PortClaim TakeFree(IPAddress address)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (TryTake(address, Random.Shared.Next(Lowest, Highest)) is { } claim)
            {
                return claim;
            }
        }

        throw new IOException($"No port from {Lowest} to {Highest} was found free.");
    }

    /// <summary>Whether others can reach this process at the address: one that stands for all of a machine names none.</summary>
    public static bool IsOfThisMachine(IPAddress address)
    {
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            return false;
        }

        using var probe = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            probe.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public void Dispose() => _held.Dispose();

    private static PortClaim? TryTake(IPAddress address, int port)
    {
        var endpoint = new IPEndPoint(address, port);
        if (TryBind(endpoint, SocketType.Dgram, ProtocolType.Udp) is not { } held)
        {
            return null;
        }

        using var listener = TryBind(endpoint, SocketType.Stream, ProtocolType.Tcp);
        if (listener is null)
        {
            held.Dispose();
            return null;
        }

        return new PortClaim(held);
    }

    private static Socket? TryBind(IPEndPoint endpoint, SocketType type, ProtocolType protocol)
    {
        var socket = new Socket(endpoint.AddressFamily, type, protocol) { ExclusiveAddressUse = true };
        try
        {
            socket.Bind(endpoint);
            return socket;
        }
        catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            socket.Dispose();
            return null;
        }
    }
}
