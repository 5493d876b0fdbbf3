using EvCharge.Domain.Identity;
using EvCharge.Domain.Reservations;
using EvCharge.History.Engines;
using EvCharge.History.Identifiers;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Reservations;

/// <summary>Reservations: made and cancelled by operators, settled by the charger grains.</summary>
public sealed class ReservationStore(HistoryEngine engine)
{
    private const string IdName = "reservation";
    private const int Requested = (int)ReservationStatus.Requested;
    private const int Accepted = (int)ReservationStatus.Accepted;
    private static readonly TimeSpan IdempotencyPeriod = TimeSpan.FromHours(24);

    /// <summary>
    /// Stores a reservation under a new id, unless one of another tag holds the connector or the charger has too many. With an
    /// idempotency key that one of the tenant used within 24 h that one is handed back and nothing is stored.
    /// </summary>
    public Task<ReservationMade> Create(Reservation reservation, string? idempotencyKey, int mostOpen) => engine.Write(write =>
    {
        var (charger, now) = (reservation.Charger, reservation.RequestedAt);
        write.Alone(charger.Tenant, IdName);
        if (idempotencyKey is not null && FindEarlier(write.Tables, reservation, idempotencyKey) is { } earlier)
        {
            return new ReservationMade(earlier.ToReservation(), MadeOutcome.Made);
        }

        var open = OpenOf(write.Tables, charger, now).OrderBy(row => row.Id).Take(mostOpen).ToList().ConvertAll(row => row.ToReservation());
        if (open.Find(each => each.Blocks(reservation.Connector, reservation.IdTag, now)) is { } holder)
        {
            return new ReservationMade(holder, MadeOutcome.Held);
        }

        if (open.Count >= mostOpen)
        {
            return new ReservationMade(reservation, MadeOutcome.TooMany);
        }

        var stored = reservation with { Id = IdStatements.Reserve(write, charger.Tenant, IdName, 1) };
        write.Tables.Insert(stored.ToRow(idempotencyKey));
        return new ReservationMade(stored, MadeOutcome.Made);
    });

    /// <summary>Null also for one at a site which the scope leaves out.</summary>
    public Task<Reservation?> Find(SiteScope scope, long id) => engine.Read<Reservation?>(
        async tables => (await Of(tables, scope.Tenant, id).FirstOrDefaultAsync())?.ToReservation() is { } found && scope.Covers(found.Site) ? found : null);

    /// <summary>Newest first; <paramref name="before"/> is the last id seen.</summary>
    public Task<IReadOnlyList<Reservation>> List(SiteScope scope, ReservationFilter filter, DateTimeOffset now, long? before, int limit) =>
        engine.Read<IReadOnlyList<Reservation>>(async tables =>
        {
            var bound = before ?? long.MaxValue;
            var seen = tables.Reservations.Where(row => row.TenantId == scope.Tenant.Value && row.Id < bound);
            seen = scope.Sites is { } sites ? seen.Where(row => row.SiteId != null && sites.Contains(row.SiteId)) : seen;
            var rows = await Filter(seen, filter, now)
                .OrderByDescending(row => row.Id)
                .Take(limit)
                .ToListAsync();
            return rows.ConvertAll(row => row.ToReservation());
        });

    /// <summary>What a charger holds, or may soon, oldest first.</summary>
    public Task<IReadOnlyList<Reservation>> Open(ChargerId charger, DateTimeOffset now) =>
        engine.Read<IReadOnlyList<Reservation>>(async tables =>
            (await OpenOf(tables, charger, now).OrderBy(row => row.Id).ToListAsync()).ConvertAll(row => row.ToReservation()));

    /// <summary>Says that a reservation is to go that the charger holds, or may hold.</summary>
    /// <returns>The reservation then; null for one that is over.</returns>
    public Task<Reservation?> Cancel(TenantId tenant, long id, DateTimeOffset now) => engine.Write(write =>
    {
        var row = Of(write.Tables, tenant, id).FirstOrDefault();
        if (row is null || row.ToReservation().Cancel(now) is not { } cancelled)
        {
            return null;
        }

        write.Tables.Update(cancelled.ToRow(row.IdempotencyKey));
        return cancelled;
    });

    /// <summary>Keeps how the charger answered the request for the reservation of that number; an unknown number is left alone.</summary>
    public Task Answered(ChargerId charger, int ocppId, string answer, DateTimeOffset at) =>
        Change(charger, ocppId, reservation => reservation.Answered(answer, at));

    /// <summary>Keeps that the charger could not be asked, or did not answer.</summary>
    public Task NotAnswered(ChargerId charger, int ocppId, string why, DateTimeOffset at) =>
        Change(charger, ocppId, reservation => reservation.NotAnswered(why, at));

    /// <summary>Keeps that the charger does not hold it any more.</summary>
    public Task Forgotten(ChargerId charger, int ocppId, DateTimeOffset at) =>
        Change(charger, ocppId, reservation => reservation.Forgotten(at));

    /// <summary>Keeps that a transaction began with it.</summary>
    public Task Used(ChargerId charger, int ocppId, long transaction, DateTimeOffset at) =>
        Change(charger, ocppId, reservation => reservation.Used(transaction, at));

    /// <summary>Writes down what time alone has ended in the tenant.</summary>
    public Task Expire(TenantId tenant, DateTimeOffset now) => engine.Write(write => write.Tables.Reservations
        .Where(row => row.TenantId == tenant.Value && (row.Status == Requested || row.Status == Accepted) && row.Expiry <= now)
        .Set(row => row.Status, (int)ReservationStatus.Expired)
        .Set(row => row.EndedAt, row => row.Expiry)
        .Set(row => row.Cancelling, false)
        .Update());

    private Task Change(ChargerId charger, int ocppId, Func<Reservation, Reservation> rule) => engine.Write(write =>
    {
        var row = write.Tables.Reservations
            .Where(each => each.TenantId == charger.Tenant.Value && each.ChargerId == charger.Name && each.OcppId == ocppId)
            .OrderByDescending(each => each.Id)
            .FirstOrDefault();
        return row is null ? 0 : write.Tables.Update(rule(row.ToReservation()).ToRow(row.IdempotencyKey));
    });

    private static ReservationRow? FindEarlier(HistoryTables tables, Reservation reservation, string idempotencyKey)
    {
        var (tenant, since) = (reservation.Charger.Tenant.Value, reservation.RequestedAt - IdempotencyPeriod);
        return tables.Reservations.FirstOrDefault(row =>
            row.TenantId == tenant && row.IdempotencyKey == idempotencyKey && row.RequestedAt > since);
    }

    private static IQueryable<ReservationRow> Of(HistoryTables tables, TenantId tenant, long id) =>
        tables.Reservations.Where(row => row.TenantId == tenant.Value && row.Id == id);

    private static IQueryable<ReservationRow> OpenOf(HistoryTables tables, ChargerId charger, DateTimeOffset now) =>
        tables.Reservations.Where(row => row.TenantId == charger.Tenant.Value
            && row.ChargerId == charger.Name
            && (row.Status == Requested || row.Status == Accepted)
            && row.Expiry > now);

    private static IQueryable<ReservationRow> Filter(IQueryable<ReservationRow> rows, ReservationFilter filter, DateTimeOffset now)
    {
        var tagKey = filter.IdTag is null ? null : ReservationRows.KeyOf(new IdTag(filter.IdTag));
        rows = filter.Charger is null ? rows : rows.Where(row => row.ChargerId == filter.Charger);
        rows = filter.Connector is null ? rows : rows.Where(row => row.Connector == filter.Connector);
        rows = tagKey is null ? rows : rows.Where(row => row.TagKey == tagKey);
        rows = filter.Site is null ? rows : rows.Where(row => row.SiteId == filter.Site);
        rows = filter.From is null ? rows : rows.Where(row => row.RequestedAt >= filter.From);
        rows = filter.To is null ? rows : rows.Where(row => row.RequestedAt < filter.To);
        return filter.Status switch
        {
            null => rows,
            ReservationStatus.Expired => rows.Where(row => row.Status == (int)ReservationStatus.Expired
                || ((row.Status == Requested || row.Status == Accepted) && row.Expiry <= now)),
            ReservationStatus.Requested or ReservationStatus.Accepted =>
                rows.Where(row => row.Status == (int)filter.Status.Value && row.Expiry > now),
            { } other => rows.Where(row => row.Status == (int)other),
        };
    }
}

/// <summary>Members left null do not filter; from and to are UTC, half-open, on the request.</summary>
public sealed record ReservationFilter(
    string? Charger = null,
    int? Connector = null,
    string? IdTag = null,
    string? Site = null,
    ReservationStatus? Status = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null);

/// <param name="Reservation">The one made, or made before under the same key; the one that stands in the way.</param>
public sealed record ReservationMade(Reservation Reservation, MadeOutcome Outcome);

public enum MadeOutcome
{
    Made,

    /// <summary>Another tag has reserved the connector.</summary>
    Held,

    /// <summary>The charger has as many open reservations as it may.</summary>
    TooMany,
}
