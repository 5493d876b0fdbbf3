using EvCharge.Domain.Identity;
using EvCharge.Domain.Reservations;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using EvCharge.History.DesiredState;
using EvCharge.History.Reservations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace EvCharge.Gateway.Reservations;

/// <summary>Connectors that are held for tags, newest first.</summary>
internal static class ReservationsApi
{
    private const string List = "reservations";

    /// <summary>The key by which a charger says that it holds no connector of its own choice (OCPP 1.6 §9.3.2).</summary>
    private const string AnyConnectorKey = "ReserveConnectorZeroSupported";

    public static void MapReservations(this IEndpointRouteBuilder api)
    {
        var reservations = api.MapGroup("/reservations").WithTags("Reservations");
        reservations.MapPost("", Create).RequirePermission(Permission.SendCalls).NarrowedToSites()
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithName("createReservation").WithSummary("Have a charger hold a connector, or with 0 any, for a tag")
            .WithDescription("409 reserved: the connector is held for another tag. GET tells how the charger answered.");
        reservations.MapGet("", Page).RequirePermission(Permission.ReadTransactions).NarrowedToSites()
            .WithName("listReservations").WithSummary("Reservations, newest first");
        reservations.MapGet("/{id:long}", Get).RequirePermission(Permission.ReadTransactions).NarrowedToSites()
            .WithName("getReservation").WithSummary("One reservation");
        reservations.MapDelete("/{id:long}", Cancel).RequirePermission(Permission.SendCalls).NarrowedToSites()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("cancelReservation").WithSummary("Have the charger give the connector free")
            .WithDescription("A charger that is not connected is told when it comes back.");
    }

    private static async Task<Accepted<ReservationView>> Create(
        Caller caller,
        ReservationInput body,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        ReservationStore store,
        ConfigurationStore configuration,
        DesiredStateStore settings,
        Owners owners,
        IOptions<ReservationOptions> options,
        TimeProvider time)
    {
        Ids.CheckIdempotencyKey(idempotencyKey);
        var now = time.GetUtcNow();
        var reservation = await Placed(caller, body.Checked(caller, now, options.Value), body, configuration, settings);
        var made = await store.Create(reservation, idempotencyKey, options.Value.MostOfCharger);
        if (made.Outcome == MadeOutcome.Held)
        {
            throw ApiFault.Conflict("reserved", "The connector is reserved for another tag.");
        }

        if (made.Outcome == MadeOutcome.TooMany)
        {
            throw ApiFault.Conflict("too-many", $"The charger has {options.Value.MostOfCharger} open reservations already.");
        }

        await owners.ChargerChanged(made.Reservation.Charger);
        return TypedResults.Accepted($"/api/v1/reservations/{made.Reservation.Id}", ReservationView.Of(made.Reservation, now));
    }

    private static async Task<Page<ReservationView>> Page(
        Caller caller, [AsParameters] ReservationSearch search, [AsParameters] PageRequest page, ReservationStore store, TimeProvider time)
    {
        var (filter, now) = (search.Filter(), time.GetUtcNow());
        return await page.Read(
            List,
            (before, limit) => store.List(caller.Scope, filter, now, RowId.Read(before), limit),
            reservation => RowId.Write(reservation.Id),
            reservation => ReservationView.Of(reservation, now));
    }

    private static async Task<ReservationView> Get(Caller caller, long id, ReservationStore store, TimeProvider time) =>
        ReservationView.Of(await Existing(caller, id, store), time.GetUtcNow());

    private static async Task<Accepted<ReservationView>> Cancel(
        Caller caller, long id, ReservationStore store, Owners owners, TimeProvider time)
    {
        await Existing(caller, id, store);
        var now = time.GetUtcNow();
        var cancelled = await store.Cancel(caller.Tenant, id, now) ?? throw ApiFault.Conflict("ended", "The reservation is over.");
        await owners.ChargerChanged(cancelled.Charger);
        return TypedResults.Accepted($"/api/v1/reservations/{id}", ReservationView.Of(cancelled, now));
    }

    private static async Task<Reservation> Existing(Caller caller, long id, ReservationStore store) =>
        await store.Find(caller.Scope, id) ?? throw ApiFault.NotFound("There is no such reservation.");

    /// <summary>The reservation at its charger, if that has the connector.</summary>
    private static async Task<Reservation> Placed(
        Caller caller, Reservation reservation, ReservationInput body, ConfigurationStore configuration, DesiredStateStore settings)
    {
        var known = await configuration.Charger(reservation.Charger) is { } found && caller.Scope.Covers(found.Value.Site)
            ? found
            : throw ApiFault.Invalid("charger", "is no charger");
        if (reservation.Connector != 0)
        {
            return known.Value.Connectors.Any(each => each.Connector == reservation.Connector)
                ? reservation with { Site = known.Value.Site }
                : throw ApiFault.Invalid("connector", "is no connector of the charger");
        }

        var said = (await settings.Keys(reservation.Charger))
            .FirstOrDefault(key => string.Equals(key.Name, AnyConnectorKey, StringComparison.OrdinalIgnoreCase))?.Actual;
        return string.Equals(said, "false", StringComparison.OrdinalIgnoreCase)
            ? throw ApiFault.Invalid("connector", $"must not be 0: the charger says {AnyConnectorKey}=false")
            : reservation with { Site = known.Value.Site };
    }
}

/// <summary>A wish to have a connector held.</summary>
/// <param name="Charger">Name of a charger.</param>
/// <param name="Connector">0 for any of the charger.</param>
/// <param name="IdTag">At most 20 characters.</param>
/// <param name="ParentIdTag">Tags of this group may use the reservation too.</param>
/// <param name="Expiry">In the future, at most <c>Reservations:MostDays</c> off.</param>
public sealed record ReservationInput(
    string? Charger = null, int? Connector = null, string? IdTag = null, string? ParentIdTag = null, DateTimeOffset? Expiry = null)
{
    /// <summary>Longer ones do not fit into the request to the charger (OCPP 1.6 §7.28).</summary>
    private const int LongestTag = 20;

    /// <exception cref="ApiFault">422 naming every member at fault.</exception>
    internal Reservation Checked(Caller caller, DateTimeOffset now, ReservationOptions options)
    {
        new Checks()
            .That(Charger is not null && ChargerId.TryParse(caller.Tenant, Charger, out _), "charger", "must be the name of a charger")
            .That(Connector is >= 0, "connector", "must be 0 for any, or a connector of the charger")
            .That(Ids.IsPrintable(IdTag, LongestTag), "idTag", $"must be 1 to {LongestTag} printable characters")
            .That(ParentIdTag is null || Ids.IsPrintable(ParentIdTag, LongestTag), "parentIdTag", $"must be 1 to {LongestTag} printable characters")
            .That(Expiry > now && Expiry <= now.AddDays(options.MostDays), "expiry", $"must be in the future, at most {options.MostDays} days off")
            .ThrowIfAny();
        return new Reservation
        {
            Charger = caller.Charger(Charger!),
            Id = 1, // The store gives the real one.
            Connector = Connector!.Value,
            IdTag = new IdTag(IdTag!),
            ParentIdTag = ParentIdTag is null ? null : new IdTag(ParentIdTag),
            Expiry = Times.Storable(Expiry!.Value),
            RequestedBy = caller.Name,
            RequestedAt = now,
        };
    }
}

/// <summary>Members left out do not filter; <c>from</c> and <c>to</c> are half-open, on the request.</summary>
public readonly record struct ReservationSearch(
    string? Charger, int? Connector, string? IdTag, string? Site, string? Status, DateTimeOffset? From, DateTimeOffset? To)
{
    private const int MaxLength = 255;

    /// <exception cref="ApiFault">400 for what can match nothing because of its form.</exception>
    internal ReservationFilter Filter()
    {
        Check("charger", Charger);
        Check("idTag", IdTag);
        Check("site", Site);
        return To < From
            ? throw ApiFault.BadRequest("to", "is before from")
            : new ReservationFilter(
                Charger, Connector, IdTag, Site, Words.Read<ReservationStatus>("status", Status),
                From?.ToUniversalTime(), To?.ToUniversalTime());
    }

    private static void Check(string field, string? text)
    {
        if (text is { Length: 0 or > MaxLength })
        {
            throw ApiFault.BadRequest(field, $"must be 1 to {MaxLength} characters");
        }
    }
}

/// <summary>A reservation.</summary>
/// <param name="ReservationId">Its number on the wire.</param>
/// <param name="Status">requested, accepted, refused, failed, used, cancelled, expired or lost.</param>
/// <param name="Outcome">
/// The charger's last answer, or why it gave none: offline, timeout, unknown, error, queueFull; null before any.
/// </param>
/// <param name="Cancelling">It is to go, and the charger has not been told yet.</param>
/// <param name="Transaction">The transaction that used it; null otherwise.</param>
public sealed record ReservationView(
    long Id,
    int ReservationId,
    string Charger,
    int Connector,
    string? Site,
    string IdTag,
    string? ParentIdTag,
    DateTimeOffset Expiry,
    string Status,
    string? Outcome,
    bool Cancelling,
    long? Transaction,
    string RequestedBy,
    DateTimeOffset RequestedAt,
    DateTimeOffset? EndedAt)
{
    internal static ReservationView Of(Reservation stored, DateTimeOffset now)
    {
        var reservation = stored.At(now);
        return new ReservationView(
            reservation.Id,
            reservation.OcppId,
            reservation.Charger.Name,
            reservation.Connector,
            reservation.Site,
            reservation.IdTag.Value,
            reservation.ParentIdTag?.Value,
            reservation.Expiry,
            Words.Of(reservation.Status),
            reservation.Outcome,
            reservation.Cancelling,
            reservation.TransactionId,
            reservation.RequestedBy,
            reservation.RequestedAt,
            reservation.EndedAt);
    }
}
