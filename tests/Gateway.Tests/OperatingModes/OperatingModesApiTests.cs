using System.Net;
using System.Text.Json;
using EvCharge.Gateway.Security;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.OperatingModes;

/// <summary>How chargers take limits, kept once: by the tenant, and by a site in its place. Each test has a tenant of its own.</summary>
public sealed class OperatingModesApiTests(GatewayHost host)
{
    private const string Library = "/api/v1/operating-modes";
    private const string Own = "/api/v1/sites/north/operating-modes";
    private static readonly object Watts = new { name = "Whole kilowatts", smartCharging = new { unit = "W", step = 1000, zeroAllowed = false } };

    [Fact]
    public async Task A_charger_takes_limits_by_the_mode_it_names_that_of_its_site_before_that_of_the_tenant()
    {
        var there = await Tenant();
        (await there.Put($"{Library}/kilowatts", Watts)).Expect(HttpStatusCode.Created);
        (await there.Put("/api/v1/sites/north", new { })).Expect(HttpStatusCode.Created);
        (await there.Put("/api/v1/sites/south", new { })).Expect(HttpStatusCode.Created);
        await there.Put($"{Own}/kilowatts", new { smartCharging = new { unit = "W", step = 100 } });
        (await there.Put("/api/v1/chargers/N", new { site = "north", operatingMode = "kilowatts" })).Expect(HttpStatusCode.Created);
        (await there.Put("/api/v1/chargers/S", new { site = "south", operatingMode = "kilowatts" })).Expect(HttpStatusCode.Created);
        (await there.Put("/api/v1/chargers/O", new { operatingMode = "kilowatts" })).Expect(HttpStatusCode.Created);

        Assert.Equal("100", await Told(there, "N", "smartCharging.step"));
        Assert.Null(await Told(there, "N", "smartCharging.zeroAllowed"));
        Assert.Equal("1000", await Told(there, "S", "smartCharging.step"));
        Assert.Equal("false", await Told(there, "O", "smartCharging.zeroAllowed"));

        (await there.Delete($"{Own}/kilowatts")).Expect(HttpStatusCode.NoContent);
        (await there.Put("/api/v1/chargers/N", new { site = "north", operatingMode = "kilowatts" })).Expect(HttpStatusCode.OK);
        await Eventually.Holds(async () => await Told(there, "N", "smartCharging.step") == "1000");
    }

    [Fact]
    public async Task A_site_shows_the_modes_that_hold_there_and_keeps_none_when_it_is_deleted()
    {
        var there = await Tenant();
        (await there.Put("/api/v1/sites/north", new { })).Expect(HttpStatusCode.Created);
        (await there.Put($"{Library}/b", Watts)).Expect(HttpStatusCode.Created);
        (await there.Put($"{Library}/a", Watts)).Expect(HttpStatusCode.Created);
        (await there.Put($"{Own}/b", new { name = "North", smartCharging = new { stackLevel = 3 } })).Expect(HttpStatusCode.Created);
        (await there.Put($"{Own}/c", Watts)).Expect(HttpStatusCode.Created);

        Assert.Equal(["a ", "b "], await Modes(there, Library));
        Assert.Equal(["a ", "b north", "c north"], await Modes(there, Own));
        Assert.Equal("North", (await there.Get($"{Own}/b")).Body.GetProperty("name").GetString());
        (await there.Get($"{Own}/a")).Expect(HttpStatusCode.NotFound);

        (await there.Delete("/api/v1/sites/north")).Expect(HttpStatusCode.NoContent);
        (await there.Get(Own)).Expect(HttpStatusCode.NotFound);
        (await there.Put("/api/v1/sites/north", new { })).Expect(HttpStatusCode.Created);
        Assert.Equal(["a ", "b "], await Modes(there, Own));
    }

    [Fact]
    public async Task A_mode_stays_while_a_charger_would_be_left_without()
    {
        var there = await Tenant();
        (await there.Put("/api/v1/sites/north", new { })).Expect(HttpStatusCode.Created);
        (await there.Put($"{Own}/own", Watts)).Expect(HttpStatusCode.Created);
        (await there.Put("/api/v1/chargers/N", new { site = "north", operatingMode = "own" })).Expect(HttpStatusCode.Created);

        Assert.Equal("in-use", (await there.Delete($"{Own}/own")).Expect(HttpStatusCode.Conflict).Code);
        (await there.Put($"{Library}/own", Watts)).Expect(HttpStatusCode.Created);
        (await there.Delete($"{Library}/own")).Expect(HttpStatusCode.NoContent); // the site has it for itself
        (await there.Put($"{Library}/own", Watts)).Expect(HttpStatusCode.Created);
        (await there.Delete($"{Own}/own")).Expect(HttpStatusCode.NoContent);
        (await there.Delete($"{Library}/own")).Expect(HttpStatusCode.Conflict);

        (await there.Put("/api/v1/chargers/N", new { site = "north" })).Expect(HttpStatusCode.OK);
        (await there.Delete($"{Library}/own")).Expect(HttpStatusCode.NoContent);
        (await there.Delete($"{Library}/own")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_names_no_mode_of_its_own_place_is_refused()
    {
        var there = await Tenant();
        (await there.Put("/api/v1/sites/north", new { })).Expect(HttpStatusCode.Created);
        (await there.Put($"{Own}/own", Watts)).Expect(HttpStatusCode.Created);

        (await there.Put("/api/v1/chargers/N", new { operatingMode = "own" })).ExpectField(HttpStatusCode.UnprocessableEntity, "operatingMode");
        (await there.Put("/api/v1/chargers/N", new { site = "north", operatingMode = "other" })).ExpectField(HttpStatusCode.UnprocessableEntity, "operatingMode");
        (await there.Put("/api/v1/configuration", new { chargers = new[] { new { charger = "N", operatingMode = "own" } } }))
            .ExpectField(HttpStatusCode.UnprocessableEntity, "chargers[0].operatingMode");
        (await there.Put("/api/v1/sites/north/configuration", new { chargers = new[] { new { charger = "N", operatingMode = "own" } } })).Expect(HttpStatusCode.OK);
        (await there.Put("/api/v1/chargers/M", new { operatingMode = "TxDefaultProfile" })).Expect(HttpStatusCode.Created);

        (await host.Administrator.Get($"{Library}/own")).Expect(HttpStatusCode.NotFound);
        (await host.Administrator.Put($"{Own}/own", Watts)).Expect(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("m", """{}""", "smartCharging")]
    [InlineData("m", """{"smartCharging":{}}""", "smartCharging")]
    [InlineData("m", """{"smartCharging":{"unit":"kW"}}""", "smartCharging.unit")]
    [InlineData("m", """{"smartCharging":{"step":0}}""", "smartCharging.step")]
    [InlineData("m", """{"mode":"n","smartCharging":{"unit":"W"}}""", "mode")]
    [InlineData("TxProfile", """{"smartCharging":{"unit":"W"}}""", "mode")]
    [InlineData("m", """{"name":"","smartCharging":{"unit":"W"}}""", "name")]
    public async Task What_makes_no_sense_is_refused_by_its_place(string mode, string body, string field) =>
        (await host.Administrator.SendText(HttpMethod.Put, $"{Library}/{mode}", body)).ExpectField(HttpStatusCode.UnprocessableEntity, field);

    [Fact]
    public async Task An_id_is_a_plain_word_and_a_version_is_kept()
    {
        var there = await Tenant();
        (await there.Put($"{Library}/{Uri.EscapeDataString("a\"b")}", Watts)).ExpectField(HttpStatusCode.BadRequest, "mode");
        (await there.Put($"{Library}/m", Watts)).Expect(HttpStatusCode.Created);
        (await there.With("If-Match", "\"1\"").Put($"{Library}/m", Watts)).Expect(HttpStatusCode.PreconditionFailed);
        (await there.With("If-Match", "\"1\"").Delete($"{Library}/m")).Expect(HttpStatusCode.PreconditionFailed);
    }

    private async Task<ApiClient> Tenant()
    {
        var tenant = host.Name("modes");
        (await host.Administrator.Put($"/api/v1/tenants/{tenant}", new { })).Expect(HttpStatusCode.Created);
        return await host.WithRole(Roles.Administrator, tenant);
    }

    private static async Task<string[]> Modes(ApiClient api, string path) => [.. (await api.Get(path)).Expect(HttpStatusCode.OK).Body
        .GetProperty("items").EnumerateArray().Select(mode => $"{mode.GetProperty("mode")} {mode.GetProperty("site")}")];

    /// <summary>What the charger's grain says of a member that its settings decide; null when they do not.</summary>
    private static async Task<string?> Told(ApiClient api, string charger, string member) =>
        (await api.Get($"/api/v1/chargers/{charger}/capabilities")).Expect(HttpStatusCode.OK).Body.GetProperty("treatment").EnumerateArray()
        .Where(fact => fact.GetProperty("member").GetString() == member && fact.GetProperty("origin").GetString() == "setting")
        .Select(fact => fact.GetProperty("value").GetRawText())
        .SingleOrDefault();
}
