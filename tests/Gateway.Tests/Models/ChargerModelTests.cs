using System.Net;
using System.Text.Json;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Models;

/// <summary>Chargers that leave out of their messages what others say.</summary>
public sealed class ChargerModelTests(GatewayHost host)
{
    private const string Boot = """{"chargePointVendor":"LOCAL","chargePointModel":"m"}""";
    private const string Floating = "2026-03-01T12:00:00";
    private static readonly DateTimeOffset InUtc = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset InParis = InUtc.AddHours(-1);

    private readonly Records _records = new(host.Services);

    [Fact]
    public async Task What_a_model_leaves_out_is_filled_in_from_its_file()
    {
        var name = await NewCharger(new { });
        await using var charger = await Booted(name, Boot);
        var transaction = await charger.Started(Transactions.Start(Floating));
        await charger.Call("MeterValues", Transactions.Meter(transaction, "2026-03-01T12:10:00", "2.5"));

        var stored = await _records.Transaction(name);
        Assert.Equal(InParis, stored.StartedAt);
        Assert.Equal(1_500, stored.EnergyWh);
    }

    [Fact]
    public async Task Others_mean_UTC_and_watt_hours()
    {
        var name = await NewCharger(new { });
        await using var charger = await Booted(name, WireCharger.Boot);
        var transaction = await charger.Started(Transactions.Start(Floating));
        await charger.Call("MeterValues", Transactions.Meter(transaction, "2026-03-01T12:10:00", "2500"));

        var stored = await _records.Transaction(name);
        Assert.Equal(InUtc, stored.StartedAt);
        Assert.Equal(1_500, stored.EnergyWh);
    }

    [Theory]
    [InlineData("Europe/Paris", WireCharger.Boot, -1)]
    [InlineData("UTC", Boot, 0)]
    public async Task A_setting_of_the_charger_goes_over_its_model(string timeZone, string boot, int hours)
    {
        var name = await NewCharger(new { timeZone });
        await using var charger = await Booted(name, boot);
        await charger.Started(Transactions.Start(Floating));

        Assert.Equal(InUtc.AddHours(hours), (await _records.Transaction(name)).StartedAt);
    }

    [Fact]
    public async Task Stamps_that_name_their_zone_mean_it()
    {
        var name = await NewCharger(new { timeZone = "Europe/Paris" });
        await using var charger = await Booted(name, WireCharger.Boot);
        await charger.Started(Transactions.Start("2026-03-01T12:00:00Z"));

        Assert.Equal(InUtc, (await _records.Transaction(name)).StartedAt);
    }

    [Fact]
    public async Task Settings_are_shown_and_nonsense_is_refused()
    {
        var name = await NewCharger(new { timeZone = "site", ping = false });
        var shown = (await host.Administrator.Get($"/api/v1/chargers/{name}")).Expect(HttpStatusCode.OK).Body;
        Assert.Equal("site", shown.GetProperty("timeZone").GetString());
        Assert.Equal(JsonValueKind.False, shown.GetProperty("ping").ValueKind);

        (await host.Administrator.Put($"/api/v1/chargers/{name}", new { timeZone = "Europe/Nowhere" })).Expect(HttpStatusCode.UnprocessableEntity);
    }

    private async Task<WireCharger> Booted(string name, string boot)
    {
        var charger = await WireCharger.Open(host.Address, $"/ocpp/{name}", null, "ocpp1.6");
        Assert.Equal("Accepted", (await charger.Call("BootNotification", boot)).GetProperty("status").GetString());
        return charger;
    }

    private async Task<string> NewCharger(object settings)
    {
        var name = host.Name("CP");
        (await host.Administrator.Put($"/api/v1/chargers/{name}", settings)).Expect(HttpStatusCode.Created);
        return name;
    }
}
