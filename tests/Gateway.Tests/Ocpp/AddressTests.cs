using System.Net.WebSockets;
using EvCharge.GatewayTests.Api;
using EvCharge.History.Configuration;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>What chargers ask for: paths of all kinds, requests that are not quite upgrades, subprotocols of their own spelling.</summary>
public sealed class AddressTests(GatewayHost host)
{
    private readonly Records _records = new(host.Services);

    [Trait("attack", "odd-path")]
    [Theory]
    [InlineData("/", 404)]
    [InlineData("/ocpp", 404)]
    [InlineData("/ocpp/", 404)]
    [InlineData("/ocpp2", 404)]
    [InlineData("/CP-1", 404)]
    [InlineData("/OCPP/CP-1", 404)]
    [InlineData("/ocpp/default/4/CP-1", 404)]
    [InlineData("/ocpp/default/CP-1/", 404)]
    [InlineData("/steve/websocket/CentralSystemService/CP-1", 404)]
    [InlineData("/ocpp//CP-1", 400)]
    [InlineData("/ocpp/NoTenant/CP-1", 400)]
    [InlineData("/ocpp/CP%2f1", 400)]
    [InlineData("/ocpp/CP%252f1", 400)]
    [InlineData("/ocpp/..%2fadmin", 400)]
    [InlineData("/ocpp/%F0%9F%94%8C", 400)]
    [InlineData("/ocpp/CP%20%31", 400)]
    [InlineData("/ocpp/%27%3BDROP%20TABLE", 400)]
    public async Task A_path_that_names_no_charger_is_refused_and_shown_to_the_operator(string path, int status)
    {
        using var client = RawClient.Connect(host.Address);

        var answer = await client.Upgrade(path + "?" + host.Name("query"));

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_event_of_a_bad_path_shows_the_path()
    {
        var path = $"/{host.Name("no-such-path")}/4/CP-1";
        using var client = RawClient.Connect(host.Address);

        await client.Upgrade(path);

        await _records.AwaitEvent("bad-address", null, path);
    }

    [Theory]
    [InlineData("/ocpp/CP%00")]
    [InlineData("/ocpp/C\u00E9")]
    [InlineData("/ocpp/C\u0001P")]
    public async Task What_HTTP_does_not_allow_in_a_path_is_a_bad_request(string path)
    {
        using var client = RawClient.Connect(host.Address);

        Assert.StartsWith("HTTP/1.1 400 ", await client.Upgrade(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(49, "400")]
    [InlineData(4_000, "400")]
    [InlineData(10_000, "414")]
    public async Task A_name_that_is_too_long_is_refused(int length, string status)
    {
        using var client = RawClient.Connect(host.Address);

        Assert.StartsWith($"HTTP/1.1 {status} ", await client.Upgrade("/ocpp/" + new string('a', length)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_decoded_once_and_keeps_its_case()
    {
        var name = await _records.NewCharger(host.Name("Cp|1@a+b"));
        using var client = RawClient.Connect(host.Address);

        Assert.StartsWith("HTTP/1.1 101 ", await client.Upgrade($"/ocpp/default/{Uri.EscapeDataString(name)}"), StringComparison.Ordinal);
        using var other = RawClient.Connect(host.Address);
        Assert.StartsWith("HTTP/1.1 401 ", await other.Upgrade($"/ocpp/{Uri.EscapeDataString(name.ToUpperInvariant())}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Connection: Upgrade\r\n")]
    [InlineData("Upgrade: websocket\r\n")]
    [InlineData("Sec-WebSocket-Version: 13\r\n")]
    [InlineData("Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n")]
    public async Task A_request_that_lacks_a_header_of_the_upgrade_is_told_so(string header)
    {
        var name = await _records.NewCharger(host.Name("CP"));
        using var client = RawClient.Connect(host.Address);

        var answer = await client.Ask(RawClient.Request($"/ocpp/{name}").Replace(header, "", StringComparison.Ordinal) + "\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        await _records.AwaitEvent("not-a-websocket", name);
    }

    [Theory]
    [InlineData("no subprotocol")]
    [InlineData("'ocpp2.0.1'", "ocpp2.0.1")]
    [InlineData("'OCPP1.6'", "OCPP1.6")]
    [InlineData("'ocpp1.5, soap'", "ocpp1.5", "soap")]
    public async Task A_charger_that_does_not_offer_ocpp16_is_refused_and_named_with_what_it_offers(string shown, params string[] offered)
    {
        var name = await _records.NewCharger(host.Name("CP"));

        await Assert.ThrowsAsync<WebSocketException>(() => WireCharger.Open(host.Address, $"/ocpp/{name}", null, offered));

        await _records.AwaitEvent("subprotocol-refused", name, shown);
        Assert.False(await _records.IsOnline(name));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("OCPP1.6", "OCPP1.6")]
    [InlineData("ocpp1.6", "ocpp2.0.1", "ocpp1.6")]
    public async Task A_tenant_may_assume_ocpp16(string? spoken, params string[] offered)
    {
        var tenant = await host.AddTenant(host.Name("tenant"));
        var records = new Records(host.Services, tenant);
        await records.Put(TenantSettings.Defaults with { MissingSubprotocol = "ocpp1.6" });
        var name = await records.NewCharger(host.Name("CP"));

        await using var charger = await WireCharger.Open(host.Address, $"/ocpp/{tenant}/{name}", null, offered);

        Assert.Equal(spoken, charger.Subprotocol);
        await charger.Call("BootNotification", WireCharger.Boot);
    }

    [Fact]
    public async Task Of_several_subprotocols_ocpp16_is_taken()
    {
        var name = await _records.NewCharger(host.Name("CP"));

        await using var charger = await WireCharger.Open(host.Address, $"/ocpp/{name}", null, "ocpp2.0.1", "ocpp1.6");

        Assert.Equal("ocpp1.6", charger.Subprotocol);
    }
}
