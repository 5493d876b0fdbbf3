using EvCharge.Domain.Identity;
using EvCharge.Domain.Reservations;
using EvCharge.History.Reservations;

namespace EvCharge.HistoryTests.Reservations;

public sealed class ReservationStoreTests
{
    private static readonly ChargerId Charger = new(TestHistory.Tenant, "CP1");

    [Fact]
    public async Task What_time_has_ended_is_written_down_and_what_is_open_stays()
    {
        await using var history = await TestHistory.Create();
        var now = history.Clock.GetUtcNow();
        var store = history.Reservations;
        var first = await Make(store, Of(1, "A", now, TimeSpan.FromMinutes(5)));
        var second = await Make(store, Of(2, "B", now, TimeSpan.FromMinutes(50)));
        await store.Answered(Charger, first.OcppId, "Accepted", now);

        var later = now.AddMinutes(6);
        await store.Expire(TestHistory.Tenant, later);

        Assert.Equal([second.Id], (await store.Open(Charger, later)).Select(each => each.Id));
        var expired = (await store.Find(SiteScope.All(TestHistory.Tenant), first.Id))!;
        Assert.Equal((ReservationStatus.Expired, first.Expiry), (expired.Status, expired.EndedAt));
        Assert.Equal(1L, await history.Scalar<long>("SELECT count(*) FROM reservation WHERE status = 6"));
    }

    [Fact]
    public async Task Of_many_at_once_one_tag_gets_the_connector_and_each_has_its_own_number()
    {
        await using var history = await TestHistory.Create();
        var now = history.Clock.GetUtcNow();

        var made = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            n => history.Reservations.Create(Of(1, $"T{n}", now, TimeSpan.FromHours(1)), null, 32)));
        var free = await Task.WhenAll(Enumerable.Range(0, 5).Select(
            n => history.Reservations.Create(Of(0, $"T{n}", now, TimeSpan.FromHours(1)), null, 4)));

        Assert.Single(made, each => each.Outcome == MadeOutcome.Made);
        Assert.Equal(9, made.Count(each => each.Outcome == MadeOutcome.Held));
        Assert.Equal(3, free.Where(each => each.Outcome == MadeOutcome.Made).Select(each => each.Reservation.OcppId).Distinct().Count());
        Assert.Equal(2, free.Count(each => each.Outcome == MadeOutcome.TooMany));
    }

    [Fact]
    public async Task A_key_of_an_idempotent_request_holds_for_a_day()
    {
        await using var history = await TestHistory.Create();
        var now = history.Clock.GetUtcNow();
        var first = await history.Reservations.Create(Of(1, "A", now, TimeSpan.FromDays(3)), "key", 32);
        var again = await history.Reservations.Create(Of(1, "A", now.AddHours(23), TimeSpan.FromDays(3)), "key", 32);
        var later = await history.Reservations.Create(Of(1, "A", now.AddHours(25), TimeSpan.FromDays(3)), "key", 32);

        Assert.Equal(first.Reservation.Id, again.Reservation.Id);
        Assert.NotEqual(first.Reservation.Id, later.Reservation.Id);
    }

    [Fact]
    public async Task Everything_of_it_comes_back()
    {
        await using var history = await TestHistory.Create();
        var now = history.Clock.GetUtcNow();
        var made = await Make(history.Reservations, Of(1, "A", now, TimeSpan.FromHours(1)) with { ParentIdTag = new IdTag("G"), Site = "S1" });

        await history.Reservations.Answered(Charger, made.OcppId, "Accepted", now);
        await history.Reservations.Cancel(TestHistory.Tenant, made.Id, now);
        await history.Reservations.Used(Charger, made.OcppId, 77, now);

        Assert.Equal(
            made with { Status = ReservationStatus.Used, Outcome = "Accepted", TransactionId = 77, EndedAt = now },
            await history.Reservations.Find(SiteScope.All(TestHistory.Tenant), made.Id));
        Assert.Null(await history.Reservations.Cancel(TestHistory.Tenant, made.Id, now));
        Assert.Null(await history.Reservations.Find(SiteScope.All(new TenantId("other")), made.Id));
    }

    private static async Task<Reservation> Make(ReservationStore store, Reservation reservation) =>
        (await store.Create(reservation, null, 32)).Reservation;

    private static Reservation Of(int connector, string tag, DateTimeOffset now, TimeSpan length) => new()
    {
        Charger = Charger,
        Id = 1,
        Connector = connector,
        IdTag = new IdTag(tag),
        Expiry = now + length,
        RequestedBy = "x",
        RequestedAt = now,
    };
}
