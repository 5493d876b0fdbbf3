using System.Globalization;
using System.Net;
using System.Text.Json;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Reservations;

/// <summary>A reservation is asked of the charger, kept over its boots, used by a transaction, cancelled and ended by time.</summary>
public sealed class ReservationTests(GatewayHost host)
{
    private const string Path = "/api/v1/reservations";
    private static readonly DateTimeOffset Soon = TimeProvider.System.GetUtcNow().AddHours(1);

    [Fact]
    public async Task The_transaction_that_names_it_uses_it()
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);
        var id = await Accepted(charger, name, 1, "USER-1");

        var asked = (await host.Administrator.Get($"{Path}/{id}")).Expect(HttpStatusCode.OK).Body;
        var started = await charger.Call(
            "StartTransaction", Start(1, "SOMEBODY", $""","reservationId":{asked.GetProperty("reservationId").GetInt32()}"""));

        Assert.True(started.GetProperty("transactionId").GetInt32() > 0);
        var used = await Settled(id, "used");
        var transactions = (await host.Administrator.Get($"/api/v1/transactions?charger={name}")).Body.GetProperty("items");
        Assert.Equal(Assert.Single(transactions.EnumerateArray()).GetProperty("id").GetInt64(), used.GetProperty("transaction").GetInt64());
    }

    [Fact]
    public async Task The_awaited_tag_on_its_connector_uses_it_and_another_does_not()
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);
        var id = await Accepted(charger, name, 1, "USER-2");

        await charger.Call("StartTransaction", Start(2, "user-2"));
        await charger.Call("StartTransaction", Start(1, "OTHER"));
        await Settled(id, "accepted");
        await charger.Call("StartTransaction", Start(1, "user-2"));
        await Settled(id, "used");
    }

    [Theory]
    [InlineData("Faulted")]
    [InlineData("Occupied")]
    [InlineData("Rejected")]
    [InlineData("Unavailable")]
    public async Task A_charger_may_refuse(string answer)
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);
        var id = await Make(name, 1, "USER");
        await Tell(charger, "ReserveNow", $$"""{"status":"{{answer}}"}""");

        var refused = await Settled(id, "refused");
        Assert.Equal(answer, refused.GetProperty("outcome").GetString());
        await Make(name, 1, "ANOTHER"); // The refused one is not in the way.
    }

    [Fact]
    public async Task One_that_the_charger_cannot_be_asked_for_has_failed()
    {
        var away = await NewCharger();
        Assert.Equal("offline", (await Settled(await Make(away, 1, "USER"), "failed")).GetProperty("outcome").GetString());

        var broken = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, broken);
        var id = await Make(broken, 1, "USER");
        var (call, _, _) = await charger.NextCall();
        await charger.Send($"""[4,"{call}","InternalError","",{"{}"}]""");
        Assert.Equal("error", (await Settled(id, "failed")).GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_late_yes_counts()
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);
        var id = await Make(name, 1, "USER");
        var (call, _, _) = await charger.NextCall();
        Assert.Equal("timeout", (await Settled(id, "failed")).GetProperty("outcome").GetString());

        await charger.Answer(call, """{"status":"Accepted"}""");
        await Settled(id, "accepted");
    }

    [Fact]
    public async Task One_that_was_left_unanswered_may_be_held_and_can_be_cancelled()
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);
        var id = await Make(name, 1, "USER");
        await charger.NextCall();
        await Settled(id, "failed");

        var cancelling = (await host.Administrator.Delete($"{Path}/{id}")).Expect(HttpStatusCode.Accepted).Body;
        Assert.True(cancelling.GetProperty("cancelling").GetBoolean());
        await Tell(charger, "CancelReservation", """{"status":"Accepted"}""");
        await Settled(id, "cancelled");
    }

    [Fact]
    public async Task After_a_boot_it_is_asked_for_again_and_lost_when_the_charger_does_not_take_it()
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);
        var id = await Accepted(charger, name, 1, "USER");

        await charger.Call("BootNotification", WireCharger.Boot);
        var again = await Tell(charger, "ReserveNow", """{"status":"Accepted"}""");
        Assert.Equal("USER", again.GetProperty("idTag").GetString());
        await Settled(id, "accepted");

        await charger.Call("BootNotification", WireCharger.Boot);
        await Tell(charger, "ReserveNow", """{"status":"Occupied"}""");
        Assert.Equal("Occupied", (await Settled(id, "lost")).GetProperty("outcome").GetString());
    }

    [Theory]
    [InlineData("Accepted")]
    [InlineData("Rejected")]
    public async Task It_is_cancelled_at_the_charger(string answer)
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);
        var id = await Accepted(charger, name, 1, "USER");

        var cancelling = (await host.Administrator.Delete($"{Path}/{id}")).Expect(HttpStatusCode.Accepted).Body;
        Assert.True(cancelling.GetProperty("cancelling").GetBoolean());
        var cancel = await Tell(charger, "CancelReservation", $$"""{"status":"{{answer}}"}""");

        Assert.Equal(cancelling.GetProperty("reservationId").GetInt32(), cancel.GetProperty("reservationId").GetInt32());
        Assert.False((await Settled(id, "cancelled")).GetProperty("cancelling").GetBoolean());
        (await host.Administrator.Delete($"{Path}/{id}")).Expect(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_charger_that_was_away_is_told_of_the_cancellation_when_it_is_back()
    {
        var name = await NewCharger();
        var first = await WireCharger.Connect(host.Address, name);
        var id = await Accepted(first, name, 1, "USER");
        await first.DisposeAsync();
        await Eventually.Holds(
            async () => !(await host.Administrator.Get($"/api/v1/chargers/{name}")).Body.GetProperty("online").GetBoolean(), "the charger is away");
        (await host.Administrator.Delete($"{Path}/{id}")).Expect(HttpStatusCode.Accepted);

        await using var back = await WireCharger.Connect(host.Address, name);
        await Tell(back, "CancelReservation", """{"status":"Accepted"}""");
        await Settled(id, "cancelled");
    }

    [Fact]
    public async Task Time_alone_ends_it_and_frees_the_connector_for_another_tag()
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);
        var expiry = TimeProvider.System.GetUtcNow().AddSeconds(3);
        var made = await host.Administrator.Post(Path, new { charger = name, connector = 1, idTag = "USER", expiry });
        var id = made.Expect(HttpStatusCode.Accepted).Body.GetProperty("id").GetInt64();
        await Tell(charger, "ReserveNow", """{"status":"Accepted"}""");

        await Settled(id, "expired");
        Assert.Equal(id, Assert.Single(await Items($"charger={name}&status=expired")).GetProperty("id").GetInt64());
        Assert.Empty(await Items($"charger={name}&status=accepted"));
        await Make(name, 1, "ANOTHER");
        (await host.Administrator.Delete($"{Path}/{id}")).Expect(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_connector_is_held_for_one_tag_only_but_any_connector_for_many()
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);
        await Accepted(charger, name, 1, "USER");

        var refused = (await Post(name, 1, "ANOTHER")).Expect(HttpStatusCode.Conflict);
        Assert.Equal("reserved", refused.Body.GetProperty("code").GetString());
        await Accepted(charger, name, 0, "ONE");
        await Accepted(charger, name, 0, "TWO");
    }

    [Fact]
    public async Task A_charger_without_reservations_of_any_connector_is_not_asked_for_one()
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);
        var calling = host.Administrator.Post($"/api/v1/chargers/{name}/calls/GetConfiguration", new { });
        await Tell(charger, "GetConfiguration",
            """{"configurationKey":[{"key":"ReserveConnectorZeroSupported","readonly":true,"value":"False"}]}""");
        (await calling).Expect(HttpStatusCode.OK);

        await Eventually.Holds(
            async () => (await host.Administrator.Get($"/api/v1/chargers/{name}/configuration")).Body.GetProperty("items").GetArrayLength() == 1,
            "the charger's word is kept");
        (await Post(name, 0, "USER")).ExpectField(HttpStatusCode.UnprocessableEntity, "connector");
        Assert.False(charger.HasCall);
    }

    [Fact]
    public async Task The_same_key_makes_it_once_and_lists_are_filtered_and_paged()
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);
        var client = host.Administrator.With("Idempotency-Key", host.Name("reserve"));
        var body = new { charger = name, connector = 2, idTag = host.Name("T"), expiry = Soon };
        var first = (await client.Post(Path, body)).Expect(HttpStatusCode.Accepted).Body.GetProperty("id").GetInt64();
        Assert.Equal(first, (await client.Post(Path, body)).Expect(HttpStatusCode.Accepted).Body.GetProperty("id").GetInt64());
        await Tell(charger, "ReserveNow", """{"status":"Accepted"}""");
        await Settled(first, "accepted");
        var second = await Accepted(charger, name, 1, "USER");
        Assert.False(charger.HasCall);

        Assert.Equal(
            [$"{second}", $"{first}"],
            await Pages.All(host.Administrator, $"{Path}?charger={name}", 1, item => item.GetProperty("id").GetInt64().ToString(CultureInfo.InvariantCulture)));
        Assert.Equal(first, Assert.Single(await Items($"idTag={body.idTag.ToLowerInvariant()}")).GetProperty("id").GetInt64());
        Assert.Equal(second, Assert.Single(await Items($"charger={name}&connector=1&status=accepted")).GetProperty("id").GetInt64());
        Assert.Empty(await Items($"charger={name}&site=nowhere"));
        Assert.Empty(await Items($"charger={name}&from=2100-01-01T00:00:00Z"));
    }

    [Fact]
    public async Task What_cannot_be_is_refused()
    {
        var name = await NewCharger();
        (await Post(name, 3, "USER")).ExpectField(HttpStatusCode.UnprocessableEntity, "connector");
        (await Post(name, -1, "USER")).ExpectField(HttpStatusCode.UnprocessableEntity, "connector");
        (await Post(name, 1, new string('t', 21))).ExpectField(HttpStatusCode.UnprocessableEntity, "idTag");
        (await Post(host.Name("none"), 1, "USER")).ExpectField(HttpStatusCode.UnprocessableEntity, "charger");
        (await Post(name, 1, "USER", TimeProvider.System.GetUtcNow().AddSeconds(-1))).ExpectField(HttpStatusCode.UnprocessableEntity, "expiry");
        (await Post(name, 1, "USER", TimeProvider.System.GetUtcNow().AddDays(31))).ExpectField(HttpStatusCode.UnprocessableEntity, "expiry");
        (await host.Administrator.Get($"{Path}?status=gone")).ExpectField(HttpStatusCode.BadRequest, "status");
        (await host.Administrator.Get($"{Path}/999999999")).Expect(HttpStatusCode.NotFound);
        (await host.Administrator.Delete($"{Path}/999999999")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Another_tenant_sees_nothing_of_it()
    {
        var id = await Make(await NewCharger(), 1, "USER");
        var foreign = await host.WithRole("administrator", GatewayHost.ForeignTenant);
        (await foreign.Get($"{Path}/{id}")).Expect(HttpStatusCode.NotFound);
        (await foreign.Delete($"{Path}/{id}")).Expect(HttpStatusCode.NotFound);
        Assert.Empty((await foreign.Get(Path)).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray());
    }

    private static string Start(int connector, string tag, string more = "") =>
        $$"""{"connectorId":{{connector}},"idTag":"{{tag}}","meterStart":0,"timestamp":"{{TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}}"{{more}}}""";

    private async Task<string> NewCharger()
    {
        var name = host.Name("CP");
        (await host.Administrator.Put($"/api/v1/chargers/{name}", new { connectors = 2 })).Expect(HttpStatusCode.Created);
        return name;
    }

    private Task<ApiAnswer> Post(string charger, int connector, string idTag, DateTimeOffset? expiry = null) =>
        host.Administrator.Post(Path, new { charger, connector, idTag, expiry = expiry ?? Soon });

    private async Task<long> Make(string charger, int connector, string idTag)
    {
        var made = (await Post(charger, connector, idTag)).Expect(HttpStatusCode.Accepted).Body;
        Assert.Equal("requested", made.GetProperty("status").GetString());
        return made.GetProperty("id").GetInt64();
    }

    /// <summary>A reservation that the charger has taken.</summary>
    private async Task<long> Accepted(WireCharger charger, string name, int connector, string idTag)
    {
        var id = await Make(name, connector, idTag);
        var asked = await Tell(charger, "ReserveNow", """{"status":"Accepted"}""");
        Assert.Equal((connector, idTag), (asked.GetProperty("connectorId").GetInt32(), asked.GetProperty("idTag").GetString()));
        await Settled(id, "accepted");
        return id;
    }

    private async Task<JsonElement> Settled(long id, string status)
    {
        JsonElement seen = default;
        await Eventually.Holds(
            async () =>
            {
                seen = (await host.Administrator.Get($"{Path}/{id}")).Expect(HttpStatusCode.OK).Body;
                return seen.GetProperty("status").GetString() == status;
            },
            $"reservation {id} is {status}");
        return seen;
    }

    private async Task<JsonElement[]> Items(string query) =>
        [.. (await host.Administrator.Get($"{Path}?{query}")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()];

    private static async Task<JsonElement> Tell(WireCharger charger, string action, string result)
    {
        var (id, called, payload) = await charger.NextCall();
        Assert.Equal(action, called);
        await charger.Answer(id, result);
        return payload;
    }
}
