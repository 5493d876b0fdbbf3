using System.Net;
using System.Net.Sockets;

namespace EvCharge.Gateway.Security;

/// <summary>The address that limits are counted for: an IPv6 subscriber has a whole /64, so its half of the address counts.</summary>
internal static class ClientAddress
{
    public static string Of(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address ? Of(address) : "";

    internal static string Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}
