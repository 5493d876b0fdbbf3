using System.Net;
using EvCharge.Domain.Outgoing;

namespace EvCharge.DomainTests.Outgoing;

public sealed class AddressRulesTests
{
    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("100.63.255.255")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("::ffff:8.8.8.8")]
    public void The_public_internet_may_be_called(string address) => Assert.True(AddressRules.MayBeCalled(IPAddress.Parse(address), []));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.8.8")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("fe80::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("ff02::1")]
    [InlineData("2001:db8::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2")]
    public void What_may_be_a_neighbour_may_not(string address) => Assert.False(AddressRules.MayBeCalled(IPAddress.Parse(address), []));

    [Fact]
    public void What_the_installation_opened_may_be_called_in_either_form()
    {
        IPNetwork[] allowed = [IPNetwork.Parse("10.1.0.0/16")];
        Assert.True(AddressRules.MayBeCalled(IPAddress.Parse("10.1.2.3"), allowed));
        Assert.True(AddressRules.MayBeCalled(IPAddress.Parse("::ffff:10.1.2.3"), allowed));
        Assert.False(AddressRules.MayBeCalled(IPAddress.Parse("10.2.2.3"), allowed));
    }
}
