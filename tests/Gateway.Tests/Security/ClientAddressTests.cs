using System.Net;
using EvCharge.Gateway.Security;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Security;

[Trait(InstallationKind.Trait, InstallationKind.Own)]
public sealed class ClientAddressTests
{
    [Fact]
    public void A_subscriber_of_IPv6_counts_once_however_many_addresses_it_uses()
    {
        Assert.Equal(ClientAddress.Of(IPAddress.Parse("2001:db8:1:2::1")), ClientAddress.Of(IPAddress.Parse("2001:db8:1:2:ffff::9")));
        Assert.NotEqual(ClientAddress.Of(IPAddress.Parse("2001:db8:1:2::1")), ClientAddress.Of(IPAddress.Parse("2001:db8:1:3::1")));
    }

    [Fact]
    public void An_IPv4_address_counts_as_itself_in_either_notation() =>
        Assert.Equal("192.0.2.1", ClientAddress.Of(IPAddress.Parse("::ffff:192.0.2.1")));
}
