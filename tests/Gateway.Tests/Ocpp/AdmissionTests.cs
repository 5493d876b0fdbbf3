using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using EvCharge.Gateway.Security;
using EvCharge.GatewayTests.Api;
using EvCharge.History.Configuration;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>Who gets in: chargers that are known and prove it, and strangers as the tenant's rule for them says.</summary>
public sealed class AdmissionTests(GatewayHost host)
{
    private const string Password = "a password of some length";

    private readonly Records _records = new(host.Services);

    [Trait("attack", "missing-authentication")]
    [Fact]
    public async Task Every_way_of_not_being_entitled_is_answered_alike()
    {
        var known = await _records.NewCharger(host.Name("CP"), Password);
        ApiAnswer[] answers =
        [
            await Knock($"/ocpp/{host.Name("NOBODY")}"),
            await Knock($"/ocpp/{host.Name("NOBODY")}", Basic("NOBODY", Password)),
            await Knock($"/ocpp/{host.Name("no-such-tenant")}/{known}", Basic(known, Password)),
            await Knock($"/ocpp/{known}"),
            await Knock($"/ocpp/{known}", Basic(known, "wrong")),
            await Knock($"/ocpp/{known}", Basic(known, "")),
            await Knock($"/ocpp/{known}", Basic("another", Password)),
            await Knock($"/ocpp/{known}", "Basic !!!"),
            await Knock($"/ocpp/{known}", $"Bearer {Password}"),
        ];

        Assert.All(answers, answer => answer.Expect(HttpStatusCode.Unauthorized));
        Assert.Equal(["Unauthorized\n"], answers.Select(answer => answer.Text).Distinct());
        Assert.Single(answers.Select(answer => Headers(answer)).Distinct());
    }

    [Fact]
    public async Task An_unknown_name_takes_as_long_as_a_wrong_password()
    {
        var known = await _records.NewCharger(host.Name("CP"), Password);

        var strange = await MedianTime(() => Knock($"/ocpp/{host.Name("NOBODY")}", Basic("NOBODY", "wrong")));
        var wrong = await MedianTime(() => Knock($"/ocpp/{known}", Basic(known, "wrong")));
        var without = await MedianTime(() => Knock($"/ocpp/{known}"));

        Assert.InRange(strange / wrong, 0.2, 5);
        Assert.InRange(without / wrong, 0.2, 5);
    }

    [Fact]
    public async Task A_refused_charger_leaves_an_event_and_no_trace_in_the_fleet()
    {
        var name = host.Name("NOBODY");

        (await Knock($"/ocpp/{name}")).Expect(HttpStatusCode.Unauthorized);

        Assert.Contains("127.0.0.1", (await _records.AwaitEvent("unknown-charger", name)).Detail, StringComparison.Ordinal);
        Assert.False(await _records.Knows(name));
    }

    [Fact]
    public async Task A_key_in_hexadecimal_may_come_as_its_bytes()
    {
        const string key = "00112233445566778899AABBCCDDEEFF";
        var name = await _records.NewCharger(host.Name("CP"), key);
        byte[] credentials = [.. Encoding.ASCII.GetBytes($"{name}:"), .. Convert.FromHexString(key)];
        using var client = RawClient.Connect(host.Address);

        var answer = await client.Upgrade($"/ocpp/{name}", $"Authorization: Basic {Convert.ToBase64String(credentials)}\r\n");

        Assert.StartsWith("HTTP/1.1 101 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("pain", "registration-of-strangers")]
    public async Task A_quarantined_charger_is_pending_and_can_start_nothing()
    {
        var (tenant, records) = await NewTenant("quarantine");
        var name = host.Name("CP");
        await using var charger = await WireCharger.Open(host.Address, $"/ocpp/{tenant}/{name}", null, "ocpp1.6");

        Assert.Equal("Pending", (await charger.Call("BootNotification", WireCharger.Boot)).GetProperty("status").GetString());
        await charger.Call("Heartbeat", "{}");
        var refused = await charger.Exchange("StartTransaction", """{"connectorId":1,"idTag":"A","meterStart":0,"timestamp":"2026-03-01T12:00:00Z"}""");

        Assert.Equal("SecurityError", refused[2].GetString());
        Assert.Empty(await records.Transactions(name));
        Assert.False(await records.Knows(name));
        await records.AwaitEvent("charger-quarantined", name);
        var call = await host.Administrator.With(PermissionHandler.TenantHeader, tenant).Post($"/api/v1/chargers/{name}/calls/ClearCache", new { });
        call.Expect(HttpStatusCode.NotFound);
    }

    [Trait("attack", "boot-storm")]
    [Fact]
    public async Task Chargers_that_must_come_again_are_told_to_at_different_moments_and_accepted_ones_the_same_interval()
    {
        var (tenant, _) = await NewTenant("quarantine");
        var (strangers, known) = (new HashSet<int>(), new HashSet<int>());
        for (var number = 0; number < 12; number++)
        {
            await using var stranger = await WireCharger.Open(host.Address, $"/ocpp/{tenant}/{host.Name("CP")}", null, "ocpp1.6");
            strangers.Add((await stranger.Call("BootNotification", WireCharger.Boot)).GetProperty("interval").GetInt32());
            var name = host.Name("CP");
            (await host.Administrator.Put($"/api/v1/chargers/{name}", new { })).Expect(HttpStatusCode.Created);
            await using var charger = await WireCharger.Open(host.Address, $"/ocpp/{name}", null, "ocpp1.6");
            known.Add((await charger.Call("BootNotification", WireCharger.Boot)).GetProperty("interval").GetInt32());
        }

        Assert.Equal(300, Assert.Single(known));
        Assert.True(strangers.Count > 3, "they would all come at once");
        Assert.All(strangers, interval => Assert.InRange(interval, 270, 330));
    }

    [Fact]
    [Trait("pain", "registration-of-strangers")]
    public async Task A_quarantined_charger_that_is_adopted_is_accepted_at_its_next_boot_on_the_same_connection()
    {
        var (tenant, _) = await NewTenant("quarantine");
        var name = host.Name("CP");
        await using var charger = await WireCharger.Open(host.Address, $"/ocpp/{tenant}/{name}", null, "ocpp1.6");
        await charger.Call("BootNotification", WireCharger.Boot, id: "1");

        (await host.Administrator.With(PermissionHandler.TenantHeader, tenant).Put($"/api/v1/chargers/{name}", new { })).Expect(HttpStatusCode.Created);

        // Chargers that count their ids from 1 after each boot send the very same frame again.
        await Eventually.Holds(
            async () => (await charger.Call("BootNotification", WireCharger.Boot, id: "1")).GetProperty("status").GetString() == "Accepted",
            "the boot is accepted");
        Assert.True((await charger.Call("StartTransaction", """{"connectorId":1,"idTag":"A","meterStart":0,"timestamp":"2026-03-01T12:00:00Z"}""")).GetProperty("transactionId").GetInt32() > 0);
    }

    [Fact]
    public async Task A_tenant_that_accepts_strangers_adopts_them()
    {
        var (tenant, records) = await NewTenant("accept");
        var name = host.Name("CP");

        await using var charger = await WireCharger.Connect(host.Address, $"{tenant}/{name}");
        await charger.Call("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Available"}""");

        Assert.True(await records.Knows(name));
        await records.AwaitEvent("charger-adopted", name);
    }

    [Fact]
    public async Task A_request_that_is_no_WebSocket_adopts_nobody()
    {
        var (tenant, records) = await NewTenant("accept");
        var name = host.Name("CP");

        (await host.Anonymous().Get($"/ocpp/{tenant}/{name}")).Expect(HttpStatusCode.BadRequest);

        await records.AwaitEvent("not-a-websocket", name);
        Assert.False(await records.Knows(name));
    }

    private static string Basic(string user, string password) => "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"{user}:{password}"));

    private static string Headers(ApiAnswer answer) => string.Join('\n', answer.Message.Headers
        .Where(header => header.Key != "Date")
        .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}")
        .Order(StringComparer.Ordinal));

    private static async Task<double> MedianTime(Func<Task<ApiAnswer>> knock)
    {
        var times = new List<double>();
        for (var round = 0; round < 5; round++)
        {
            var clock = Stopwatch.StartNew();
            (await knock()).Expect(HttpStatusCode.Unauthorized);
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        return times.Order().ElementAt(times.Count / 2);
    }

    private async Task<(string Tenant, Records Records)> NewTenant(string unknownChargers)
    {
        var tenant = await host.AddTenant(host.Name("tenant"));
        var records = new Records(host.Services, tenant);
        await records.Put(TenantSettings.Defaults with { UnknownChargers = unknownChargers });
        return (tenant, records);
    }

    /// <summary>An upgrade request through an HTTP client, which reads the whole of a refusal.</summary>
    private Task<ApiAnswer> Knock(string path, string? authorization = null)
    {
        var client = host.Anonymous()
            .With("Connection", "Upgrade").With("Upgrade", "websocket").With("Sec-WebSocket-Version", "13")
            .With("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==").With("Sec-WebSocket-Protocol", "ocpp1.6");
        return (authorization is null ? client : client.With("Authorization", authorization)).Get(path);
    }
}
