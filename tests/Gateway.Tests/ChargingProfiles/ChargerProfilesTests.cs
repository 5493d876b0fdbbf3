using System.Net;
using System.Text.Json;
using EvCharge.Gateway.Security;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.ChargingProfiles;

/// <summary>A charger holds the profiles that operators want, after a boot too. Each test has a tenant of its own.</summary>
public sealed class ChargerProfilesTests(GatewayHost host)
{
    private const string Accepted = """{"status":"Accepted"}""";

    private static readonly object Night = new
    {
        purpose = "TxDefaultProfile", kind = "Recurring", recurrency = "Daily", stackLevel = 1,
        schedule = new { unit = "A", start = "2026-01-05T22:00:00Z", periods = new object[] { new { start = 0, limit = 16, phases = 3 }, new { start = 28_800, limit = 6.5 } } },
        validTo = "2099-01-01T00:00:00Z",
    };

    [Fact]
    public async Task A_template_becomes_a_profile_that_is_sent_at_once_and_again_after_a_boot()
    {
        var fleet = await Fleet.Create(host);
        (await fleet.Client.Put("/api/v1/profile-templates/night", new { name = "Nights", profile = Night })).Expect(HttpStatusCode.Created);
        await using (var charger = await fleet.Connect())
        {
            var put = (await fleet.Put(1_000, new { connector = 1, template = "night" })).Expect(HttpStatusCode.Accepted).Body;
            Assert.Equal((true, "night"), (put.GetProperty("differs").GetBoolean(), put.GetProperty("template").GetString()));

            Assert.Equal(
                """{"connectorId":1,"csChargingProfiles":{"chargingProfileId":1000,"stackLevel":1,"chargingProfilePurpose":"TxDefaultProfile","chargingProfileKind":"Recurring","chargingSchedule":{"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":16,"numberPhases":3},{"startPeriod":28800,"limit":6.5}],"startSchedule":"2026-01-05T22:00:00.000Z"},"recurrencyKind":"Daily","validTo":"2099-01-01T00:00:00.000Z"}}""",
                (await Tell(charger, "SetChargingProfile", Accepted)).GetRawText());
            await fleet.Profile(1_000, profile => !profile.GetProperty("differs").GetBoolean()
                && profile.GetProperty("outcome").GetString() == "Accepted"
                && JsonElement.DeepEquals(profile.GetProperty("desired"), profile.GetProperty("held")));
        }

        // It comes back without a boot: what it took it still holds.
        await using (var back = await fleet.Connect(boot: false))
        {
            await fleet.NextIsOwnCall(back);
        }

        await using var booted = await fleet.Connect();
        Assert.Equal(1_000, Id(await Tell(booted, "SetChargingProfile", Accepted)));
        await fleet.Profile(1_000, profile => !profile.GetProperty("differs").GetBoolean());
    }

    [Theory]
    [InlineData("""[3,"{0}",{{"status":"Rejected"}}]""", "Rejected")]
    [InlineData("""[3,"{0}",{{"status":"NotSupported"}}]""", "NotSupported")]
    [InlineData("""[4,"{0}","NotImplemented","",{{}}]""", "NotSupported")]
    [InlineData("""[4,"{0}","InternalError","",{{}}]""", "Failed")]
    public async Task One_that_is_refused_shows_as_a_difference_and_is_sent_again_after_a_boot(string answer, string outcome)
    {
        var fleet = await Fleet.Create(host);
        await using (var charger = await fleet.Connect())
        {
            (await fleet.Put(1_000, new { connector = 0, profile = Night })).Expect(HttpStatusCode.Accepted);
            var (id, action, _) = await charger.NextCall();
            Assert.Equal("SetChargingProfile", action);
            await charger.Send(string.Format(null, answer, id));
            await fleet.Profile(1_000, profile => profile.GetProperty("differs").GetBoolean() && profile.GetProperty("outcome").GetString() == outcome);
        }

        await using (var back = await fleet.Connect(boot: false))
        {
            await fleet.NextIsOwnCall(back);
        }

        await using var booted = await fleet.Connect();
        await Tell(booted, "SetChargingProfile", Accepted);
        await fleet.Profile(1_000, profile => !profile.GetProperty("differs").GetBoolean());
    }

    [Fact]
    public async Task One_that_was_replaced_by_hand_is_put_back_when_the_charger_comes_back()
    {
        var fleet = await Fleet.Create(host);
        await using (var charger = await fleet.Connect())
        {
            (await fleet.Put(1_000, new { connector = 1, profile = Night })).Expect(HttpStatusCode.Accepted);
            var sent = await Tell(charger, "SetChargingProfile", Accepted);
            await fleet.Profile(1_000, profile => !profile.GetProperty("differs").GetBoolean());

            var byHand = JsonSerializer.Deserialize<JsonElement>(sent.GetRawText().Replace("\"limit\":16", "\"limit\":32", StringComparison.Ordinal).Replace("1000", "77", StringComparison.Ordinal));
            var sending = fleet.Client.Post($"/api/v1/chargers/{fleet.Charger}/calls/SetChargingProfile", byHand);
            await Tell(charger, "SetChargingProfile", Accepted);
            (await sending).Expect(HttpStatusCode.OK);
            await fleet.Profile(1_000, profile => profile.GetProperty("differs").GetBoolean() && profile.GetProperty("held").ValueKind == JsonValueKind.Null);
            await fleet.Profile(77, profile => profile.GetProperty("desired").ValueKind == JsonValueKind.Null && !profile.GetProperty("differs").GetBoolean());
        }

        await using var back = await fleet.Connect(boot: false);
        Assert.Equal(1_000, Id(await Tell(back, "SetChargingProfile", Accepted)));
        await fleet.Profile(1_000, profile => !profile.GetProperty("differs").GetBoolean());
        Assert.Equal(1_000, Assert.Single(await fleet.Ids()));
    }

    [Theory]
    [InlineData("""[3,"{0}",{{"status":"Accepted"}}]""")]
    [InlineData("""[3,"{0}",{{"status":"Unknown"}}]""")]
    [InlineData("""[4,"{0}","NotImplemented","",{{}}]""")]
    public async Task One_taken_back_while_the_charger_is_away_is_removed_when_it_comes(string answer)
    {
        var fleet = await Fleet.Create(host);
        await using (var charger = await fleet.Connect())
        {
            (await fleet.Put(1_000, new { connector = 1, profile = Night })).Expect(HttpStatusCode.Accepted);
            await Tell(charger, "SetChargingProfile", Accepted);
            await fleet.Profile(1_000, profile => !profile.GetProperty("differs").GetBoolean());
        }

        await fleet.Offline();
        (await fleet.Client.Delete($"/api/v1/chargers/{fleet.Charger}/profiles/1000")).Expect(HttpStatusCode.NoContent);
        await fleet.Profile(1_000, profile => profile.GetProperty("removing").GetBoolean() && profile.GetProperty("differs").GetBoolean());

        await using var back = await fleet.Connect(boot: false);
        var (id, action, payload) = await back.NextCall();
        Assert.Equal(("ClearChargingProfile", """{"id":1000}"""), (action, payload.GetRawText()));
        await back.Send(string.Format(null, answer, id));
        await Eventually.Holds(async () => (await fleet.Ids()).Length == 0, "the profile is gone");
    }

    [Fact]
    public async Task What_no_charger_could_hold_is_refused_by_name()
    {
        var fleet = await Fleet.Create(host);
        (await fleet.Client.Put($"/api/v1/chargers/{fleet.Charger}", new { connectors = 2 })).Expect(HttpStatusCode.Created);
        object Limit(string purpose, params object?[] periods) => new { purpose, kind = "Relative", schedule = new { unit = "A", periods } };
        var good = Limit("TxDefaultProfile", new { start = 0, limit = 10 });

        (await fleet.Put(999, new { connector = 1, profile = good })).ExpectField(HttpStatusCode.UnprocessableEntity, "profile");
        (await fleet.Put(1_000, new { connector = 3, profile = good })).ExpectField(HttpStatusCode.UnprocessableEntity, "connector");
        (await fleet.Put(1_000, new { connector = 1 })).ExpectField(HttpStatusCode.UnprocessableEntity, "profile");
        (await fleet.Put(1_000, new { connector = 1, template = "x", profile = good })).ExpectField(HttpStatusCode.UnprocessableEntity, "profile");
        (await fleet.Put(1_000, new { connector = 1, template = "none" })).ExpectField(HttpStatusCode.UnprocessableEntity, "template");
        (await fleet.Put(1_000, new { connector = 1, profile = new { purpose = "TxDefaultProfile" } })).ExpectField(HttpStatusCode.UnprocessableEntity, "profile.schedule");
        (await fleet.Put(1_000, new { connector = 1, profile = Limit("TxProfile", new { start = 0, limit = 10 }) })).ExpectField(HttpStatusCode.UnprocessableEntity, "profile.purpose");
        (await fleet.Put(1_000, new { connector = 1, profile = Limit("TxDefaultProfile", [null]) })).ExpectField(HttpStatusCode.UnprocessableEntity, "profile.schedule.periods");
        (await fleet.Put(1_000, new { connector = 1, profile = Limit("TxDefaultProfile", new { start = 0, limit = 6.25 }) })).ExpectField(HttpStatusCode.UnprocessableEntity, "profile.schedule.periods");
        var whole = new
        {
            purpose = "ChargePointMaxProfile", schedule = new { unit = "W", start = "2026-01-01T00:00:00Z", periods = new[] { new { start = 0, limit = 22_000 } } },
        };
        (await fleet.Put(1_000, new { connector = 1, profile = whole })).ExpectField(HttpStatusCode.UnprocessableEntity, "connector");
        (await fleet.Put(1_000, new { connector = 1, profile = good })).Expect(HttpStatusCode.Accepted);
        (await fleet.Put(1_001, new { connector = 1, profile = good })).Expect(HttpStatusCode.Conflict);
        (await fleet.Client.Put("/api/v1/profile-templates/t", new { })).ExpectField(HttpStatusCode.UnprocessableEntity, "profile");
        (await fleet.Client.Delete($"/api/v1/chargers/{fleet.Charger}/profiles/4711")).Expect(HttpStatusCode.NotFound);
        (await fleet.Client.Get("/api/v1/chargers/none/profiles")).Expect(HttpStatusCode.NotFound);

        var daily = await host.WithRole("operator", fleet.Tenant);
        (await daily.Put($"/api/v1/chargers/{fleet.Charger}/profiles/1002", new { connector = 2, profile = good })).Expect(HttpStatusCode.Accepted);
        (await daily.Put($"/api/v1/chargers/{fleet.Charger}/profiles/1003", new { profile = whole })).Expect(HttpStatusCode.Forbidden);
        (await daily.Put("/api/v1/profile-templates/t", new { profile = good })).Expect(HttpStatusCode.Forbidden);
        (await fleet.Put(1_003, new { profile = whole })).Expect(HttpStatusCode.Accepted);
        (await daily.Delete($"/api/v1/chargers/{fleet.Charger}/profiles/1003")).Expect(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Templates_have_versions_and_belong_to_their_tenant()
    {
        var fleet = await Fleet.Create(host);
        var template = (await fleet.Client.Put("/api/v1/profile-templates/night", new { profile = Night })).Expect(HttpStatusCode.Created).Body;
        Assert.Equal("night", template.GetProperty("name").GetString());
        Assert.Equal(template.GetRawText(), (await fleet.Client.Get("/api/v1/profile-templates/night")).Expect(HttpStatusCode.OK).Body.GetRawText());
        (await fleet.Client.Put("/api/v1/profile-templates/night", new { name = "Nights", profile = Night })).Expect(HttpStatusCode.OK);
        var items = (await fleet.Client.Get("/api/v1/profile-templates")).Expect(HttpStatusCode.OK).Body.GetProperty("items");
        Assert.Equal(["Nights"], items.EnumerateArray().Select(item => item.GetProperty("name").GetString()));

        (await host.Administrator.Get("/api/v1/profile-templates/night")).Expect(HttpStatusCode.NotFound);
        (await host.Administrator.Get($"/api/v1/chargers/{fleet.Charger}/profiles")).Expect(HttpStatusCode.NotFound);
        (await fleet.Client.Delete("/api/v1/profile-templates/night")).Expect(HttpStatusCode.NoContent);
        (await fleet.Client.Get("/api/v1/profile-templates/night")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_site_keeps_a_template_in_place_of_its_tenant_s_and_its_chargers_get_that()
    {
        var fleet = await Fleet.Create(host);
        (await fleet.Client.Put("/api/v1/sites/north", new { })).Expect(HttpStatusCode.Created);
        (await fleet.Client.Put($"/api/v1/chargers/{fleet.Charger}", new { site = "north", connectors = 2 })).Expect(HttpStatusCode.Created);
        foreach (var template in (string[])["a", "night", "z"])
        {
            (await fleet.Client.Put($"/api/v1/profile-templates/{template}", new { profile = Night })).Expect(HttpStatusCode.Created);
        }

        const string own = "/api/v1/sites/north/profile-templates/night";
        (await fleet.Client.Get(own)).Expect(HttpStatusCode.NotFound);
        (await fleet.Client.Put("/api/v1/sites/nowhere/profile-templates/night", new { profile = Night })).Expect(HttpStatusCode.NotFound);
        (await fleet.Client.Put(own, new { site = "south", profile = Night })).ExpectField(HttpStatusCode.UnprocessableEntity, "site");
        (await fleet.Client.Put(own, new { profile = new { purpose = "TxDefaultProfile", stackLevel = 7, schedule = new { unit = "A", start = "2026-01-05T22:00:00Z", periods = new[] { new { start = 0, limit = 6 } } } } })).Expect(HttpStatusCode.Created);

        var holding = (await fleet.Client.Get("/api/v1/sites/north/profile-templates?limit=2")).Expect(HttpStatusCode.OK).Body;
        Assert.Equal(["a/", "night/north"], Shown(holding));
        var rest = (await fleet.Client.Get($"/api/v1/sites/north/profile-templates?limit=2&cursor={holding.GetProperty("next").GetString()}")).Body;
        Assert.Equal(["z/"], Shown(rest));
        var put = (await fleet.Put(1_000, new { connector = 1, template = "night" })).Expect(HttpStatusCode.Accepted).Body;
        Assert.Equal(7, put.GetProperty("desired").GetProperty("stackLevel").GetInt32());

        (await fleet.Client.Delete(own)).Expect(HttpStatusCode.NoContent);
        Assert.Equal(1, (await fleet.Put(1_001, new { connector = 2, template = "night" })).Expect(HttpStatusCode.Accepted).Body.GetProperty("desired").GetProperty("stackLevel").GetInt32());

        static IEnumerable<string> Shown(JsonElement page) => page.GetProperty("items").EnumerateArray()
            .Select(item => $"{item.GetProperty("template").GetString()}/{item.GetProperty("site").GetString()}");
    }

    private static int Id(JsonElement sent) => sent.GetProperty("csChargingProfiles").GetProperty("chargingProfileId").GetInt32();

    /// <summary>Answers the next call, which must be of that action; its payload.</summary>
    private static async Task<JsonElement> Tell(WireCharger charger, string action, string result)
    {
        var (id, called, payload) = await charger.NextCall();
        Assert.Equal(action, called);
        await charger.Answer(id, result);
        return payload;
    }

    /// <summary>A tenant with one charger of two connectors.</summary>
    private sealed class Fleet(GatewayHost host, string tenant, ApiClient client)
    {
        private bool _configured;

        public string Tenant => tenant;

        public string Charger { get; } = "CP";

        public ApiClient Client => client;

        public static async Task<Fleet> Create(GatewayHost host)
        {
            var tenant = await host.AddTenant(host.Name("profiles"));
            return new Fleet(host, tenant, host.Administrator.With(PermissionHandler.TenantHeader, tenant));
        }

        public async Task<WireCharger> Connect(bool boot = true)
        {
            if (!_configured)
            {
                (await client.Put($"/api/v1/chargers/{Charger}", new { connectors = 2 })).Expect(HttpStatusCode.Created);
                _configured = true;
            }

            var charger = await WireCharger.Open(host.Address, $"/ocpp/{tenant}/{Charger}", null, "ocpp1.6");
            // Whoever speaks is given commands sooner.
            await charger.Call(boot ? "BootNotification" : "Heartbeat", boot ? WireCharger.Boot : "{}");
            return charger;
        }

        public Task<ApiAnswer> Put(int profile, object body) => client.Put($"/api/v1/chargers/{Charger}/profiles/{profile}", body);

        public Task Profile(int id, Func<JsonElement, bool> holds) => Eventually.Holds(
            async () => (await Profiles()).Any(profile => profile.GetProperty("profile").GetInt32() == id && holds(profile)),
            $"profile {id} is as told");

        public async Task<int[]> Ids() => [.. (await Profiles()).Select(profile => profile.GetProperty("profile").GetInt32())];

        public Task Offline() => Eventually.Holds(
            async () => !(await client.Get($"/api/v1/chargers/{Charger}")).Expect(HttpStatusCode.OK).Body.GetProperty("online").GetBoolean(),
            "the charger is offline");

        /// <summary>Finds that the system asks the charger for nothing before, and nothing after, a call of the operator.</summary>
        public async Task NextIsOwnCall(WireCharger charger)
        {
            var before = await Commands();
            for (var i = 0; i < 3; i++)
            {
                var calling = client.Post($"/api/v1/chargers/{Charger}/calls/ClearCache", new { });
                await Tell(charger, "ClearCache", Accepted);
                (await calling).Expect(HttpStatusCode.OK);
            }

            Assert.False(charger.HasCall);
            Assert.Equal(before + 3, await Commands());
        }

        private async Task<int> Commands() =>
            (await client.Get($"/api/v1/commands?charger={Charger}")).Expect(HttpStatusCode.OK).Body.GetProperty("items").GetArrayLength();

        private async Task<IEnumerable<JsonElement>> Profiles() =>
            (await client.Get($"/api/v1/chargers/{Charger}/profiles")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray();
    }
}
