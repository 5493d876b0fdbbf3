using System.Net;
using System.Text.Json;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Allocation;

/// <summary>A site shares its limit among vehicles, and tells how; operators and signals limit it for a while.</summary>
public sealed class AllocationApiTests(GatewayHost host)
{
    private static readonly object Quick = new
    {
        enabled = true, tickSeconds = 1, increaseIntervalSeconds = 0, minOnSeconds = 0, minOffSeconds = 0, settleSeconds = 1, deadBand = 0.5, hysteresis = 0,
    };

    [Fact]
    public async Task A_site_shares_and_tells_why()
    {
        var (site, names) = await Site(40, chargers: 2);
        await using var one = await SharingCharger.Connect(host.Address, names[0]);
        await using var other = await SharingCharger.Connect(host.Address, names[1]);
        await Eventually.Holds(() => one.Default == 6 && other.Default == 6);
        await one.Start();
        await other.Start();
        await Eventually.Holds(() => one.OfTransaction == 19.8 && other.OfTransaction == 19.8);

        var allocation = await Allocation(site);
        Assert.Equal(40, allocation.GetProperty("limit").GetDouble());
        Assert.Equal("static", allocation.GetProperty("limitFrom").GetString());
        var row = allocation.GetProperty("rows")[0];
        Assert.Equal((site, "L1", 39.6), (row.GetProperty("node").GetString(), row.GetProperty("part").GetString(), row.GetProperty("free").GetDouble()));
        var connector = allocation.GetProperty("connectors")[0];
        Assert.Equal(names[0], connector.GetProperty("charger").GetString());
        Assert.Equal("charging", connector.GetProperty("state").GetString());
        Assert.Equal(19.8, connector.GetProperty("limit").GetDouble());
        Assert.Equal($"{site} has no more on L1.", connector.GetProperty("reason").GetString());
        var why = connector.GetProperty("why");
        Assert.Equal(("row", site, "L1"), (why.GetProperty("code").GetString(), why.GetProperty("node").GetString(), why.GetProperty("part").GetString()));
    }

    [Fact]
    public async Task An_operator_limits_a_site_for_a_while_and_the_events_tell_of_it()
    {
        var (site, names) = await Site(60, chargers: 1);
        await using var charger = await SharingCharger.Connect(host.Address, names[0]);
        await charger.Start();
        await Eventually.Holds(() => charger.OfTransaction == 32);

        (await host.Administrator.Put($"/api/v1/sites/{site}/limit", new { value = 10, until = Soon })).Expect(HttpStatusCode.NoContent);
        await Eventually.Holds(() => charger.OfTransaction == 9.9);
        Assert.Equal("operator", (await Allocation(site)).GetProperty("limitFrom").GetString());
        (await host.Administrator.Delete($"/api/v1/sites/{site}/limit")).Expect(HttpStatusCode.NoContent);
        await Eventually.Holds(() => charger.OfTransaction == 32);

        var events = (await host.Administrator.Get("/api/v1/events?limit=50")).Expect(HttpStatusCode.OK).Body.GetProperty("items");
        Assert.Contains(events.EnumerateArray(), each =>
            each.GetProperty("kind").GetString() == "site-limited" && each.GetProperty("detail").GetString()!.Contains($"site {site} to 10 A", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_signal_from_outside_holds_until_it_has_run_out_and_then_its_fallback()
    {
        var (site, names) = await Site(60, chargers: 1);
        await using var charger = await SharingCharger.Connect(host.Address, names[0]);
        await charger.Start();
        await Eventually.Holds(() => charger.OfTransaction == 32);

        (await host.Administrator.Put(
            $"/api/v1/sites/{site}/limit/external",
            new { value = 20, until = TimeProvider.System.GetUtcNow().AddSeconds(4), fallback = 8 })).Expect(HttpStatusCode.NoContent);
        await Eventually.Holds(() => charger.OfTransaction == 19.8);
        await Eventually.Holds(() => charger.OfTransaction == 7.9);
        Assert.Equal("fallback", (await Allocation(site)).GetProperty("limitFrom").GetString());
        (await host.Administrator.Delete($"/api/v1/sites/{site}/limit/external")).Expect(HttpStatusCode.NoContent);
        await Eventually.Holds(() => charger.OfTransaction == 32);
    }

    [Fact]
    public async Task What_others_take_at_the_grid_connection_is_left_to_them()
    {
        var (site, names) = await Site(60, chargers: 1, tree: _ => new { baseLoad = new { worstCase = 50 } });
        await using var charger = await SharingCharger.Connect(host.Address, names[0]);
        await charger.Start();
        await Eventually.Holds(() => charger.OfTransaction == 9.4); // Nobody has said what they take.

        (await host.Administrator.Put($"/api/v1/sites/{site}/base-load", new { currents = new[] { 10, 20, 5.5 } })).Expect(HttpStatusCode.NoContent);
        await Eventually.Holds(() => charger.OfTransaction == 32);
        (await host.Administrator.Put($"/api/v1/sites/{site}/base-load", new { currents = new[] { 10, 40, 5.5 } })).Expect(HttpStatusCode.NoContent);
        await Eventually.Holds(() => charger.OfTransaction == 19.4);

        Assert.Equal(
            [("L1", 10.0, 49.4), ("L2", 40.0, 19.4), ("L3", 5.5, 53.9)],
            (await Allocation(site)).GetProperty("rows").EnumerateArray().Where(row => row.GetProperty("node").GetString() == site).Select(row =>
                (row.GetProperty("part").GetString()!, row.GetProperty("baseLoad").GetDouble(), row.GetProperty("free").GetDouble())));
    }

    [Fact]
    public async Task A_load_that_makes_no_sense_is_refused()
    {
        var (site, _) = await Site(60, chargers: 0, tree: _ => new { baseLoad = new { worstCase = 50 } });
        foreach (var (load, field) in ((object, string)[])
            [(new { power = 5 }, "currents"), (new { currents = new[] { 1, 2 } }, "currents"), (new { currents = new[] { 1, 2, 1e12 } }, "currents")])
        {
            Assert.Equal([field], (await host.Administrator.Put($"/api/v1/sites/{site}/base-load", load)).Expect(HttpStatusCode.UnprocessableEntity).Fields);
        }

        var (other, _) = await Site(60, chargers: 0);
        var currents = new { currents = new[] { 1, 2, 3 } };
        await Eventually.Holds(
            async () => (await host.Administrator.Put($"/api/v1/sites/{other}/base-load", currents)).Expect(HttpStatusCode.Conflict).Body.GetProperty("code").GetString() == "no-base-load",
            "a site without baseLoad says so");
        Assert.Equal(["tree.baseLoad.worstCase"], (await host.Administrator.Put(
            $"/api/v1/sites/{host.Name("s")}", new { limit = 60, tree = new { baseLoad = new { worstCase = -1 } } })).Expect(HttpStatusCode.UnprocessableEntity).Fields);
    }

    [Fact]
    public async Task What_chargers_took_and_the_site_drew_can_be_read_later()
    {
        var (site, names) = await Site(20, chargers: 1);
        await using var charger = await SharingCharger.Connect(host.Address, names[0]);
        await Eventually.Holds(() => charger.Default == 6);
        await charger.Start();
        await Eventually.Holds(() => charger.OfTransaction == 19.8);

        JsonElement[] limits = [];
        await Eventually.Holds(
            async () => (limits = [.. (await Items($"/api/v1/sites/{site}/allocation/limits?charger={names[0]}&connector=1"))]).Length == 2, "both limits are stored");
        Assert.Equal(
            [(19.8, "row", true), (6, "idle", false)],
            limits.Select(limit => (
                limit.GetProperty("limit").GetDouble(), limit.GetProperty("reason").GetString()!, limit.GetProperty("transaction").ValueKind == JsonValueKind.Number)));
        JsonElement[] loads = [];
        await Eventually.Holds(async () => (loads = [.. await Items($"/api/v1/sites/{site}/allocation/load?limit=5")]).Length > 0, "the load is stored");
        Assert.Equal(("L1", 19.8), (loads[^1].GetProperty("part").GetString(), loads[^1].GetProperty("free").GetDouble()));

        (await host.Administrator.Get($"/api/v1/sites/{site}/allocation/load?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z")).Expect(HttpStatusCode.BadRequest);
        (await host.Administrator.Get("/api/v1/sites/nowhere/allocation/limits")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_panel_limits_the_chargers_that_hang_on_it()
    {
        var (site, names) = await Site(100, chargers: 2, tree: panel => new { nodes = new[] { new { name = "Panel", maxCurrent = 20, chargers = new[] { panel[1] } } } });
        await using var free = await SharingCharger.Connect(host.Address, names[0]);
        await using var below = await SharingCharger.Connect(host.Address, names[1]);
        await free.Start();
        await below.Start();
        await Eventually.Holds(() => free.OfTransaction == 32 && below.OfTransaction == 19.8);

        var connectors = (await Allocation(site)).GetProperty("connectors");
        Assert.StartsWith("Panel has no more", connectors[1].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_limit_would_do_is_told_without_doing_it()
    {
        var (site, names) = await Site(60, chargers: 1);
        await using var charger = await SharingCharger.Connect(host.Address, names[0]);
        await charger.Start();
        await Eventually.Holds(() => charger.OfTransaction == 32);

        var would = (await host.Administrator.Get($"/api/v1/sites/{site}/allocation/dry-run?limit=12")).Expect(HttpStatusCode.OK).Body[0];

        Assert.Equal(11.9, would.GetProperty("allotted").GetDouble(), 0.1);
        Assert.Equal(32, charger.OfTransaction);
    }

    [Fact]
    public async Task Profiles_of_others_are_refused_where_a_site_gives_limits()
    {
        var (_, names) = await Site(60, chargers: 1);
        await using var charger = await SharingCharger.Connect(host.Address, names[0]);
        await Eventually.Holds(() => charger.Default == 6);

        Assert.Equal("managed", (await host.Administrator.Post($"/api/v1/chargers/{names[0]}/calls/ClearChargingProfile", new { }))
            .Expect(HttpStatusCode.Conflict).Body.GetProperty("code").GetString());
        var profile = new
        {
            connector = 1,
            profile = new { purpose = "TxDefaultProfile", kind = "Relative", stackLevel = 1, schedule = new { unit = "A", periods = new[] { new { start = 0, limit = 10 } } } },
        };
        Assert.Equal("managed", (await host.Administrator.Put($"/api/v1/chargers/{names[0]}/profiles/1000", profile))
            .Expect(HttpStatusCode.Conflict).Body.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_site_that_gives_no_limits_has_no_allocation()
    {
        var site = host.Name("s");
        (await host.Administrator.Put($"/api/v1/sites/{site}", new { limit = 60 })).Expect(HttpStatusCode.Created);

        foreach (var path in (string[])["allocation", "allocation/dry-run?limit=10"])
        {
            Assert.Equal("not-limited", (await host.Administrator.Get($"/api/v1/sites/{site}/{path}"))
                .Expect(HttpStatusCode.Conflict).Body.GetProperty("code").GetString());
        }
        (await host.Administrator.Put($"/api/v1/sites/{site}/limit", new { value = 10, until = Soon })).Expect(HttpStatusCode.Conflict);
        (await host.Administrator.Get("/api/v1/sites/nowhere/allocation")).Expect(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("limit", """{"until":"2999-01-01T00:00:00Z"}""", "until", "value")]
    [InlineData("limit", """{"value":-1,"until":"2020-01-01T00:00:00Z"}""", "until", "value")]
    [InlineData("limit/external", """{"value":5,"until":"2020-01-01T00:00:00Z","fallback":-2}""", "fallback", "until")]
    public async Task A_limit_that_makes_no_sense_is_refused_naming_the_members(string path, string body, params string[] fields)
    {
        var (site, _) = await Site(60, chargers: 0);

        var refused = await host.Administrator.SendText(HttpMethod.Put, $"/api/v1/sites/{site}/{path}", body);

        Assert.Equal(fields, refused.Expect(HttpStatusCode.UnprocessableEntity).Fields.Order());
    }

    private static DateTimeOffset Soon => TimeProvider.System.GetUtcNow().AddHours(1);

    private async Task<IEnumerable<JsonElement>> Items(string path) =>
        (await host.Administrator.Get(path)).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray();

    private async Task<JsonElement> Allocation(string site) =>
        (await host.Administrator.Get($"/api/v1/sites/{site}/allocation")).Expect(HttpStatusCode.OK).Body;

    private async Task<(string Site, string[] Chargers)> Site(double limit, int chargers, Func<string[], object>? tree = null)
    {
        var site = host.Name("s");
        string[] names = [.. Enumerable.Range(0, chargers).Select(number => host.Name($"c{number}")).Order(StringComparer.Ordinal)];
        (await host.Administrator.Put($"/api/v1/sites/{site}", new { limit, smartCharging = Quick, tree = tree?.Invoke(names) })).Expect(HttpStatusCode.Created);
        foreach (var name in names)
        {
            (await host.Administrator.Put($"/api/v1/chargers/{name}", new { site, connectors = 1 })).Expect(HttpStatusCode.Created);
        }
        return (site, names);
    }
}
