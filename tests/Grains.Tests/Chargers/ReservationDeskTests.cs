using EvCharge.Domain.Identity;
using EvCharge.Domain.Reservations;
using EvCharge.History.Reservations;
using Orleans.Core.Internal;

namespace EvCharge.GrainsTests.Chargers;

public sealed class ReservationDeskTests(GrainsFixture fixture)
{
    private readonly ReservationStore _store = fixture.Service<ReservationStore>();

    [Fact]
    public async Task An_activation_that_went_leaves_its_reservations_to_the_next()
    {
        var charger = await fixture.Connect();
        var reservation = await Make(charger);
        await charger.Grain.Reload();
        var asked = await charger.Gateway.Next();
        Assert.Equal("ReserveNow", asked.Action);
        await charger.Answer(asked, """{"status":"Accepted"}""");
        await Becomes(reservation, ReservationStatus.Accepted);

        await Forget(charger);
        await charger.Start();

        await Becomes(reservation, ReservationStatus.Used);
    }

    [Fact]
    public async Task One_that_nobody_was_told_of_is_asked_for_when_the_charger_comes()
    {
        var charger = await fixture.Connect();
        var reservation = await Make(charger);

        await Forget(charger);

        var asked = await charger.Gateway.Next();
        Assert.Equal("ReserveNow", asked.Action);
        await charger.Answer(asked, """{"status":"Unavailable"}""");
        await Becomes(reservation, ReservationStatus.Refused);
    }

    [Fact]
    public async Task A_start_that_names_one_whose_time_is_over_or_that_failed_has_used_it_all_the_same()
    {
        var charger = await fixture.Connect();
        var reservation = await Make(charger);
        await _store.NotAnswered(charger.Id, reservation.OcppId, "timeout", TimeProvider.System.GetUtcNow());

        await charger.Result("StartTransaction",
            $$"""{"connectorId":1,"idTag":"GOOD","meterStart":1,"timestamp":"2026-03-01T12:00:00Z","reservationId":{{reservation.OcppId}}}""");

        await Becomes(reservation, ReservationStatus.Used);
    }

    private static async Task Forget(TestCharger charger)
    {
        await charger.Grain.Cast<IGrainManagementExtension>().DeactivateOnIdle();
        await charger.Gateway.RebindAsked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await charger.Attach(rebind: true);
    }

    private async Task<Reservation> Make(TestCharger charger)
    {
        var now = TimeProvider.System.GetUtcNow();
        var made = await _store.Create(
            new Reservation
            {
                Charger = charger.Id,
                Id = 1,
                Connector = 1,
                IdTag = new IdTag("GOOD"),
                Expiry = now.AddHours(1),
                RequestedBy = "x",
                RequestedAt = now,
            },
            null,
            mostOpen: 8);
        return made.Reservation;
    }

    private Task Becomes(Reservation reservation, ReservationStatus status) => TwoSilos.Eventually(
        async () => (await _store.Find(SiteScope.All(reservation.Charger.Tenant), reservation.Id))!.Status == status);
}
