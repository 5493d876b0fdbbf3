using System.Collections.Immutable;
using EvCharge.ChargerSimulator.Connectors;
using EvCharge.ChargerSimulator.Faults;
using EvCharge.ChargerSimulator.Sessions;
using EvCharge.ChargerSimulator.Settings;
using EvCharge.ChargerSimulator.V16;
using EvCharge.ChargerSimulator.Vehicles;
using EvCharge.ChargerSimulator.Wire;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvCharge.ChargerSimulator;

/// <summary>One simulated charger. <see cref="RunAsync"/> keeps it connected; scripts and faults may come from any thread.</summary>
public sealed class ChargePoint
{
    private readonly ConnectionLoop _connection;
    private readonly TransactionOutbox _outbox;
    private readonly V16Commands _commands;
    private readonly FaultDice _dice;
    private readonly TaskCompletionSource _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationToken _life;
    private volatile byte[]? _lastFrame;
    private int _malformed;
    private int _commandsReceived;

    public ChargePoint(ChargePointOptions options, ILogger<ChargePoint>? logger = null)
    {
        Options = options;
        Settings = new ChargerSettings(options);
        Connectors = [.. Enumerable.Range(1, options.Connectors).Select(number => new Connector(number, new EnergyMeter(options.Clock)))];
        Dialect = new V16Dialect(options);
        _dice = new FaultDice(options.Faults, options.Seed);
        _commands = new V16Commands(this, _dice);
        _outbox = new TransactionOutbox(this, options);
        _connection = new ConnectionLoop(this, logger ?? NullLogger<ChargePoint>.Instance);
    }

    public ChargePointOptions Options { get; }

    public string Identity => Options.Identity;

    public ChargerSettings Settings { get; }

    public ImmutableArray<Connector> Connectors { get; }

    /// <summary>Transaction messages that the CSMS has not answered yet.</summary>
    public int WaitingMessages => _outbox.Waiting;

    /// <summary>Commands of the CSMS that arrived, on all connections.</summary>
    public int CommandsReceived => Volatile.Read(ref _commandsReceived);

    internal V16Dialect Dialect { get; }

    /// <summary>Runs until <paramref name="stop"/>, then closes the connection in order. A defect of the script is thrown.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var life = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _life = life.Token;
        var running = Task.WhenAll(_connection.RunAsync(_life), _outbox.RunAsync(_life));
        try
        {
            await await Task.WhenAny(running, _failure.Task);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to end: this is the orderly way out.
        }
        finally
        {
            await life.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Completes when the CSMS has accepted the charger.</summary>
    public Task WaitOnlineAsync(CancellationToken stop) => OnlineAsync(stop);

    /// <summary>Completes when the CSMS has answered every transaction message made so far.</summary>
    public Task WaitDeliveredAsync(CancellationToken stop) => _outbox.DeliveredAsync(stop);

    /// <summary>Plays one visit of a vehicle at a connector.</summary>
    public Task<SessionEnd> ChargeAsync(int connector, SessionPlan plan, CancellationToken stop) =>
        new ChargingSession(this, Connectors[connector - 1], plan).RunAsync(stop);

    /// <summary>Asks every running session to stop.</summary>
    public void StopSessions(string reason)
    {
        foreach (var connector in Connectors)
            connector.Session?.Stop(reason);
    }

    /// <summary>Sends a CALL of any action and payload and waits for its answer.</summary>
    public async Task<CallOutcome> CallAsync(string action, byte[] payload, CancellationToken stop) =>
        await CallAsync(await OnlineAsync(stop), action, payload);

    /// <summary>Cuts the TCP connection, with an RST or a FIN; the charger returns after its back-off.</summary>
    public void Cut(bool reset) => _connection.Cut(reset);

    /// <summary>Cuts the connection and stays away; sessions go on and their messages queue.</summary>
    public void GoOffline(TimeSpan time) => _connection.LeaveFor(time);

    /// <summary>Stays connected but neither reads nor answers.</summary>
    public void FallSilent(TimeSpan time) => _connection.Link?.BeSilent(Task.Delay(time, Options.Time));

    /// <summary>Sends the last frame again, byte for byte; false when there is none or no connection.</summary>
    public async Task<bool> ReplayAsync() =>
        _connection.Link is { } link && _lastFrame is { } frame && await link.SendRawAsync(frame);

    /// <summary>Sends one of <see cref="MalformedFrames"/>; false without a connection.</summary>
    public async Task<bool> SendMalformedAsync(int number) =>
        _connection.Link is { } link && await link.SendRawAsync(MalformedFrames.At(number));

    internal Task<ChargerLink> OnlineAsync(CancellationToken stop) => _connection.OnlineAsync(stop);

    internal void Queue(TransactionMessage message) => _outbox.Add(message);

    internal Task<CallOutcome> CallAsync(ChargerLink link, string action, byte[] payload)
    {
        var id = Guid.NewGuid().ToString();
        return SendAsync(link, id, FrameWriter.Call(id, action, payload));
    }

    internal async Task<CallOutcome> SendAsync(ChargerLink link, string messageId, byte[] frame)
    {
        var fault = _dice.ForFrame();
        if (fault == Fault.Malformed)
            await SendMalformedAsync(Interlocked.Increment(ref _malformed));
        return await link.CallAsync(messageId, frame, () => StrikeAsync(link, fault, frame));
    }

    internal async Task<BootAnswer?> BootAsync(ChargerLink link)
    {
        var outcome = await CallAsync(link, V16Dialect.BootAction, Dialect.Boot());
        if (!outcome.IsAnswered)
            return null;
        var answer = V16Dialect.ReadBoot(outcome.Payload);
        if (answer.IsAccepted && Options.Heartbeat is null && answer.Interval > TimeSpan.Zero)
            Settings.HeartbeatInterval = answer.Interval;
        return answer;
    }

    internal async Task<bool> HeartbeatAsync(ChargerLink link) =>
        (await CallAsync(link, V16Dialect.HeartbeatAction, V16Dialect.Heartbeat())).Status != CallStatus.TimedOut;

    /// <summary>Tells the status of the charger (connector 0) and of every connector.</summary>
    internal async Task AnnounceAsync(ChargerLink link)
    {
        await CallAsync(link, V16Dialect.StatusAction, Dialect.Status(0, ChargePointStatus.Available));
        foreach (var connector in Connectors)
            await TellStatusAsync(link, connector);
    }

    /// <summary>Takes on a status and tells it if online; an offline charger tells its status when it is back (§4.9).</summary>
    internal async Task ReportAsync(Connector connector, string status)
    {
        connector.Status = status;
        if (await _connection.IfOnlineAsync() is { } link)
            await TellStatusAsync(link, connector);
    }

    internal async Task<bool> AuthorizeAsync(string idTag, CancellationToken stop)
    {
        while (true)
        {
            if (await _connection.IfOnlineAsync() is { } link)
            {
                var outcome = await CallAsync(link, V16Dialect.AuthorizeAction, V16Dialect.Authorize(idTag));
                if (outcome.IsAnswered)
                    return V16Dialect.ReadAuthorize(outcome.Payload);
                if (outcome.Status == CallStatus.Refused)
                    return false;
            }

            if (Settings.LocalAuthorizeOffline)
                return true;
            await OnlineAsync(stop);
        }
    }

    /// <summary>A vehicle arrives for a transaction that the CSMS started; false when no connector is free for it.</summary>
    internal bool StartRemotely(int? connector, string idTag)
    {
        var free = Connectors.FirstOrDefault(one =>
            (connector is null || one.Number == connector) && one.Session is null && one.Operative);
        if (free is null)
            return false;
        var vehicle = ElectricVehicle.Draw(new Random(HashCode.Combine(Options.Seed, CommandsReceived)));
        var plan = new SessionPlan(vehicle, idTag, Options.RemoteSessionLength, TimeSpan.Zero, RemotelyStarted: true);
        Spawn(() => ChargeAsync(free.Number, plan, _life));
        return true;
    }

    /// <summary>BootNotification on demand: cuts the wait of a pending charger short, repeats the data of an accepted one.</summary>
    internal async Task TellBootAsync()
    {
        if (await _connection.IfOnlineAsync() is { } link)
            await BootAsync(link);
        else
            _connection.BootNow();
    }

    internal async Task TellHeartbeatAsync()
    {
        if (await _connection.IfOnlineAsync() is { } link)
            await HeartbeatAsync(link);
    }

    internal async Task TellMeterAsync(Connector connector)
    {
        if (await _connection.IfOnlineAsync() is { } link)
            await CallAsync(link, V16Dialect.SampleAction, V16Dialect.Triggered(connector.Number, connector.TransactionId, connector.Meter.Read()));
    }

    internal void Reboot() => _connection.Reboot();

    internal Task AnswerAsync(ChargerLink link, Frame call)
    {
        Interlocked.Increment(ref _commandsReceived);
        return _commands.AnswerAsync(link, call);
    }

    /// <summary>Runs work beside the connection; its failure fails <see cref="RunAsync"/>.</summary>
    internal async void Spawn(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (_life.IsCancellationRequested)
        {
            // The charger is ending.
        }
        catch (Exception defect)
        {
            _failure.TrySetException(defect);
        }
    }

    private async Task TellStatusAsync(ChargerLink link, Connector connector) =>
        await CallAsync(link, V16Dialect.StatusAction, Dialect.Status(connector.Number, connector.Status));

    private Task StrikeAsync(ChargerLink link, Fault fault, byte[] frame)
    {
        _lastFrame = frame;
        switch (fault)
        {
            case Fault.Reset or Fault.Drop:
                link.Cut(reset: fault == Fault.Reset);
                break;
            case Fault.Replay:
                return link.SendRawAsync(frame);
            case Fault.Silence:
                FallSilent(Options.Faults.Length);
                break;
            case Fault.Offline:
                GoOffline(Options.Faults.Length);
                break;
        }

        return Task.CompletedTask;
    }
}
