using EvCharge.ChargerSimulator.Connectors;
using EvCharge.Ocpp.V16.Reservation;

namespace EvCharge.ChargerSimulator.Reservations;

/// <summary>
/// What a charger holds for whom (OCPP 1.6 §5.13). A reservation ends by itself, and with a reboot: this charger has no
/// memory that outlives one.
/// </summary>
internal sealed class ReservationBook(ChargePoint charger)
{
    private readonly Lock _lock = new();
    private readonly List<Held> _held = [];

    /// <summary>Holds a connector, or with 0 keeps one free, and says which connectors have another status then.</summary>
    public (string Status, IReadOnlyList<Connector> Changed) Reserve(int id, int connector, string idTag, DateTimeOffset expiry)
    {
        var held = new Held(id, connector, idTag, expiry);
        lock (_lock)
        {
            var replaced = _held.Find(each => each.Id == id);
            if (Obstacle(held) is { } obstacle)
                return (obstacle, []);
            _held.RemoveAll(each => each.Id == id);
            _held.Add(held);
            charger.Spawn(() => ExpireAsync(held));
            return (ReservationStatus.Accepted, Show([.. Of(held), .. replaced is null ? [] : Of(replaced)]));
        }
    }

    /// <summary>Gives up a reservation, unless there is none of that number.</summary>
    public (bool Known, IReadOnlyList<Connector> Freed) Cancel(int id)
    {
        lock (_lock)
        {
            var held = _held.Find(each => each.Id == id);
            return (held is not null, held is null ? [] : Remove(held));
        }
    }

    /// <summary>Whether a driver with that tag finds the connector free for him.</summary>
    public bool MayUse(Connector connector, string idTag)
    {
        lock (_lock)
        {
            if (Waiting(connector, idTag) is not null)
                return true;
            var kept = _held.Count(each => each.Connector == 0);
            var free = charger.Connectors.Count(one => one.Session is null && one.Operative && !one.Reserved);
            return !connector.Reserved && free > kept;
        }
    }

    /// <summary>Ends the reservation that such a driver uses; its number, or null without one.</summary>
    public int? Take(Connector connector, string idTag)
    {
        lock (_lock)
        {
            if (Waiting(connector, idTag) is not { } held)
                return null;
            Remove(held);
            return held.Id;
        }
    }

    /// <summary>Forgets everything, as a reboot does.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _held.Clear();
            Show(charger.Connectors);
        }
    }

    private string? Obstacle(Held wanted)
    {
        if (wanted.Expiry <= charger.Options.Clock.GetUtcNow())
            return ReservationStatus.Rejected;
        var others = _held.Where(each => each.Id != wanted.Id).ToList();
        if (wanted.Connector == 0)
        {
            var free = charger.Connectors.Count(
                one => one.Session is null && one.Operative && others.TrueForAll(each => each.Connector != one.Number));
            return free > others.Count(each => each.Connector == 0) ? null : ReservationStatus.Occupied;
        }

        if (charger.Connectors.FirstOrDefault(one => one.Number == wanted.Connector) is not { } connector)
            return ReservationStatus.Rejected;
        if (!connector.Operative)
            return ReservationStatus.Unavailable;
        return connector.Session is null && others.TrueForAll(each => each.Connector != wanted.Connector) ? null : ReservationStatus.Occupied;
    }

    private Held? Waiting(Connector connector, string idTag) => _held.Find(each =>
        (each.Connector == 0 ? !connector.Reserved : each.Connector == connector.Number)
        && string.Equals(each.IdTag, idTag, StringComparison.OrdinalIgnoreCase));

    private IReadOnlyList<Connector> Remove(Held held)
    {
        _held.Remove(held);
        return Show(Of(held));
    }

    private IReadOnlyList<Connector> Of(Held held) => [.. charger.Connectors.Where(one => one.Number == held.Connector)];

    /// <summary>Marks the connectors; those without a session show it.</summary>
    private IReadOnlyList<Connector> Show(IReadOnlyList<Connector> connectors)
    {
        foreach (var connector in connectors)
            connector.Reserved = _held.Exists(each => each.Connector == connector.Number);
        return [.. connectors.Where(one => one.Session is null)];
    }

    private async Task ExpireAsync(Held held)
    {
        await charger.SleepAsync(held.Expiry - charger.Options.Clock.GetUtcNow());
        IReadOnlyList<Connector> freed;
        lock (_lock)
            freed = _held.Contains(held) ? Remove(held) : [];
        foreach (var connector in freed)
            await charger.Says.ReportAsync(connector, connector.IdleStatus);
    }

    private sealed record Held(int Id, int Connector, string IdTag, DateTimeOffset Expiry);
}
