using System.Text.Json;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Commands;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Reservations;
using EvCharge.Grains.Chargers.Asserted;
using EvCharge.History.Commands;
using EvCharge.History.Reservations;
using Microsoft.Extensions.Logging;

namespace EvCharge.Grains.Chargers;

/// <summary>
/// The reservations of a charger: asks it for those that were made, again after a boot for those it held, tells it of those that
/// are to go, and knows which one a transaction uses. Lives inside the charger's activation and runs on its scheduler.
/// </summary>
internal sealed partial class ReservationDesk
{
    private readonly ChargerId _charger;
    private readonly ReservationStore _store;
    private readonly CommandQueue _commands;
    private readonly Func<IStateDialect> _dialect;
    private readonly DeferredFacts _facts;
    private readonly TimeProvider _time;
    private readonly AskedWork _work;
    private IReadOnlyList<Reservation> _open = [];
    private bool _booted;

    public ReservationDesk(
        ChargerId charger, ReservationStore store, CommandQueue commands, Func<IStateDialect> dialect, DeferredFacts facts,
        TimeProvider time, ILogger logger)
    {
        (_charger, _store, _commands, _dialect, _facts, _time) = (charger, store, commands, dialect, facts, time);
        _work = new AskedWork(() => Task.FromResult(true), Work, fault => LogNotAsked(logger, charger, fault.Message));
    }

    /// <summary>Takes over what a former activation left.</summary>
    public async Task Restore()
    {
        _open = await _store.Open(_charger, _time.GetUtcNow());
        if (_open.Any(IsUnsaid))
        {
            _work.Ask();
        }
    }

    /// <summary>Somebody may have made or cancelled one.</summary>
    public void OnChanged() => _work.Ask();

    /// <summary>The charger is back: it can be told what it could not be told while it was away.</summary>
    public void OnConnected()
    {
        if (_open.Any(IsUnsaid))
        {
            _work.Ask();
        }
    }

    /// <summary>The charger may have forgotten what it held.</summary>
    public void OnBooted()
    {
        if (_open.Count > 0)
        {
            _booted = true;
            _work.Ask();
        }
    }

    /// <summary>Keeps what an answer, perhaps a late one, says of a reservation.</summary>
    public void OnAnswered(CommandRecord answered)
    {
        var at = answered.EndedAt ?? _time.GetUtcNow();
        if (_dialect().ReservationIn(answered) is { } reserved)
        {
            Adopt(reserved.OcppId, reservation => reservation.Answered(reserved.Outcome, at));
            _ = Keep(reserved.OcppId, () => _store.Answered(_charger, reserved.OcppId, reserved.Outcome, at));
        }
        else if (_dialect().CancelledIn(answered) is { } cancelled)
        {
            Adopt(cancelled, reservation => reservation.Forgotten(at));
            _ = Keep(cancelled, () => _store.Forgotten(_charger, cancelled, at));
        }
    }

    /// <summary>A transaction has begun; the reservation that it uses is over. Best effort, like a boot.</summary>
    public Task OnStarted(ReservationUse start)
    {
        if (_open.FirstOrDefault(reservation => reservation.IsMeantBy(start))?.OcppId is { } used)
        {
            var at = _time.GetUtcNow();
            Adopt(used, reservation => reservation.Used(start.TransactionId, at));
            return Keep(used, () => _store.Used(_charger, used, start.TransactionId, at));
        }

        // The charger names one that this activation does not hold open: it failed to answer in time, or expired before the
        // charger could tell of the start.
        return start.OcppId is > 0 and <= int.MaxValue and { } named
            ? Keep((int)named, () => _store.Used(_charger, (int)named, start.TransactionId, _time.GetUtcNow()))
            : Task.CompletedTask;
    }

    private static bool IsUnsaid(Reservation reservation) => reservation.Cancelling || reservation.Status == ReservationStatus.Requested;

    private async Task Work()
    {
        await _facts.Write();
        _open = await _store.Open(_charger, _time.GetUtcNow());
        var again = _booted;
        _booted = false;
        foreach (var reservation in _open)
        {
            if (reservation.Cancelling)
            {
                await Execute(_dialect().CancelReservation(reservation.OcppId), null);
            }
            else if (reservation.Status == ReservationStatus.Requested)
            {
                await Request(reservation);
            }
            else if (again)
            {
                await Execute(_dialect().Reserve(reservation), null);
            }
        }
    }

    /// <summary>Asks once, whatever happens to this activation meanwhile.</summary>
    private async Task Request(Reservation reservation)
    {
        var why = await Execute(_dialect().Reserve(reservation), $"reservation-{reservation.Id}");
        if (why is not null)
        {
            var at = _time.GetUtcNow();
            Adopt(reservation.OcppId, held => held.NotAnswered(why, at));
            await Keep(reservation.OcppId, () => _store.NotAnswered(_charger, reservation.OcppId, why, at));
        }
    }

    /// <returns>Null when the charger answered; else why it did not.</returns>
    private async Task<string?> Execute((string Action, byte[] Payload) call, string? idempotencyKey)
    {
        if (_commands.IsFull)
        {
            return "queueFull";
        }

        var id = await _commands.Submit(new ChargerCall(call.Action, call.Payload, AssertingCommands.Requester, idempotencyKey));
        if (_commands.Find(id) is not { } command)
        {
            return Word(CommandStatus.Unknown);
        }

        await command.Ended;
        return command.Record.Status == CommandStatus.Answered ? null : Word(command.Record.Status);
    }

    private static string Word(CommandStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());

    private void Adopt(int ocppId, Func<Reservation, Reservation> rule)
    {
        var now = _time.GetUtcNow();
        _open = [.. _open.Select(each => each.OcppId == ocppId ? rule(each) : each).Where(each => each.At(now).IsOpen)];
    }

    private Task Keep(int ocppId, Func<Task> write) => _facts.Keep($"reservation {ocppId}", write);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Charger}: its reservations were not settled: {Reason}")]
    private static partial void LogNotAsked(ILogger logger, ChargerId charger, string reason);
}
