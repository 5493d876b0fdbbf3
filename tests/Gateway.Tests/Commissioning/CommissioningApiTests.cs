using System.Net;
using System.Text.Json;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Commissioning;

/// <summary>Chargers are tested before they are put to work, by chargers that do what they are asked and others that do not.</summary>
public sealed class CommissioningApiTests : IAsyncLifetime
{
    private const string All = "connect boot keys featureProfiles status start meterValues chargingProfile stop return";
    private Installation _installation = null!;
    private ApiClient _api = null!;

    public async ValueTask InitializeAsync()
    {
        _installation = await Installation.Start(
            "--Commissioning:MessageSeconds=3", "--Commissioning:PersonSeconds=3", "--Commissioning:MeterSeconds=4", "--Commissioning:ReturnSeconds=8",
            "--Chargers:CommandTimeoutSeconds=5");
        var anonymous = new ApiClient(_installation.FirstAddress);
        var token = (await anonymous.Post("/api/v1/auth/token", new { username = "admin", password = Installation.AdminPassword })).Body.GetProperty("accessToken").GetString()!;
        _api = anonymous.With("Authorization", $"Bearer {token}");
        (await _api.Put("/api/v1/tags/T", new { })).Expect(HttpStatusCode.Created);
    }

    public ValueTask DisposeAsync() => _installation.DisposeAsync();

    [Fact]
    public async Task Each_charger_shows_what_it_can_and_the_list_remembers_it_by_make_model_and_firmware()
    {
        var tested = await Task.WhenAll(
            Tested(new("GOOD"), ""),
            Tested(new("NOTRIGGER") { Lacks = ["TriggerMessage"] }, "status:refused"),
            Tested(new("NOSTART") { Lacks = ["RemoteStartTransaction"] }, "start:refused meterValues:step-before chargingProfile:step-before stop:step-before"),
            Tested(new("IGNORES") { IgnoresLimits = true }, "chargingProfile:not-followed"),
            Tested(new("BLIND") { IsBlind = true }, "meterValues:nothing-came chargingProfile:not-measured"),
            Tested(new("GONE") { StaysAway = true }, "return:not-back"),
            Tested(new("ABSENT") { IsAbsent = true }, string.Join(' ', All.Split(' ').Select((step, at) => at == 0 ? $"{step}:not-connected" : $"{step}:step-before"))));

        var list = (await _api.Get("/api/v1/compatibility")).Expect(HttpStatusCode.OK).Body.GetProperty("items");
        Assert.Equal(
            ["BLIND 1.0 8", "GONE 1.0 9", "GOOD 1.0 10", "IGNORES 1.0 9", "NOSTART 1.0 6", "NOTRIGGER 1.0 9"],
            list.EnumerateArray().Select(entry => $"{entry.GetProperty("model")} {entry.GetProperty("firmware")} {Outcomes(entry).Count(outcome => outcome.EndsWith(":passed", StringComparison.Ordinal))}"));
        var newest = (await _api.Get("/api/v1/commissioning?charger=GOOD")).Body.GetProperty("items")[0];
        Assert.Equal(tested[0].GetProperty("id").GetInt64(), newest.GetProperty("id").GetInt64());
        Assert.DoesNotContain("\"T\"", newest.GetRawText(), StringComparison.Ordinal); // the tag is not kept
    }

    [Fact]
    public async Task A_test_is_ended_by_who_wants_it_and_one_charger_has_one_at_a_time()
    {
        (await _api.Put("/api/v1/chargers/CP", new { })).Expect(HttpStatusCode.Created);
        (await _api.Post("/api/v1/chargers/none/commissioning", new { idTag = "T" })).Expect(HttpStatusCode.NotFound);
        (await _api.Post("/api/v1/chargers/CP/commissioning", new { })).ExpectField(HttpStatusCode.UnprocessableEntity, "idTag");
        (await _api.Post("/api/v1/chargers/CP/commissioning", new { idTag = "T", connector = 2 })).ExpectField(HttpStatusCode.UnprocessableEntity, "connector");
        (await _api.Post("/api/v1/chargers/CP/commissioning", new { idTag = "T", limit = 5 })).ExpectField(HttpStatusCode.UnprocessableEntity, "limit");

        var started = (await _api.Post("/api/v1/chargers/CP/commissioning", new { idTag = "T" })).Expect(HttpStatusCode.Accepted).Body;
        var path = $"/api/v1/commissioning/{started.GetProperty("id")}";
        Assert.Equal("running", (await _api.Post("/api/v1/chargers/CP/commissioning", new { idTag = "T" })).Expect(HttpStatusCode.Conflict).Code);
        (await _api.Delete(path)).Expect(HttpStatusCode.NoContent);
        Assert.Equal("ended", (await _api.Delete(path)).Expect(HttpStatusCode.Conflict).Code);
        var ended = (await _api.Get(path)).Body;
        Assert.Equal("cancelled", ended.GetProperty("status").GetString());
        Assert.All(Outcomes(ended), outcome => Assert.EndsWith(":not-reached", outcome, StringComparison.Ordinal));

        await using var charging = await WireCharger.Connect(_installation.FirstAddress, "CP");
        await charging.Call("StartTransaction", """{"connectorId":1,"idTag":"T","meterStart":0,"timestamp":"2026-11-29T12:00:00Z"}""");
        await Eventually.Holds(async () => (await _api.Post("/api/v1/chargers/CP/commissioning", new { idTag = "T" })).Code == "busy");
    }

    /// <param name="faults">The steps that do not pass, with why.</param>
    private async Task<JsonElement> Tested(Make make, string faults)
    {
        (await _api.Put($"/api/v1/chargers/{make.Name}", new { })).Expect(HttpStatusCode.Created);
        var charger = new TestedCharger(_installation.FirstAddress, make.Name) { Lacks = make.Lacks, IgnoresLimits = make.IgnoresLimits, IsBlind = make.IsBlind, StaysAway = make.StaysAway };
        if (!make.IsAbsent)
        {
            await charger.Connect();
        }

        var started = (await _api.Post($"/api/v1/chargers/{make.Name}/commissioning", new { idTag = "T", limit = 8 })).Expect(HttpStatusCode.Accepted).Body;
        var report = default(JsonElement);
        for (var ended = false; !ended; ended = report.GetProperty("status").GetString() != "running")
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            report = (await _api.Get($"/api/v1/commissioning/{started.GetProperty("id")}")).Expect(HttpStatusCode.OK).Body;
        }

        await charger.Leave();
        Assert.Equal(faults, string.Join(' ', Outcomes(report).Where(outcome => !outcome.EndsWith(":passed", StringComparison.Ordinal))));
        Assert.Equal(faults.Length == 0 ? "passed" : "failed", report.GetProperty("status").GetString());
        Assert.Equal(All, string.Join(' ', report.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("step").GetString())));
        return report;
    }

    private static string[] Outcomes(JsonElement report) => [.. report.GetProperty("steps").EnumerateArray().Select(step =>
        $"{step.GetProperty("step").GetString()}:{(step.GetProperty("outcome").GetString() is "passed" ? "passed" : step.GetProperty("why").GetString())}")];

    private sealed record Make(string Name)
    {
        public string[] Lacks { get; init; } = [];

        public bool IgnoresLimits { get; init; }

        public bool IsBlind { get; init; }

        public bool StaysAway { get; init; }

        public bool IsAbsent { get; init; }
    }
}
