using System.Collections.Immutable;
using EvCharge.ChargerSimulator.ChargingProfiles;
using EvCharge.ChargerSimulator.Connectors;
using EvCharge.ChargerSimulator.Faults;
using EvCharge.ChargerSimulator.LocalAuthorization;
using EvCharge.ChargerSimulator.Reservations;
using EvCharge.ChargerSimulator.Security;
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
    private readonly TaskCompletionSource _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationToken _life;
    private int _commandsReceived;

    public ChargePoint(ChargePointOptions options, ILogger<ChargePoint>? logger = null)
    {
        Options = options;
        Settings = new ChargerSettings(options, Certificates);
        Connectors = [.. Enumerable.Range(1, options.Connectors).Select(number => new Connector(number, new EnergyMeter(options.Clock), PilotOf))];
        Tags = new LocalTags(Settings, options.Clock);
        Profiles = new ProfileBook(Connectors, options.Clock);
        Dialect = new V16Dialect(options);
        var dice = new FaultDice(options.Faults, options.Seed);
        _connection = new ConnectionLoop(this, logger ?? NullLogger<ChargePoint>.Instance);
        Says = new Conversation(this, _connection, dice);
        Reservations = new ReservationBook(this);
        _commands = new V16Commands(this, dice);
        _outbox = new TransactionOutbox(this, options);
    }

    public ChargePointOptions Options { get; }

    public string Identity => Options.Identity;

    public ChargerSettings Settings { get; }

    /// <summary>Roots that it was given, and its own.</summary>
    public CertificateStore Certificates { get; } = new();

    public ImmutableArray<Connector> Connectors { get; }

    /// <summary>What it decides by without asking.</summary>
    public LocalTags Tags { get; }

    /// <summary>The charging profiles that it was given.</summary>
    public ProfileBook Profiles { get; }

    /// <summary>Transaction messages that the CSMS has not answered yet.</summary>
    public int WaitingMessages => _outbox.Waiting;

    /// <summary>Commands of the CSMS that arrived, on all connections.</summary>
    public int CommandsReceived => Volatile.Read(ref _commandsReceived);

    /// <summary>WebSockets that were opened so far; it does not move while the connection stays.</summary>
    public int Connections => _connection.Opened;

    internal V16Dialect Dialect { get; }

    internal Conversation Says { get; }

    internal ReservationBook Reservations { get; }

    /// <summary>
    /// Runs until <paramref name="stop"/> (or, without reconnects, until the connection ends), then closes in order. Throws
    /// what no charger can go on with: an answer that breaks the standard, or a defect of a script.
    /// </summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var life = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _life = life.Token;
        var (connected, delivering) = (_connection.RunAsync(_life), _outbox.RunAsync(_life));
        try
        {
            await await Task.WhenAny(connected, delivering, _failure.Task);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to end: this is the orderly way out.
        }
        finally
        {
            await life.CancelAsync();
            await Task.WhenAll(connected, delivering).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
        await Says.CallAsync(await OnlineAsync(stop), action, payload);

    /// <summary>Cuts the TCP connection, with an RST or a FIN; the charger returns after its back-off.</summary>
    public void Cut(bool reset) => _connection.Cut(reset);

    /// <summary>Cuts the connection and stays away; sessions go on and their messages queue.</summary>
    public void GoOffline(TimeSpan time) => _connection.LeaveFor(time);

    /// <summary>Stays connected but neither reads nor answers.</summary>
    public void FallSilent(TimeSpan time) => _connection.Link?.BeSilent(Task.Delay(time, Options.Time));

    /// <summary>Sends the last frame again, byte for byte; false when there is none or no connection.</summary>
    public Task<bool> ReplayAsync() => Says.ReplayAsync();

    /// <summary>Sends one of <see cref="MalformedFrames"/>; false without a connection.</summary>
    public async Task<bool> SendMalformedAsync(int number) =>
        _connection.Link is { } link && await link.SendRawAsync(MalformedFrames.At(number));

    /// <summary>Whether the CSMS has accepted it on the connection that it has.</summary>
    internal bool IsOnline => _connection.IsOnline;

    internal Task<ChargerLink> OnlineAsync(CancellationToken stop) => _connection.OnlineAsync(stop);

    internal void Queue(TransactionMessage message) => _outbox.Add(message);

    /// <summary>A vehicle arrives for a transaction that the CSMS started; false when no connector is free for it.</summary>
    internal bool StartRemotely(int? connector, string idTag)
    {
        var free = Connectors.FirstOrDefault(one =>
            (connector is null || one.Number == connector) && one.Session is null && one.Operative
            && Reservations.MayUse(one, idTag));
        if (free is null)
            return false;
        var vehicle = ElectricVehicle.Draw(new Random(Seeds.Of(Options.Seed, CommandsReceived)));
        var plan = new SessionPlan(vehicle, idTag, Options.RemoteSessionLength, TimeSpan.Zero, RemotelyStarted: true);
        Spawn(() => ChargeAsync(free.Number, plan, _life));
        return true;
    }

    internal Task RebootAsync()
    {
        Reservations.Clear();
        foreach (var connector in Connectors.Where(one => one.Session is null))
            connector.Status = connector.IdleStatus;
        return _connection.RebootAsync();
    }

    private Pilot PilotOf(int connector) => new(() => Profiles.LimitOf(connector), Options.MaxCurrent, Options.Faults.LimitLag, Options.Clock)
    {
        Excess = Options.Faults.Excess,
        IgnoresLimits = Options.Faults.IgnoresLimits,
    };

    /// <summary>Lets simulated time pass, as long as the charger lives.</summary>
    internal Task SleepAsync(TimeSpan time) => time > TimeSpan.Zero ? Task.Delay(time, Options.Clock, _life) : Task.CompletedTask;

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
}
