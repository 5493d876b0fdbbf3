using EvCharge.ChargerSimulator.Sessions;

namespace EvCharge.ClusterTests.Simulator;

public sealed class ReservationTests
{
    [Fact]
    public async Task A_reserved_connector_shows_it_and_serves_only_the_tag_it_waits_for()
    {
        await using var csms = await TestCsms.StartAsync();
        await using var charger = await OnlineAsync(csms);

        Assert.Equal("Accepted", await ReserveAsync(csms, charger, 5, 1, "VIP"));
        Assert.Equal("Occupied", await ReserveAsync(csms, charger, 6, 1, "OTHER"));
        Assert.Equal("Rejected", await ReserveAsync(csms, charger, 6, 2, "OTHER"));
        await ReportedAsync(csms, "Reserved", 1);
        Assert.Equal(SessionEnd.NotAvailable, await charger.ChargeAsync(SimulatedCharger.Plan(tag: "OTHER")));

        Assert.Equal(SessionEnd.Finished, await charger.ChargeAsync(SimulatedCharger.Plan(tag: "vip")));
        await charger.DeliveredAsync();
        Assert.Equal(5, (int)csms.Calls("StartTransaction").Single().Payload["reservationId"]!);
        Assert.Equal("Available", charger.Point.Connectors[0].Status);
        Assert.Equal(SessionEnd.Finished, await charger.ChargeAsync(SimulatedCharger.Plan(tag: "OTHER")));
    }

    [Fact]
    public async Task Of_any_connector_one_is_kept_free()
    {
        await using var csms = await TestCsms.StartAsync();
        await using var charger = await OnlineAsync(csms);

        Assert.Equal("Accepted", await ReserveAsync(csms, charger, 5, 0, "VIP"));
        Assert.Equal("Occupied", await ReserveAsync(csms, charger, 6, 0, "OTHER"));
        Assert.Equal(SessionEnd.NotAvailable, await charger.ChargeAsync(SimulatedCharger.Plan(tag: "OTHER")));
        Assert.Equal(SessionEnd.Finished, await charger.ChargeAsync(SimulatedCharger.Plan(tag: "VIP")));
    }

    [Fact]
    public async Task It_ends_when_it_is_cancelled_when_its_time_is_over_and_with_a_reboot()
    {
        await using var csms = await TestCsms.StartAsync();
        await using var charger = await OnlineAsync(csms);
        var connector = charger.Point.Connectors[0];

        Assert.Equal("Accepted", await ReserveAsync(csms, charger, 5, 1, "VIP"));
        Assert.Equal("Accepted", await StatusOfAsync(csms, "CancelReservation", """{"reservationId":5}"""));
        Assert.Equal("Rejected", await StatusOfAsync(csms, "CancelReservation", """{"reservationId":5}"""));
        Assert.False(connector.Reserved);

        Assert.Equal("Accepted", await ReserveAsync(csms, charger, 6, 1, "VIP", TimeSpan.FromMinutes(2)));
        await ReportedAsync(csms, "Reserved", 2);
        await ReportedAsync(csms, "Available", 4);
        Assert.False(connector.Reserved);

        Assert.Equal("Accepted", await ReserveAsync(csms, charger, 7, 1, "VIP"));
        Assert.Equal("Accepted", await StatusOfAsync(csms, "Reset", """{"type":"Soft"}"""));
        await csms.WaitAsync("BootNotification", 2);
        Assert.False(connector.Reserved);
    }

    private static async Task<SimulatedCharger> OnlineAsync(TestCsms csms)
    {
        var charger = SimulatedCharger.Start(csms.Url);
        await csms.WaitAsync("StatusNotification", 2);
        return charger;
    }

    private static Task<string> ReserveAsync(
        TestCsms csms, SimulatedCharger charger, int id, int connector, string tag, TimeSpan? length = null)
    {
        var expiry = charger.Point.Options.Clock.GetUtcNow() + (length ?? TimeSpan.FromDays(20));
        return StatusOfAsync(
            csms, "ReserveNow",
            $$"""{"connectorId":{{connector}},"expiryDate":"{{expiry:yyyy-MM-ddTHH:mm:ssZ}}","idTag":"{{tag}}","reservationId":{{id}}}""");
    }

    private static async Task<string> StatusOfAsync(TestCsms csms, string action, string payload) =>
        (string)(await csms.CommandAsync("CP1", action, payload))[2]!["status"]!;

    /// <summary>Waits until a status was told that often.</summary>
    private static Task ReportedAsync(TestCsms csms, string status, int count) => csms.WaitAsync(
        calls => calls.Count(call => call.Action == "StatusNotification" && (string)call.Payload["status"]! == status) >= count);
}
