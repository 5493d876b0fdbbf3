using System.Diagnostics;
using System.Net;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Authorization;

namespace EvCharge.GatewayTests.Proxy;

/// <summary>A system that a charger is relayed to decides on its tags.</summary>
public sealed class UpstreamAuthorityTests(GatewayHost host)
{
    private ApiClient Api => host.Administrator;

    [Theory]
    [InlineData("""{"status":"Accepted","parentIdTag":"FLEET"}""", "Accepted")]
    [InlineData("""{"status":"Blocked"}""", "Blocked")]
    [InlineData("""{"status":"ConcurrentTx"}""", "ConcurrentTx")]
    public async Task The_charger_is_told_what_the_system_says_of_a_tag(string info, string status)
    {
        await using var system = await UpstreamSystem.Start();
        system.Answer = (action, _) => action == "Authorize" ? $$"""{"idTagInfo":{{info}}}""" : null;
        var (wire, charger) = await Relayed(system);
        await using var _1 = wire;

        Assert.Equal(status, await wire.Presents("STRANGER"));

        Assert.Equal("STRANGER", system.Of("Authorize").Single().Text("idTag"));
        var recorded = Assert.Single(await Api.Requests(charger));
        Assert.Equal(("decided", status), (recorded.Text("state"), recorded.Text("status")));
    }

    [Fact]
    public async Task A_start_uses_the_word_that_stands()
    {
        await using var system = await UpstreamSystem.Start();
        system.Answer = (action, _) => action == "Authorize" ? """{"idTagInfo":{"status":"Accepted"}}""" : null;
        var (wire, _) = await Relayed(system);
        await using var _1 = wire;
        await wire.Presents("STRANGER");

        Assert.Equal("Accepted", (await wire.Starts("STRANGER")).Status);

        Assert.Single(system.Of("Authorize"));
    }

    [Theory]
    [InlineData("""[4,"ID","InternalError","busy",{}]""", "accept", "Accepted", "busy")]
    [InlineData("""{"idTagInfo":{"status":"Perhaps"}}""", "reject", "Blocked", "no status")]
    [InlineData("""{}""", "tags", "Invalid", "idTagInfo")]
    public async Task A_system_that_says_nothing_of_use_is_replaced_by_the_fallback(string answer, string fallback, string status, string reason)
    {
        await using var system = await UpstreamSystem.Start();
        system.Answer = (action, _) => action == "Authorize" ? answer : null;
        var (wire, charger) = await Relayed(system, fallback);
        await using var _1 = wire;

        Assert.Equal(status, await wire.Presents("STRANGER"));

        var recorded = Assert.Single(await Api.Requests(charger));
        Assert.Equal("defaulted", recorded.Text("state"));
        Assert.Contains(reason, recorded.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_system_that_is_away_is_not_waited_for_and_one_that_is_silent_no_longer_than_its_deadline()
    {
        await using var system = await UpstreamSystem.Start();
        system.Silent = action => action == "Authorize";
        var (wire, charger) = await Relayed(system, "accept");
        await using var _1 = wire;
        var clock = Stopwatch.StartNew();
        Assert.Equal("Accepted", await wire.Presents("STRANGER"));
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(20));

        await system.Stop();
        await Api.AwaitState(charger, "waiting");
        clock.Restart();
        Assert.Equal("Accepted", await wire.Presents("STRANGER"));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(4), $"{clock.Elapsed}");
        Assert.Contains("not connected", (await Api.Requests(charger))[0].Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_comes_before_the_system_and_the_system_before_the_endpoint_of_the_site()
    {
        await using var endpoint = await DecidingServer.Saying("""{"status":"Blocked"}""");
        await using var system = await UpstreamSystem.Start();
        system.Answer = (action, _) => action == "Authorize" ? """{"idTagInfo":{"status":"Accepted"}}""" : null;
        var site = await host.NewSite();
        (await Api.Put($"/api/v1/sites/{site}/external-authorization", new { url = endpoint.Url })).Expect(HttpStatusCode.Created);
        var (wire, charger) = await Relayed(system, site: site);
        await using var _1 = wire;
        Assert.Equal("Accepted", await wire.Presents("STRANGER"));
        Assert.Equal("external", (await Api.Get($"/api/v1/chargers/{charger}/authorization")).Body.Text("mode"));

        (await Api.Put($"/api/v1/chargers/{charger}/authorization", new { mode = "tags", until = TimeProvider.System.GetUtcNow().AddHours(1) })).Expect(HttpStatusCode.Created);
        Assert.Equal("Invalid", await wire.Presents("STRANGER"));

        Assert.Single(system.Of("Authorize"));
        Assert.Empty(endpoint.Asked);
    }

    [Fact]
    public async Task One_link_of_a_charger_decides_and_only_an_authority()
    {
        var charger = host.Name("CP");
        (await Api.Put($"/api/v1/chargers/{charger}", new { })).Expect(HttpStatusCode.Created);
        object decides = new { url = "wss://a.example", role = "authority", authorizes = true };
        (await Api.Put(ProxyLinks.PathOf(charger, "one"), decides)).Expect(HttpStatusCode.Created);

        Assert.Equal("authorizes", (await Api.Put(ProxyLinks.PathOf(charger, "two"), decides)).Expect(HttpStatusCode.Conflict).Body.Text("code"));
        (await Api.Put(ProxyLinks.PathOf(charger, "one"), decides)).Expect(HttpStatusCode.OK);
        (await Api.Put(ProxyLinks.PathOf(charger, "two"), new { url = "wss://a.example", authorizes = true })).Expect(HttpStatusCode.UnprocessableEntity);
        (await Api.Put(ProxyLinks.PathOf(charger, "two"), new { url = "wss://a.example", fallback = "perhaps" })).Expect(HttpStatusCode.UnprocessableEntity);
    }

    private async Task<(WireCharger Wire, string Name)> Relayed(UpstreamSystem system, string fallback = "tags", string? site = null)
    {
        var (wire, charger) = await host.NewCharger(site);
        await Api.Relay(charger, "", body: new { url = system.Url, role = "authority", authorizes = true, fallback });
        await Api.AwaitState(charger, "open");
        return (wire, charger);
    }
}
