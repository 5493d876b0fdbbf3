using System.Net;
using System.Text.Json;
using EvCharge.Gateway.Security;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.LocalLists;

/// <summary>A charger's local list follows the tags of its tenant. Each test has a tenant of its own: tags are the tenant's.</summary>
public sealed class LocalListTests(GatewayHost host)
{
    private const string Keys =
        """{"configurationKey":[{"key":"LocalAuthListMaxLength","readonly":true,"value":"10"},{"key":"SendLocalListMaxLength","readonly":true,"value":"2"},{"key":"LocalAuthListEnabled","readonly":false,"value":"true"}]}""";
    private const string Accepted = """{"status":"Accepted"}""";

    [Fact]
    public async Task A_fresh_charger_gets_the_whole_list_in_parts_and_then_what_changes()
    {
        var fleet = await Fleet.Create(host);
        await fleet.Tag("A", new { status = "Accepted", parent = "GROUP", expiry = "2099-01-01T00:00:00Z" });
        await fleet.Tag("B", new { status = "Blocked" });
        await fleet.Tag("C", new { status = "Invalid" });
        await fleet.Tag("D", new { status = "Accepted" });
        await using var charger = await fleet.Connect(new { localList = "tags" });

        await Tell(charger, "GetLocalListVersion", """{"listVersion":0}""");
        await Tell(charger, "GetConfiguration", Keys);
        var whole = await Tell(charger, "SendLocalList", Accepted);
        var rest = await Tell(charger, "SendLocalList", Accepted);

        Assert.Equal("""1 Full A:Accepted:2099-01-01T00:00:00.000Z:GROUP B:Blocked""", Short(whole));
        Assert.Equal("2 Differential D:Accepted", Short(rest));
        await fleet.InStep(2, "A", "B", "D");

        await fleet.Tag("D", new { status = "Blocked" });
        Assert.Equal("3 Differential D:Blocked", Short(await Tell(charger, "SendLocalList", Accepted)));
        (await fleet.Client.Delete("/api/v1/tags/a")).Expect(HttpStatusCode.NoContent);
        Assert.Equal("4 Differential -A", Short(await Tell(charger, "SendLocalList", Accepted)));
        await fleet.InStep(4, "B", "D");
    }

    [Fact]
    public async Task A_charger_that_comes_back_is_asked_what_it_holds_and_told_only_what_it_lacks()
    {
        var fleet = await Fleet.Create(host);
        await fleet.Tag("A", new { status = "Accepted" });
        await using (var first = await fleet.Connect(new { localList = "tags" }))
        {
            await Tell(first, "GetLocalListVersion", """{"listVersion":5}""");
            await Tell(first, "GetConfiguration", Keys);
            Assert.Equal("6 Full A:Accepted", Short(await Tell(first, "SendLocalList", Accepted)));
            await fleet.InStep(6, "A");
        }

        await fleet.Tag("B", new { status = "Accepted" });
        await using (var second = await fleet.Connect())
        {
            await Tell(second, "GetLocalListVersion", """{"listVersion":6}""");
            Assert.Equal("7 Differential B:Accepted", Short(await Tell(second, "SendLocalList", Accepted)));
            await fleet.InStep(7, "A", "B");
        }

        await using var third = await fleet.Connect();
        await Tell(third, "GetLocalListVersion", """{"listVersion":3}""");
        Assert.Equal("4 Full A:Accepted B:Accepted", Short(await Tell(third, "SendLocalList", Accepted)));
        await fleet.InStep(4, "A", "B");
    }

    [Theory]
    [InlineData("VersionMismatch")]
    [InlineData("Failed")]
    public async Task A_part_that_is_refused_is_followed_by_the_whole_once(string refusal)
    {
        var fleet = await Fleet.Create(host);
        await using var charger = await fleet.Connect(new { localList = "tags" });
        await Tell(charger, "GetLocalListVersion", """{"listVersion":0}""");
        await Tell(charger, "GetConfiguration", Keys);
        Assert.Equal("1 Full", Short(await Tell(charger, "SendLocalList", Accepted)));
        await fleet.InStep(1);

        await fleet.Tag("A", new { status = "Accepted" });
        Assert.Equal("2 Differential A:Accepted", Short(await Tell(charger, "SendLocalList", $$"""{"status":"{{refusal}}"}""")));
        Assert.Equal("2 Full A:Accepted", Short(await Tell(charger, "SendLocalList", $$"""{"status":"{{refusal}}"}""")));
        await fleet.List(list => list.GetProperty("outcome").GetString() == refusal && !list.GetProperty("inStep").GetBoolean());

        // It is left alone until something changes, or somebody asks for it.
        (await fleet.Post("sync", new { full = true })).Expect(HttpStatusCode.Accepted);
        await Tell(charger, "GetLocalListVersion", """{"listVersion":1}""");
        Assert.Equal("2 Full A:Accepted", Short(await Tell(charger, "SendLocalList", Accepted)));
        await fleet.InStep(2, "A");
    }

    [Theory]
    [InlineData("""[3,"{0}",{{"listVersion":-1}}]""")]
    [InlineData("""[4,"{0}","NotImplemented","",{{}}]""")]
    [InlineData("""[4,"{0}","NotSupported","",{{}}]""")]
    public async Task A_firmware_without_lists_is_asked_once(string answer)
    {
        var fleet = await Fleet.Create(host);
        await fleet.Tag("A", new { status = "Accepted" });
        await using (var first = await fleet.Connect(new { localList = "tags" }))
        {
            var (id, action, _) = await first.NextCall();
            Assert.Equal("GetLocalListVersion", action);
            await first.Send(string.Format(null, answer, id));
            await fleet.List(list => list.GetProperty("supported").ValueKind == JsonValueKind.False);
        }

        await using var again = await fleet.Connect();
        await fleet.Silent(again);
        await fleet.Tag("B", new { status = "Accepted" });
        await fleet.Silent(again);

        await using var updated = await fleet.Connect(boot: """{"chargePointVendor":"v","chargePointModel":"m","firmwareVersion":"2"}""");
        await Tell(updated, "GetLocalListVersion", """{"listVersion":0}""");
        await Tell(updated, "GetConfiguration", Keys);
        Assert.Equal("1 Full A:Accepted B:Accepted", Short(await Tell(updated, "SendLocalList", Accepted)));
        await fleet.InStep(1, "A", "B");
    }

    [Fact]
    public async Task A_charger_that_does_not_use_its_list_is_told_to_and_what_has_no_place_is_left_out()
    {
        var fleet = await Fleet.Create(host);
        await fleet.Tag("A", new { status = "Accepted" });
        await fleet.Tag("B", new { status = "Accepted" });
        await using var charger = await fleet.Connect(new { localList = "tags" });
        await Tell(charger, "GetLocalListVersion", """{"listVersion":0}""");
        await Tell(charger, "GetConfiguration",
            """{"configurationKey":[{"key":"LocalAuthListEnabled","readonly":false,"value":"False"},{"key":"LocalAuthListMaxLength","readonly":true,"value":"1"}],"unknownKey":["SendLocalListMaxLength"]}""");

        var change = await Tell(charger, "ChangeConfiguration", Accepted);
        Assert.Equal(("LocalAuthListEnabled", "true"), (change.GetProperty("key").GetString(), change.GetProperty("value").GetString()));
        Assert.Equal("1 Full A:Accepted", Short(await Tell(charger, "SendLocalList", Accepted)));
        await fleet.List(list => list.GetProperty("inStep").GetBoolean() && list.GetProperty("leftOut").GetInt32() == 1);
    }

    [Fact]
    public async Task An_operators_own_list_is_followed_and_put_right()
    {
        var fleet = await Fleet.Create(host);
        await fleet.Tag("A", new { status = "Accepted" });
        await using var charger = await fleet.Connect(new { localList = "tags" });
        await Tell(charger, "GetLocalListVersion", """{"listVersion":0}""");
        await Tell(charger, "GetConfiguration", Keys);
        await Tell(charger, "SendLocalList", Accepted);
        await fleet.InStep(1, "A");

        var sending = fleet.Client.Post($"/api/v1/chargers/{fleet.Charger}/calls/SendLocalList", new
        {
            listVersion = 40,
            updateType = "Full",
            localAuthorizationList = new[] { new { idTag = "GUEST", idTagInfo = new { status = "Accepted" } } },
        });
        await Tell(charger, "SendLocalList", Accepted);
        (await sending).Expect(HttpStatusCode.OK);

        Assert.Equal("41 Differential -GUEST A:Accepted", Short(await Tell(charger, "SendLocalList", Accepted)));
        await fleet.Tag("B", new { status = "Accepted" });
        Assert.Equal("42 Differential B:Accepted", Short(await Tell(charger, "SendLocalList", Accepted)));
        await fleet.InStep(42, "A", "B");
    }

    [Fact]
    public async Task A_charger_that_does_not_answer_is_asked_again_and_then_left_alone()
    {
        var fleet = await Fleet.Create(host);
        await using var charger = await fleet.Connect(new { localList = "tags" });
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.Equal("GetLocalListVersion", (await charger.NextCall()).Action);
        }

        await Eventually.Holds(async () => (await fleet.Commands()).Count(status => status == "timeout") == 3, "three went unanswered");
        await fleet.Silent(charger);
    }

    [Fact]
    public async Task The_list_is_that_of_the_chargers_site_and_of_the_tenants_setting()
    {
        var fleet = await Fleet.Create(host);
        (await fleet.Client.Put("/api/v1/sites/S1", new { })).Expect(HttpStatusCode.Created);
        (await fleet.Client.Put("/api/v1/sites/S2", new { })).Expect(HttpStatusCode.Created);
        await fleet.Tag("HERE", new { status = "Accepted", sites = new[] { "S1" } });
        await fleet.Tag("THERE", new { status = "Accepted", sites = new[] { "S2" } });
        (await fleet.Client.Put("/api/v1/settings", new { localList = "tags" })).Expect(HttpStatusCode.OK);
        await using var charger = await fleet.Connect(new { site = "S1" });
        await Tell(charger, "GetLocalListVersion", """{"listVersion":0}""");
        await Tell(charger, "GetConfiguration", Keys);
        Assert.Equal("1 Full HERE:Accepted", Short(await Tell(charger, "SendLocalList", Accepted)));
        await fleet.InStep(1, "HERE");

        (await fleet.Client.Put($"/api/v1/chargers/{fleet.Charger}", new { site = "S2" })).Expect(HttpStatusCode.OK);
        await Tell(charger, "GetLocalListVersion", """{"listVersion":1}""");
        Assert.Equal("2 Differential -HERE THERE:Accepted", Short(await Tell(charger, "SendLocalList", Accepted)));

        (await fleet.Client.Put($"/api/v1/chargers/{fleet.Charger}", new { site = "S2", localList = "off" })).Expect(HttpStatusCode.OK);
        (await fleet.Post("sync", new { })).Expect(HttpStatusCode.Conflict);
        await fleet.List(list => list.GetProperty("mode").GetString() == "off" && !list.GetProperty("inStep").GetBoolean());
    }

    [Fact]
    public async Task A_cache_is_emptied_when_a_right_is_lost_and_not_when_one_is_given()
    {
        var fleet = await Fleet.Create(host);
        await fleet.Tag("A", new { status = "Accepted" });
        await using var charger = await fleet.Connect(new { clearCache = true });
        await fleet.Silent(charger);

        await fleet.Tag("A", new { status = "Blocked" });
        await Tell(charger, "ClearCache", Accepted);
        await fleet.Cache(cache => cache.GetProperty("outcome").GetString() == "Accepted"
            && cache.GetProperty("clearedAt").ValueKind == JsonValueKind.String);

        await fleet.Tag("B", new { status = "Accepted" });
        await fleet.Silent(charger);
    }

    [Fact]
    public async Task A_charger_that_says_it_has_a_cache_has_it_emptied_when_it_comes_back_too()
    {
        var fleet = await Fleet.Create(host);
        await fleet.Tag("A", new { status = "Accepted" });
        await using (var charger = await fleet.Connect(new { }))
        {
            var reading = fleet.Client.Post($"/api/v1/chargers/{fleet.Charger}/calls/GetConfiguration", new { });
            await Tell(charger, "GetConfiguration",
                """{"configurationKey":[{"key":"AuthorizationCacheEnabled","readonly":false,"value":"TRUE"}]}""");
            (await reading).Expect(HttpStatusCode.OK);
        }

        (await fleet.Client.Delete("/api/v1/tags/A")).Expect(HttpStatusCode.NoContent);
        await using (var refusing = await fleet.Connect())
        {
            await Tell(refusing, "ClearCache", """{"status":"Rejected"}""");
            await fleet.Cache(cache => cache.GetProperty("outcome").GetString() == "Rejected"
                && cache.GetProperty("clearedAt").ValueKind == JsonValueKind.Null);
        }

        await using var back = await fleet.Connect();
        await Tell(back, "ClearCache", Accepted);
        await fleet.Cache(cache => cache.GetProperty("outcome").GetString() == "Accepted");
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_a_stranger_sees_nothing()
    {
        var fleet = await Fleet.Create(host);
        (await fleet.Client.Put($"/api/v1/chargers/{fleet.Charger}", new { localList = "all" }))
            .ExpectField(HttpStatusCode.UnprocessableEntity, "localList");
        (await fleet.Client.Put("/api/v1/settings", new { localList = "some" })).ExpectField(HttpStatusCode.UnprocessableEntity, "localList");
        (await fleet.Client.Get("/api/v1/chargers/none/local-list")).Expect(HttpStatusCode.NotFound);
        (await fleet.Client.Put($"/api/v1/chargers/{fleet.Charger}", new { localList = "tags" })).Expect(HttpStatusCode.Created);
        (await fleet.Post("sync", new { full = "yes" })).ExpectField(HttpStatusCode.UnprocessableEntity, "full");
        (await host.Administrator.Get($"/api/v1/chargers/{fleet.Charger}/local-list")).Expect(HttpStatusCode.NotFound);
        (await host.Administrator.Get($"/api/v1/chargers/{fleet.Charger}/local-list/entries")).Expect(HttpStatusCode.NotFound);
        var guest = await host.WithRole("guest", fleet.Tenant);
        (await guest.Get($"/api/v1/chargers/{fleet.Charger}/local-list")).Expect(HttpStatusCode.OK);
        (await guest.Post($"/api/v1/chargers/{fleet.Charger}/local-list/sync", new { })).Expect(HttpStatusCode.Forbidden);
    }

    /// <summary>Answers the next call, which must be of that action; its payload.</summary>
    private static async Task<JsonElement> Tell(WireCharger charger, string action, string result)
    {
        var (id, called, payload) = await charger.NextCall();
        Assert.Equal(action, called);
        await charger.Answer(id, result);
        return payload;
    }

    private static string Short(JsonElement sent) => string.Join(' ',
    [
        sent.GetProperty("listVersion").GetInt32(), sent.GetProperty("updateType").GetString()!,
        .. sent.GetProperty("localAuthorizationList").EnumerateArray().Select(Entry),
    ]);

    private static string Entry(JsonElement entry) => entry.TryGetProperty("idTagInfo", out var info)
        ? string.Join(':', new[] { entry.GetProperty("idTag"), info.GetProperty("status"), Member(info, "expiryDate"), Member(info, "parentIdTag") }
            .Where(member => member is not null).Select(member => member!.Value.GetString()))
        : $"-{entry.GetProperty("idTag").GetString()}";

    private static JsonElement? Member(JsonElement parent, string name) => parent.TryGetProperty(name, out var member) ? member : null;

    /// <summary>A tenant with one charger.</summary>
    private sealed class Fleet(GatewayHost host, string tenant, ApiClient client)
    {
        public string Tenant => tenant;

        public string Charger { get; } = "CP";

        public ApiClient Client => client;

        public static async Task<Fleet> Create(GatewayHost host)
        {
            var tenant = await host.AddTenant(host.Name("lists"));
            return new Fleet(host, tenant, host.Administrator.With(PermissionHandler.TenantHeader, tenant));
        }

        public async Task Tag(string tag, object body) =>
            Assert.True((await client.Put($"/api/v1/tags/{tag}", body)).Status is HttpStatusCode.Created or HttpStatusCode.OK);

        /// <param name="put">The charger's configuration; null when it has one.</param>
        public async Task<WireCharger> Connect(object? put = null, string boot = WireCharger.Boot)
        {
            if (put is not null)
            {
                (await client.Put($"/api/v1/chargers/{Charger}", put)).Expect(HttpStatusCode.Created);
            }

            return await Open(Charger, boot);
        }

        public Task<ApiAnswer> Post(string path, object body) => client.Post($"/api/v1/chargers/{Charger}/local-list/{path}", body);

        public Task List(Func<JsonElement, bool> holds) => Eventually.Holds(
            async () => holds((await client.Get($"/api/v1/chargers/{Charger}/local-list")).Expect(HttpStatusCode.OK).Body),
            "the local list is as told");

        public Task Cache(Func<JsonElement, bool> holds) => List(list => holds(list.GetProperty("cache")));

        public async Task InStep(int version, params string[] tags)
        {
            await List(list => list.GetProperty("inStep").GetBoolean() && list.GetProperty("version").GetInt32() == version);
            var entries = (await client.Get($"/api/v1/chargers/{Charger}/local-list/entries")).Expect(HttpStatusCode.OK).Body;
            Assert.Equal(tags, entries.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("idTag").GetString()));
        }

        /// <summary>
        /// Finds that the system asked a charger for nothing, by the time when it told another one of a change of tags that came
        /// later. The other one and the tag have a site of their own.
        /// </summary>
        public async Task Silent(WireCharger charger)
        {
            const string Site = "ASIDE";
            var name = host.Name("WITNESS");
            await client.Put($"/api/v1/sites/{Site}", new { });
            (await client.Put($"/api/v1/chargers/{name}", new { site = Site, localList = "tags" })).Expect(HttpStatusCode.Created);
            await using var witness = await Open(name, WireCharger.Boot);
            await Listen(witness, "Full");
            await Tag(name, new { status = "Accepted", sites = new[] { Site } });
            await Listen(witness, name);
            Assert.False(charger.HasCall);
        }

        private async Task<WireCharger> Open(string name, string boot)
        {
            var charger = await WireCharger.Open(host.Address, $"/ocpp/{tenant}/{name}", null, "ocpp1.6");
            Assert.Equal("Accepted", (await charger.Call("BootNotification", boot)).GetProperty("status").GetString());
            return charger;
        }

        /// <summary>Answers what a charger with an empty list is asked, until an update says that.</summary>
        private static async Task Listen(WireCharger charger, string word)
        {
            string said;
            do
            {
                var (id, action, payload) = await charger.NextCall();
                said = payload.GetRawText();
                await charger.Answer(id, action switch
                {
                    "GetLocalListVersion" => """{"listVersion":0}""",
                    "GetConfiguration" => Keys,
                    _ => Accepted,
                });
            }
            while (!said.Contains(word, StringComparison.Ordinal));
        }

        public async Task<string[]> Commands() =>
        [
            .. (await client.Get($"/api/v1/commands?charger={Charger}")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()
                .Select(command => command.GetProperty("status").GetString()!),
        ];
    }
}
