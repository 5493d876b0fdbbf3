using System.Net;
using EvCharge.Hosting;

namespace EvCharge.Silo;

/// <summary>The ports that a silo listens on, held for it alone until this is disposed.</summary>
internal sealed class SiloPorts : IDisposable
{
    private readonly PortClaim _silo;
    private readonly PortClaim _client;

    private SiloPorts(PortClaim silo, PortClaim client)
    {
        _silo = silo;
        _client = client;
    }

    /// <summary>For the other silos.</summary>
    public int Silo => _silo.Port;

    /// <summary>For the gateways.</summary>
    public int Client => _client.Port;

    /// <param name="problem">Which port another process has; null when none.</param>
    public static SiloPorts? Claim(SiloOptions options, out string? problem)
    {
        var address = options.Address ?? IPAddress.Any;
        problem = null;
        if (PortClaim.Take(address, options.SiloPort) is not { } silo)
        {
            problem = Taken(SiloOptions.SiloPortKey, options.SiloPort);
            return null;
        }

        if (PortClaim.Take(address, options.ClientPort) is not { } client)
        {
            silo.Dispose();
            problem = Taken(SiloOptions.ClientPortKey, options.ClientPort);
            return null;
        }

        return new SiloPorts(silo, client);
    }

    public void Dispose()
    {
        _silo.Dispose();
        _client.Dispose();
    }

    private static string Taken(string key, int port) =>
        $"{key} is {port}, where another process listens: change it, or leave it out for a free port.";
}
