using System.Net;
using System.Text.Json;
using EvCharge.Gateway.Security;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Alarms;

/// <summary>Alarms of what touches security, from the charger that reports it to the person who acknowledges it.</summary>
public sealed class AlarmsApiTests(GatewayHost host)
{
    private const string Tamper = "charger.security.tamper";
    private const string Messages = "charger.security.messages";

    [Fact]
    public async Task A_security_event_of_a_charger_raises_an_alarm_that_somebody_acknowledges()
    {
        var charger = await Charger();
        await Report(charger, "TamperDetectionActivated", "TamperDetectionActivated");

        var alarm = await Only(charger);
        Assert.Equal(
            (Tamper, 24, charger, "open", 2),
            (Text(alarm, "definition"), alarm.GetProperty("level").GetInt32(), Text(alarm, "charger"), Text(alarm, "state"), alarm.GetProperty("count").GetInt32()));
        Assert.StartsWith("TamperDetectionActivated: the lid", Text(alarm, "detail"), StringComparison.Ordinal);
        var id = alarm.GetProperty("id").GetInt64();

        Assert.Equal((1, 0, 0, 0), await Acknowledge(host.Administrator, new { ids = new[] { id }, comment = "Somebody went there." }));
        Assert.Equal((0, 0, 0, 1), await Acknowledge(host.Administrator, new { ids = new[] { id } }));
        var done = await Only(charger);
        Assert.Equal(("acknowledged", FirstAdministrator.Username, "Somebody went there."), (Text(done, "state"), Text(done, "acknowledgedBy"), Text(done, "comment")));

        await Report(charger, "TamperDetectionActivated");
        Assert.Equal(["open", "acknowledged"], (await List(host.Administrator, charger)).Select(one => Text(one, "state")));
        Assert.Contains("acknowledgeAlarms", (await host.Administrator.Get("/api/v1/audit?limit=50")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_login_raises_one_of_the_charger_and_strangers_raise_one_of_the_tenant()
    {
        var charger = host.Name("CP");
        (await host.Administrator.Put($"/api/v1/chargers/{charger}", new { password = "a-password-of-16-chars", securityProfile = 1 })).Expect(HttpStatusCode.Created);
        await Assert.ThrowsAnyAsync<Exception>(() => WireCharger.Connect(host.Address, charger, "a-wrong-one"));
        await Eventually.Holds(async () => (await List(host.Administrator, charger)).Count == 1);
        Assert.Equal("charger.login-refused", Text(await Only(charger), "definition"));

        var strangers = new[] { host.Name("STRANGER"), host.Name("STRANGER") };
        foreach (var stranger in strangers)
        {
            await Assert.ThrowsAnyAsync<Exception>(() => WireCharger.Connect(host.Address, stranger));
        }

        await Eventually.Holds(async () => (await host.Administrator.Get("/api/v1/events?limit=100")).Text.Contains(strangers[1], StringComparison.Ordinal));
        var open = (await host.Administrator.Get("/api/v1/alarms?definition=tenant.charger-unknown&state=open")).Expect(HttpStatusCode.OK).Body.GetProperty("items");
        var one = Assert.Single(open.EnumerateArray().ToList());
        Assert.Equal(JsonValueKind.Null, one.GetProperty("charger").ValueKind);
        Assert.True(one.GetProperty("count").GetInt32() >= 2);
    }

    [Fact]
    public async Task A_user_sees_and_acknowledges_the_levels_of_the_maps()
    {
        var charger = await Charger();
        await Report(charger, "TamperDetectionActivated", "InvalidMessages", "MemoryExhaustion");
        var user = await User("operator", new { display = Levels(0, 20), acknowledge = new[] { 12 }, mask = new[] { 12 }, maintenance = Array.Empty<int>() });

        Assert.Equal([16, 12], (await List(user, charger)).Select(one => one.GetProperty("level").GetInt32()).Order().Reverse());
        Assert.DoesNotContain(24, (await user.Get("/api/v1/alarms/counts")).Body.EnumerateArray().Select(one => one.GetProperty("level").GetInt32()));
        var newest = (await List(host.Administrator, charger)).Max(one => one.GetProperty("id").GetInt64());
        Assert.Equal((1, 1, 0, 0), await Acknowledge(user, new { charger, asOf = newest }));

        var me = (await user.Get("/api/v1/me")).Body.GetProperty("alarmLevels");
        Assert.Equal([12], me.GetProperty("acknowledge").EnumerateArray().Select(level => level.GetInt32()));
        Assert.Equal((2, 0, 0, 0), await Acknowledge(host.Administrator, new { charger, asOf = newest }));
    }

    [Fact]
    public async Task What_was_raised_after_it_was_seen_stays_open()
    {
        var charger = await Charger();
        await Report(charger, "InvalidMessages");
        var seen = (await Only(charger)).GetProperty("id").GetInt64();
        await Report(charger, "MemoryExhaustion");

        Assert.Equal((1, 0, 1, 0), await Acknowledge(host.Administrator, new { charger, asOf = seen }));
        Assert.Equal("charger.security.memory", Text(Assert.Single(await List(host.Administrator, charger), one => Text(one, "state") == "open"), "definition"));
    }

    [Fact]
    public async Task An_inhibited_alarm_and_a_charger_in_maintenance_keep_quiet_until_they_are_released()
    {
        var charger = await Charger();
        var operators = await host.WithRole(Roles.Operator);
        var until = TimeProvider.System.GetUtcNow().AddHours(2);
        var inhibited = (await operators.Post("/api/v1/alarm-suppressions", new { kind = "inhibited", definition = Messages, charger, until, reason = "known" })).Expect(HttpStatusCode.Created);
        await Report(charger, "InvalidMessages");
        Assert.Empty(await List(operators, charger));
        Assert.Single((await operators.Get($"/api/v1/events?charger={charger}")).Body.GetProperty("items").EnumerateArray(), one => Text(one, "kind") == "security-event");
        Assert.Contains(charger, (await operators.Get("/api/v1/alarm-suppressions")).Expect(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        var id = inhibited.Body.GetProperty("id").GetInt64();
        (await operators.Delete($"/api/v1/alarm-suppressions/{id}")).Expect(HttpStatusCode.NoContent);
        (await operators.Delete($"/api/v1/alarm-suppressions/{id}")).Expect(HttpStatusCode.NotFound);
        await Report(charger, "InvalidMessages");
        Assert.Single(await List(operators, charger));

        Assert.Equal("alarm-level", (await operators.Post("/api/v1/alarm-suppressions", new { kind = "inhibited", definition = Tamper, charger, until, reason = "loud" })).Expect(HttpStatusCode.Forbidden).Code);
        Assert.Equal("alarm-level", (await operators.Post("/api/v1/alarm-suppressions", new { kind = "maintenance", charger, until, reason = "mine" })).Expect(HttpStatusCode.Forbidden).Code);
        var maintenance = (await host.Administrator.Post("/api/v1/alarm-suppressions", new { kind = "maintenance", charger, until, reason = "new cable" })).Expect(HttpStatusCode.Created);
        Assert.Equal(30, maintenance.Body.GetProperty("levels").GetArrayLength());
        await Report(charger, "TamperDetectionActivated");
        Assert.Single(await List(operators, charger));
        (await operators.Delete($"/api/v1/alarm-suppressions/{maintenance.Body.GetProperty("id").GetInt64()}")).Expect(HttpStatusCode.Forbidden);
    }

    [Trait("attack", "foreign-site")]
    [Fact]
    public async Task Alarms_are_those_of_the_callers_sites_and_tenant()
    {
        var (site, charger, elsewhere) = (host.Name("s"), host.Name("CP"), await Charger());
        (await host.Administrator.Put($"/api/v1/sites/{site}", new { })).Expect(HttpStatusCode.Created);
        (await host.Administrator.Put($"/api/v1/chargers/{charger}", new { site })).Expect(HttpStatusCode.Created);
        await Report(charger, "InvalidMessages");
        await Report(elsewhere, "InvalidMessages");
        var (local, foreigner) = (await host.WithSites(Roles.Administrator, site), await host.WithRole(Roles.Administrator, GatewayHost.ForeignTenant));
        var until = TimeProvider.System.GetUtcNow().AddHours(1);

        Assert.Equal([charger], (await local.Get("/api/v1/alarms")).Body.GetProperty("items").EnumerateArray().Select(one => Text(one, "charger")));
        var theirs = (await Only(elsewhere)).GetProperty("id").GetInt64();
        foreach (var stranger in (ApiClient[])[local, foreigner])
        {
            Assert.Empty(await List(stranger, elsewhere));
            Assert.Equal((0, 0, 0, 0), await Acknowledge(stranger, new { ids = new[] { theirs } }));
        }

        (await local.Post("/api/v1/alarm-suppressions", new { kind = "inhibited", definition = Messages, charger = elsewhere, until, reason = "x" })).ExpectField(HttpStatusCode.UnprocessableEntity, "charger");
        (await host.Administrator.Post("/api/v1/alarm-suppressions", new { kind = "maintenance", charger = host.Name("NOWHERE"), until, reason = "x" })).ExpectField(HttpStatusCode.UnprocessableEntity, "charger");
        (await local.Post("/api/v1/alarm-suppressions", new { kind = "inhibited", definition = Messages, until, reason = "x" })).ExpectField(HttpStatusCode.UnprocessableEntity, "charger");
        Assert.Equal("open", Text(await Only(elsewhere), "state"));
    }

    [Theory]
    [InlineData("""{}""", "asOf")]
    [InlineData("""{"ids":[]}""", "ids")]
    [InlineData("""{"asOf":1,"comment":""}""", "comment")]
    [InlineData("""{"asOf":1,"charger":"a\u0000b"}""", "charger")]
    public async Task An_acknowledgement_that_says_nothing_is_refused(string body, string field) =>
        (await host.Administrator.SendText(HttpMethod.Post, "/api/v1/alarms/ack", body)).ExpectField(HttpStatusCode.UnprocessableEntity, field);

    [Theory]
    [InlineData("""{"kind":"quiet","until":"@1","reason":"x"}""", "kind")]
    [InlineData("""{"kind":"inhibited","definition":"none","until":"@1","reason":"x"}""", "definition")]
    [InlineData("""{"kind":"inhibited","definition":"charger.security.tamper","until":"@25","reason":"x"}""", "until")]
    [InlineData("""{"kind":"inhibited","definition":"charger.security.tamper","until":"@-1","reason":"x"}""", "until")]
    [InlineData("""{"kind":"inhibited","definition":"tenant.charger-unknown","charger":"x","until":"@1","reason":"x"}""", "charger")]
    [InlineData("""{"kind":"inhibited","definition":"charger.security.tamper","until":"@1"}""", "reason")]
    [InlineData("""{"kind":"maintenance","until":"@1","reason":"x"}""", "charger")]
    [InlineData("""{"kind":"maintenance","charger":"x","definition":"charger.security.tamper","until":"@1","reason":"x"}""", "definition")]
    [InlineData("""{"kind":"maintenance","charger":"x","until":"@721","reason":"x"}""", "until")]
    public async Task A_suppression_of_nothing_or_for_too_long_is_refused(string body, string field)
    {
        var hours = System.Text.RegularExpressions.Regex.Match(body, "@(-?[0-9]+)").Groups[1].Value;
        var until = TimeProvider.System.GetUtcNow().AddHours(int.Parse(hours, null)).AddSeconds(30).ToString("yyyy-MM-ddTHH:mm:ssZ", null);
        (await host.Administrator.SendText(HttpMethod.Post, "/api/v1/alarm-suppressions", body.Replace($"@{hours}", until, StringComparison.Ordinal)))
            .ExpectField(HttpStatusCode.UnprocessableEntity, field);
    }

    [Theory]
    [InlineData("state=quiet", "state")]
    [InlineData("from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "to")]
    public async Task A_search_that_can_find_nothing_is_refused(string search, string field) =>
        (await host.Administrator.Get($"/api/v1/alarms?{search}")).ExpectField(HttpStatusCode.BadRequest, field);

    [Fact]
    public async Task Levels_of_users_are_checked_and_nobody_gives_more_than_they_have()
    {
        var name = host.Name("u");
        foreach (var wrong in (int[][])[[30], [-1], [3, 3]])
        {
            (await host.Administrator.Put($"/api/v1/users/{name}", new { role = "guest", password = "a-long-password", alarmLevels = new { display = wrong } }))
                .ExpectField(HttpStatusCode.UnprocessableEntity, "alarmLevels");
        }

        var clerk = await User("administrator", new { display = Levels(0, 29), acknowledge = Levels(0, 9), mask = Array.Empty<int>(), maintenance = Array.Empty<int>() });
        (await clerk.Put($"/api/v1/users/{name}", new { role = "guest", password = "a-long-password", alarmLevels = new { display = Levels(0, 29), acknowledge = new[] { 10 } } }))
            .Expect(HttpStatusCode.Forbidden);
        (await clerk.Put($"/api/v1/users/{name}", new { role = "guest", password = "a-long-password", alarmLevels = new { display = Levels(0, 29), acknowledge = new[] { 9 } } }))
            .Expect(HttpStatusCode.Created);
    }

    private static int[] Levels(int from, int to) => [.. Enumerable.Range(from, to - from + 1)];

    private static string? Text(JsonElement of, string member) => of.GetProperty(member).GetString();

    private static async Task<(int, int, int, int)> Acknowledge(ApiClient who, object what)
    {
        var done = (await who.Post("/api/v1/alarms/ack", what)).Expect(HttpStatusCode.OK).Body;
        int Of(string member) => done.GetProperty(member).GetInt32();
        return (Of("acknowledged"), Of("skippedByRight"), Of("skippedNewer"), Of("alreadyAcknowledged"));
    }

    private static async Task<List<JsonElement>> List(ApiClient who, string charger) =>
        [.. (await who.Get($"/api/v1/alarms?charger={charger}")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()];

    private async Task<JsonElement> Only(string charger) => Assert.Single(await List(host.Administrator, charger));

    private async Task<string> Charger()
    {
        var charger = host.Name("CP");
        (await host.Administrator.Put($"/api/v1/chargers/{charger}", new { })).Expect(HttpStatusCode.Created);
        return charger;
    }

    /// <summary>The charger reports security events, until they are on record: that comes after the answer.</summary>
    private async Task Report(string charger, params string[] types)
    {
        var before = await Reported(charger);
        await using var connection = await WireCharger.Connect(host.Address, charger);
        foreach (var type in types)
        {
            await connection.Call("SecurityEventNotification", $$"""{"type":"{{type}}","timestamp":"2026-01-01T00:00:00Z","techInfo":"the lid, {{before}}"}"""); // no repetition of one before
        }

        await Eventually.Holds(async () => await Reported(charger) == before + types.Length);
    }

    private async Task<int> Reported(string charger) => (await host.Administrator.Get($"/api/v1/events?charger={charger}")).Body.GetProperty("items")
        .EnumerateArray().Count(one => Text(one, "kind") == "security-event");

    private async Task<ApiClient> User(string role, object alarmLevels)
    {
        var name = host.Name("u");
        (await host.Administrator.Put($"/api/v1/users/{name}", new { role, password = "a-long-password", alarmLevels })).Expect(HttpStatusCode.Created);
        return await host.SignIn(name, "a-long-password");
    }
}
