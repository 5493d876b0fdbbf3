using System.Net;
using System.Text.Json;
using EvCharge.GatewayTests.Api;

namespace EvCharge.GatewayTests.Documents;

/// <summary>The configuration as one document, out and in.</summary>
public sealed class DocumentApiTests(GatewayHost host)
{
    private const string Whole = "/api/v1/configuration";

    [Fact]
    public async Task What_is_shown_is_put_again_without_a_change_and_shows_no_secret()
    {
        var there = await Tenant();
        (await there.Put("/api/v1/sites/north", new
        {
            name = "North", timeZone = "Europe/Paris", limit = 64, smartCharging = new { enabled = true, deadBand = 1.5 },
            tree = new { nodes = new[] { new { name = "feeder", maxCurrent = 32, chargers = new[] { "N1" } } } },
        })).Expect(HttpStatusCode.Created);
        (await there.Put("/api/v1/chargers/N1", new
        {
            site = "north", password = "correct-horse-battery", maxCurrent = 32, sharing = "Shared", operatingMode = new { stackLevel = 2 },
            connectors = new object[] { new { connector = 1, phases = 1, rotation = "RST" }, new { connector = 2, priority = 9 } },
        })).Expect(HttpStatusCode.Created);
        (await there.Put("/api/v1/profile-templates/night", new
        {
            profile = new { purpose = "TxDefaultProfile", schedule = new { unit = "A", start = "2026-01-01T22:00:00Z", periods = new[] { new { start = 0, limit = 16 } } } },
        })).Expect(HttpStatusCode.Created);

        var shown = (await there.Get(Whole)).Expect(HttpStatusCode.OK);
        var put = (await there.SendText(HttpMethod.Put, Whole, shown.Text, "application/json")).Expect(HttpStatusCode.OK);

        Assert.DoesNotContain("assword", shown.Text, StringComparison.Ordinal);
        Assert.Equal("N1", shown.Body.GetProperty("chargers")[0].GetProperty("charger").GetString());
        Assert.Equal(9, shown.Body.GetProperty("chargers")[0].GetProperty("connectors")[1].GetProperty("priority").GetInt32());
        Assert.Empty(put.Body.GetProperty("changes").EnumerateArray());
        Assert.True((await there.Get("/api/v1/chargers/N1")).Body.GetProperty("hasPassword").GetBoolean());
    }

    [Fact]
    public async Task A_dry_run_answers_each_member_that_changes_and_writes_nothing_until_it_is_meant()
    {
        var there = await Tenant();
        await there.Put("/api/v1/sites/north", new { limit = 64, smartCharging = new { deadBand = 1 } });
        await there.Put("/api/v1/sites/gone", new { });
        await there.Put("/api/v1/chargers/A", new { site = "gone", connectors = new[] { new { connector = 1, maxCurrent = 16 } } });
        await there.Put("/api/v1/chargers/B", new { site = "gone" });
        var wanted = new
        {
            sites = new[] { new { site = "north", limit = 32, smartCharging = new { deadBand = 2 } } },
            chargers = new object[]
            {
                new { charger = "A", site = "north", connectors = new object[] { new { connector = 1, maxCurrent = 20 }, new { connector = 2 } } },
                new { charger = "C", site = "north", password = "correct-horse-battery" },
            },
        };

        var dry = (await there.Put(Whole + "?dryRun=true", wanted)).Expect(HttpStatusCode.OK).Body;

        Assert.False(dry.GetProperty("applied").GetBoolean());
        Assert.Equal(
            [
                "sites north update limit 64>32",
                "sites north update smartCharging.deadBand 1>2",
                "sites gone delete",
                "chargers A update site \"gone\">\"north\"",
                "chargers A update connectors[0].maxCurrent 16>20",
                "chargers A update connectors[1].connector >2",
                "chargers C create charger >\"C\"",
                "chargers C create site >\"north\"",
                "chargers C create connectors[0].connector >1",
                "chargers C create securityProfile >1",
                "chargers C create password >",
                "chargers B delete",
            ],
            Lines(dry));
        (await there.Get("/api/v1/chargers/C")).Expect(HttpStatusCode.NotFound);
        (await there.Get("/api/v1/chargers/B")).Expect(HttpStatusCode.OK);

        var done = (await there.Put(Whole, wanted)).Expect(HttpStatusCode.OK).Body;

        Assert.True(done.GetProperty("applied").GetBoolean());
        Assert.Equal(Lines(dry), Lines(done));
        Assert.Equal("north", (await there.Get("/api/v1/chargers/A")).Body.GetProperty("site").GetString());
        Assert.Equal(32, (await there.Get("/api/v1/sites/north")).Body.GetProperty("limit").GetDouble());
        (await there.Get("/api/v1/chargers/B")).Expect(HttpStatusCode.NotFound);
        (await there.Get("/api/v1/sites/gone")).Expect(HttpStatusCode.NotFound);
        var targets = (await there.Get("/api/v1/audit")).Body.GetProperty("items").EnumerateArray()
            .Select(entry => entry.GetProperty("target").GetString()).Take(5).ToHashSet();
        Assert.Equal(["chargers/A", "chargers/B", "chargers/C", "sites/gone", "sites/north"], targets.Order());
    }

    [Fact]
    public async Task Over_the_quota_nothing_of_it_is_applied()
    {
        var name = await host.AddTenant(host.Name("tenant"));
        (await host.Administrator.Put($"/api/v1/tenants/{name}", new { quotas = new { chargers = 2 } })).Expect(HttpStatusCode.OK);
        var there = host.Administrator.With("X-Tenant", name);
        await there.Put("/api/v1/chargers/old", new { });
        var entries = await Entries(there);

        var refused = await there.Put(Whole, new
        {
            sites = new[] { new { site = "north" } },
            chargers = new[] { new { charger = "old" }, new { charger = "A" }, new { charger = "B" } },
        });

        refused.Expect(HttpStatusCode.Conflict);
        Assert.Equal("quota", refused.Code);
        (await there.Get("/api/v1/sites/north")).Expect(HttpStatusCode.NotFound);
        (await there.Get("/api/v1/chargers/A")).Expect(HttpStatusCode.NotFound);
        Assert.DoesNotContain("sites/north", await Entries(there));
        Assert.DoesNotContain("chargers/A", await Entries(there));
        Assert.Contains("chargers/old", entries);

        // What goes makes room for what comes.
        (await there.Put(Whole, new { chargers = new[] { new { charger = "A" }, new { charger = "B" } } })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Libraries_go_with_the_document_from_one_tenant_to_another()
    {
        var (there, elsewhere) = (await Tenant(), await Tenant());
        await PutLibraries(there);
        (await there.Put("/api/v1/chargers/N1", new { site = "north", operatingMode = "slow" })).Expect(HttpStatusCode.Created);
        (await there.Put("/api/v1/chargers/S1", new { site = "south", operatingMode = "kept" })).Expect(HttpStatusCode.Created);

        var shown = (await there.Get(Whole)).Expect(HttpStatusCode.OK);
        var changes = (await elsewhere.SendText(HttpMethod.Put, Whole, shown.Text, "application/json")).Expect(HttpStatusCode.OK).Body.GetProperty("changes");

        Assert.Equal(shown.Text, (await elsewhere.Get(Whole)).Text);
        Assert.Equal(
            ["/kept create", "/slow create", "north/slow create"],
            changes.EnumerateArray().Where(change => change.GetProperty("kind").GetString() == "operatingModes")
                .Select(change => $"{change.GetProperty("site").GetString()}/{change.GetProperty("id").GetString()} {change.GetProperty("change").GetString()}"));
        Assert.Equal("north", (await elsewhere.Get("/api/v1/sites/north/profile-templates/night")).Expect(HttpStatusCode.OK).Body.GetProperty("site").GetString());
        Assert.Empty((await elsewhere.SendText(HttpMethod.Put, Whole, shown.Text, "application/json")).Body.GetProperty("changes").EnumerateArray());
    }

    [Fact]
    public async Task A_mode_that_chargers_name_is_not_left_out_and_a_site_goes_with_its_own()
    {
        var there = await Tenant();
        await PutLibraries(there);
        (await there.Put("/api/v1/chargers/N1", new { site = "north", operatingMode = "slow" })).Expect(HttpStatusCode.Created);
        (await there.Put("/api/v1/chargers/S1", new { site = "south", operatingMode = "kept" })).Expect(HttpStatusCode.Created);
        object slow = new { mode = "slow", smartCharging = new { stackLevel = 1 } }, kept = new { mode = "kept", smartCharging = new { stackLevel = 2 } };

        Assert.Equal(["operatingModes"], (await there.Put(Whole, new { operatingModes = new[] { slow } })).Expect(HttpStatusCode.UnprocessableEntity).Fields);
        (await there.Put(Whole, new { operatingModes = new[] { slow, kept } })).Expect(HttpStatusCode.OK);
        Assert.Equal(
            ["operatingModes[0].site", "operatingModes[1].smartCharging"],
            (await there.Put(Whole, new { operatingModes = new[] { new { mode = "slow", site = "nowhere", smartCharging = new { stackLevel = 1 } }, (object)new { mode = "bare" }, kept, slow } }))
                .Expect(HttpStatusCode.UnprocessableEntity).Fields.Order(StringComparer.Ordinal));

        (await there.Put("/api/v1/sites/north/operating-modes/slow", slow)).Expect(HttpStatusCode.Created);
        (await there.Put(Whole, new
        {
            sites = new[] { new { site = "south" } },
            chargers = new object[] { new { charger = "S1", site = "south", operatingMode = "only" } },
            operatingModes = new object[] { new { mode = "only", site = "south", smartCharging = new { unit = "W" } } },
        })).Expect(HttpStatusCode.OK);
        Assert.Equal("only", (await there.Get("/api/v1/chargers/S1")).Body.GetProperty("operatingMode").GetString());
        Assert.Empty((await there.Get("/api/v1/operating-modes")).Body.GetProperty("items").EnumerateArray());
        (await there.Get("/api/v1/sites/north")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_document_of_a_site_has_the_libraries_of_that_site_alone()
    {
        var there = await Tenant();
        await PutLibraries(there);
        const string north = "/api/v1/sites/north/configuration";
        var shown = (await there.Get(north)).Expect(HttpStatusCode.OK).Body;
        Assert.Equal("slow", Assert.Single(shown.GetProperty("operatingModes").EnumerateArray()).GetProperty("mode").GetString());

        (await there.Put(north, new
        {
            chargers = new[] { new { charger = "N1", operatingMode = "kept" } },
            operatingModes = new[] { new { mode = "fast", smartCharging = new { stackLevel = 9 } } },
            profileTemplates = Array.Empty<object>(),
        })).Expect(HttpStatusCode.OK);

        Assert.Equal(["fast", "kept", "slow"], (await there.Get("/api/v1/sites/north/operating-modes")).Body.GetProperty("items").EnumerateArray().Select(mode => mode.GetProperty("mode").GetString()));
        (await there.Get("/api/v1/sites/north/operating-modes/slow")).Expect(HttpStatusCode.NotFound);
        (await there.Get("/api/v1/sites/north/profile-templates/night")).Expect(HttpStatusCode.NotFound);
        (await there.Get("/api/v1/profile-templates/night")).Expect(HttpStatusCode.OK);
    }

    /// <summary>Two sites, two modes and a template of the tenant, and one of each that north has in their place.</summary>
    private static async Task PutLibraries(ApiClient there)
    {
        static object Profile(int limit) => new
        {
            profile = new { purpose = "TxDefaultProfile", schedule = new { unit = "A", start = "2026-01-01T22:00:00Z", periods = new[] { new { start = 0, limit } } } },
        };
        await there.Put("/api/v1/sites/north", new { });
        await there.Put("/api/v1/sites/south", new { });
        (await there.Put("/api/v1/operating-modes/kept", new { smartCharging = new { stackLevel = 2 } })).Expect(HttpStatusCode.Created);
        (await there.Put("/api/v1/operating-modes/slow", new { smartCharging = new { settleSeconds = 60 } })).Expect(HttpStatusCode.Created);
        (await there.Put("/api/v1/sites/north/operating-modes/slow", new { smartCharging = new { settleSeconds = 90 } })).Expect(HttpStatusCode.Created);
        (await there.Put("/api/v1/profile-templates/night", Profile(16))).Expect(HttpStatusCode.Created);
        (await there.Put("/api/v1/sites/north/profile-templates/night", Profile(6))).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Every_member_at_fault_is_named_by_its_place()
    {
        var there = await Tenant();
        await there.Put("/api/v1/sites/used", new { });
        await there.Put("/api/v1/chargers/A", new { site = "used" });

        var refused = (await there.Put(Whole, new
        {
            sites = new object?[] { new { site = "used" }, new { site = "no site", limit = 10 }, new { name = "nameless" }, new { site = "low", limit = -1 } },
            chargers = new object?[]
            {
                new { charger = "A", maxCurrent = 2000 }, new { charger = "A" }, new { charger = "B", site = "nowhere" }, null,
                new { charger = "C", connectors = new[] { new { connector = 1, phases = 4 } } },
            },
            profileTemplates = new[] { new { template = "t" } },
        })).Expect(HttpStatusCode.UnprocessableEntity);
        var leftOut = (await there.Put(Whole, new { sites = Array.Empty<object>() })).Expect(HttpStatusCode.UnprocessableEntity);
        var many = (await there.Put(Whole + "?dryRun=true", new { chargers = Enumerable.Range(0, 501).Select(number => new { charger = $"N{number}" }) }))
            .Expect(HttpStatusCode.UnprocessableEntity);

        Assert.Equal(
            [
                "chargers[0].maxCurrent", "chargers[1]", "chargers[2].site", "chargers[3]", "chargers[4].connectors[0].phases",
                "profileTemplates[0].profile", "sites[1].site", "sites[2]", "sites[3].limit",
            ],
            refused.Fields.Order(StringComparer.Ordinal));
        Assert.Equal(["sites"], leftOut.Fields);
        Assert.Equal([""], many.Fields);
    }

    [Fact]
    public async Task A_document_that_others_have_changed_meanwhile_is_refused()
    {
        var there = await Tenant();
        await there.Put("/api/v1/sites/north", new { });
        var seen = (await there.Get(Whole)).Expect(HttpStatusCode.OK).ETag;
        await there.Put("/api/v1/chargers/A", new { site = "north" });
        var now = (await there.Get(Whole)).ETag;
        var wanted = new { sites = new[] { new { site = "north", name = "N" } } };

        var stale = await there.With("If-Match", seen!).Put(Whole, wanted);
        var fresh = await there.With("If-Match", now!).Put(Whole, wanted);

        stale.Expect(HttpStatusCode.PreconditionFailed);
        Assert.NotEqual(seen, now);
        Assert.Equal((await there.Get(Whole)).ETag, fresh.Expect(HttpStatusCode.OK).ETag);
    }

    [Fact]
    public async Task A_document_of_a_site_reaches_its_own_chargers_alone()
    {
        var there = await Tenant();
        await there.Put("/api/v1/sites/north", new { });
        await there.Put("/api/v1/sites/south", new { });
        await there.Put("/api/v1/chargers/N1", new { site = "north" });
        await there.Put("/api/v1/chargers/N2", new { site = "north" });
        await there.Put("/api/v1/chargers/S1", new { site = "south" });
        const string north = "/api/v1/sites/north/configuration";

        var shown = (await there.Get(north)).Expect(HttpStatusCode.OK).Body;
        var refused = (await there.Put(north, new
        {
            sites = new[] { new { site = "south" } },
            chargers = new object[] { new { charger = "S1" }, new { charger = "N1", site = "south" } },
            profileTemplates = new[] { new { template = "t", site = "south" } },
        })).Expect(HttpStatusCode.UnprocessableEntity);
        var many = (await there.Put(north, new { chargers = Enumerable.Range(0, 501).Select(number => new { charger = $"M{number}" }) }))
            .Expect(HttpStatusCode.UnprocessableEntity);
        (await there.Put(north, new { chargers = new object[] { new { charger = "N1", maxCurrent = 16 }, new { charger = "N3" } } })).Expect(HttpStatusCode.OK);

        Assert.Equal(["N1", "N2"], shown.GetProperty("chargers").EnumerateArray().Select(charger => charger.GetProperty("charger").GetString()));
        Assert.Equal(["chargers[0].charger", "chargers[1].site", "profileTemplates[0].site", "sites"], refused.Fields.Order(StringComparer.Ordinal));
        Assert.Equal([""], many.Fields);
        Assert.Equal("north", (await there.Get("/api/v1/chargers/N3")).Body.GetProperty("site").GetString());
        (await there.Get("/api/v1/chargers/N2")).Expect(HttpStatusCode.NotFound);
        (await there.Get("/api/v1/chargers/S1")).Expect(HttpStatusCode.OK);
        (await there.Get("/api/v1/sites/nowhere/configuration")).Expect(HttpStatusCode.NotFound);
    }

    private async Task<ApiClient> Tenant() => host.Administrator.With("X-Tenant", await host.AddTenant(host.Name("tenant")));

    private static async Task<IReadOnlyList<string?>> Entries(ApiClient client) =>
        [.. (await client.Get("/api/v1/audit")).Body.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("target").GetString())];

    private static IEnumerable<string> Lines(JsonElement difference) =>
        from change in difference.GetProperty("changes").EnumerateArray()
        let head = $"{change.GetProperty("kind").GetString()} {change.GetProperty("id").GetString()} {change.GetProperty("change").GetString()}"
        from line in change.GetProperty("members").EnumerateArray()
            .Select(member => $" {member.GetProperty("member").GetString()} {Text(member, "from")}>{Text(member, "to")}")
            .DefaultIfEmpty("")
        select head + line;

    private static string Text(JsonElement member, string side) =>
        member.GetProperty(side) is { ValueKind: not JsonValueKind.Null } value ? value.GetRawText() : "";
}
