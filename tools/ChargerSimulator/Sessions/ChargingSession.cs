using EvCharge.ChargerSimulator.Connectors;
using EvCharge.ChargerSimulator.Ledgers;
using EvCharge.ChargerSimulator.Vehicles;
using EvCharge.Ocpp.V16.Core;

namespace EvCharge.ChargerSimulator.Sessions;

/// <summary>One visit of a vehicle: plug, authorize, start, samples, stop, unplug.</summary>
internal sealed class ChargingSession
{
    private readonly ChargePoint _charger;
    private readonly Connector _connector;
    private readonly SessionPlan _plan;
    private readonly TaskCompletionSource<string> _stopWish = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TransactionTicket _ticket;

    public ChargingSession(ChargePoint charger, Connector connector, SessionPlan plan)
    {
        _charger = charger;
        _connector = connector;
        _plan = plan;
        _ticket = new(charger.Options.Ledger?.NextSession() ?? 0, StopWhenDenied);
    }

    public int? TransactionId => _ticket.TransactionId;

    /// <summary>When charging began; null before.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    private TimeProvider Clock => _charger.Options.Clock;

    /// <summary>Asks the session to end; the first reason counts.</summary>
    public void Stop(string reason) => _stopWish.TrySetResult(reason);

    public async Task<SessionEnd> RunAsync(CancellationToken stop)
    {
        if (!_charger.Reservations.MayUse(_connector, _plan.IdTag) || !_connector.TryOccupy(this))
            return SessionEnd.NotAvailable;
        try
        {
            await _charger.Says.ReportAsync(_connector, ChargePointStatus.Preparing);
            if (!await MayChargeAsync(stop))
                return SessionEnd.NotAuthorized;
            await ChargeAsync(stop);
            return SessionEnd.Finished;
        }
        finally
        {
            _connector.Meter.Connect(null, 0);
            _connector.Free();
            await _charger.Says.ReportAsync(_connector, _connector.IdleStatus);
        }
    }

    private async Task<bool> MayChargeAsync(CancellationToken stop) =>
        (_plan.RemotelyStarted && !_charger.Settings.AuthorizeRemoteTxRequests) || await _charger.Says.AuthorizeAsync(_plan.IdTag, stop);

    private async Task ChargeAsync(CancellationToken stop)
    {
        _connector.Pilot.Begin();
        _connector.Meter.Connect(_plan.Vehicle, _connector.Pilot.Read);
        var first = _connector.Meter.Read();
        StartedAt = first.At;
        _charger.Queue(StartOf(first));
        await _charger.Says.ReportAsync(_connector, ChargePointStatus.Charging);
        var reason = await SampleUntilStopAsync(first.At + _plan.Length, stop);
        _connector.Meter.Connect(null, 0);
        var last = _connector.Meter.Read();
        _charger.Queue(StopOf(last, reason));
        await _charger.Says.ReportAsync(_connector, ChargePointStatus.Finishing);
        await Task.Delay(_plan.Linger, Clock, stop);
    }

    /// <summary>Samples at the interval until the plan's end or a wish to stop; answers the reason.</summary>
    private async Task<string> SampleUntilStopAsync(DateTimeOffset end, CancellationToken stop)
    {
        while (true)
        {
            var left = end - Clock.GetUtcNow();
            var interval = _charger.Settings.MeterValueSampleInterval;
            if (left <= TimeSpan.Zero)
                return StopReason.Local;
            if (await WishWithinAsync(left < interval ? left : interval, stop) is { } reason)
                return reason;
            if (left > interval)
                await SampleAsync();
        }
    }

    private async Task SampleAsync()
    {
        var reading = _connector.Meter.Read();
        _charger.Queue(SampleOf(reading));
        var status = reading.PowerW > 0 ? ChargePointStatus.Charging
            : _connector.Pilot.Read() < ElectricVehicle.LeastCurrent ? ChargePointStatus.SuspendedEVSE
            : ChargePointStatus.SuspendedEV;
        if (_connector.Status != status)
            await _charger.Says.ReportAsync(_connector, status);
    }

    private async Task<string?> WishWithinAsync(TimeSpan time, CancellationToken stop)
    {
        try
        {
            return await _stopWish.Task.WaitAsync(time, Clock, stop);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private void StopWhenDenied()
    {
        if (_charger.Settings.StopTransactionOnInvalidId)
            Stop(StopReason.DeAuthorized);
    }

    private TransactionMessage StartOf(MeterReading reading)
    {
        var entry = EntryOf(LedgerKind.Start, reading) with { IdTag = _plan.IdTag };
        return _charger.Dialect.Start(entry, _ticket, _charger.Reservations.Take(_connector, _plan.IdTag));
    }

    private TransactionMessage SampleOf(MeterReading reading) =>
        _charger.Dialect.Sample(EntryOf(LedgerKind.Sample, reading), reading, _ticket);

    private TransactionMessage StopOf(MeterReading reading, string reason)
    {
        var entry = EntryOf(LedgerKind.Stop, reading) with { IdTag = _plan.IdTag, Reason = reason };
        return _charger.Dialect.Stop(entry, _ticket);
    }

    private LedgerEntry EntryOf(LedgerKind kind, MeterReading reading) => new()
    {
        Charger = _charger.Identity,
        Session = _ticket.Session,
        Kind = kind,
        Connector = _connector.Number,
        Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(reading.At.ToUnixTimeMilliseconds()),
        MeterWh = reading.MeterWh,
    };
}
