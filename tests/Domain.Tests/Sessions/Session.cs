using System.Collections.Immutable;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Metering;
using EvCharge.Domain.Sessions;

namespace EvCharge.DomainTests.Sessions;

/// <summary>A connector's session as a test plays it: applies events, keeps what was committed, counts time by itself.</summary>
internal sealed class Session
{
    public static readonly ConnectorId Connector = new(new ChargerId(TenantId.Default, "CP1"), 1);
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly List<Transaction> _stored = [];
    private int _lastId;

    public SessionState State { get; private set; } = SessionState.Empty;

    public DateTimeOffset Now { get; private set; } = Noon;

    public IReadOnlyList<SessionEffect> Effects { get; private set; } = [];

    public IReadOnlyList<Transaction> Stored => _stored;

    public Session Wait(TimeSpan time)
    {
        Now += time;
        return this;
    }

    public Transaction? Start(
        string messageId = "m1", string tag = "TAG", double meter = 1000, DateTimeOffset? stamp = null, bool authorized = true)
    {
        var at = stamp ?? Now;
        var time = EventTime.Settle(at, Now);
        var raw = at.ToString("O");
        var equal = _stored
            .Where(known => known.RawStart == raw && known.IdTag == new IdTag(tag) && known.MeterStart == meter)
            .OrderByDescending(known => known.Id).ToArray();
        _lastId++;
        var start = new StartReported(
            Connector, Now, messageId, time.At, raw, time.Believed, new IdTag(tag), meter, "S1", null, authorized, "ocpp1.6");
        return Apply(start, new SessionFacts(equal, _lastId, 100 + _lastId, null)).Answer;
    }

    public SessionDecision Sample(double? register, long? transaction = null, double? power = null, DateTimeOffset? at = null)
    {
        var readings = new List<Reading>();
        if (register is not null)
        {
            readings.Add(new Reading("Energy.Active.Import.Register", null, "Outlet", "Sample.Periodic", register, "Wh", ""));
        }

        if (power is not null)
        {
            readings.Add(new Reading("Power.Active.Import", null, "Outlet", "Sample.Periodic", power, "W", ""));
        }

        var sample = new Sample(at ?? Now, "", [.. readings]);
        var named = _stored.LastOrDefault(known => known.OcppId == transaction);
        return Apply(
            new SamplesReported(Connector, Now, "s", transaction, "", Guid.NewGuid().ToString("N"), [sample], true),
            SessionFacts.OfNamed(named));
    }

    public Transaction? Stop(
        Transaction transaction, double? meter, string messageId = "stop", DateTimeOffset? at = null, MeterFrame? frame = null)
    {
        var time = EventTime.Settle(at ?? Now, Now);
        var stop = new StopReported(
            Connector, Now, messageId, transaction.Id, transaction.OcppId, false, time.At, time.Believed, meter, "Local", frame);
        return Apply(stop, SessionFacts.OfNamed(_stored.LastOrDefault(known => known.Id == transaction.Id))).Answer;
    }

    public SessionDecision Status(string status, string error = "NoError") => Apply(
        new StatusReported(Connector, new ConnectorStatus(status, error, null, null, null, "", Now)), SessionFacts.None);

    public SessionDecision Identify(string vehicle) => Apply(new VehicleIdentified(Connector, Now, vehicle), SessionFacts.None);

    public SessionDecision Tick() => Apply(new TimePassed(Connector, Now), SessionFacts.None);

    /// <summary>The process that held the state was killed: another reads it from what was committed.</summary>
    public void Restore() => State = new SessionState(
        State.Status,
        _stored.SingleOrDefault(known => known.Active),
        _stored.Where(known => !known.Active).MaxBy(known => known.Id));

    private SessionDecision Apply(SessionEvent happened, SessionFacts facts)
    {
        var decision = SessionMachine.On(State, happened, facts, SessionPolicy.Default);
        State = decision.State;
        Effects = decision.Effects;
        foreach (var effect in decision.Effects)
        {
            Commit(effect);
        }

        return decision;
    }

    /// <summary>Stores as History does: by id, and only on the version that the decision was made on.</summary>
    private void Commit(SessionEffect effect)
    {
        var changed = effect switch
        {
            TransactionOpened opened => opened.Transaction,
            TransactionEnded ended => ended.Transaction,
            TransactionIdentified identified => identified.Transaction,
            MeterRecorded { Progress: { } progress } => progress,
            _ => null,
        };
        if (changed is null)
        {
            return;
        }

        var at = _stored.FindIndex(known => known.Id == changed.Id);
        if (at < 0)
        {
            Assert.IsType<TransactionOpened>(effect);
            _stored.Add(changed);
        }
        else
        {
            Assert.Equal(_stored[at].Version + 1, changed.Version);
            _stored[at] = changed;
        }
    }
}
