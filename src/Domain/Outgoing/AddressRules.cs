using System.Net;
using System.Net.Sockets;

namespace EvCharge.Domain.Outgoing;

/// <summary>
/// Which addresses a call may go to that a tenant named. What is not of the public internet may be a neighbour of ours that
/// trusts its network: the cloud's own metadata, a database, a charger.
/// </summary>
public static class AddressRules
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Global unicast (RFC 4291), and within it what stands for other addresses or for none.</summary>
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] NotPublicV6 = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    public static bool IsPublic(IPAddress address)
    {
        var plain = Plain(address);
        return plain.AddressFamily == AddressFamily.InterNetwork
            ? !NotPublic.Any(network => network.Contains(plain))
            : GlobalUnicast.Contains(plain) && !NotPublicV6.Any(network => network.Contains(plain));
    }

    /// <param name="allowed">Networks that the installation opened.</param>
    public static bool MayBeCalled(IPAddress address, IReadOnlyCollection<IPNetwork> allowed)
    {
        var plain = Plain(address);
        return IsPublic(plain) || allowed.Any(network => network.Contains(plain));
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
