using EvCharge.Contracts.Connectors;
using EvCharge.Contracts.Sites;
using EvCharge.Domain.Allocation.Sites;
using EvCharge.Domain.ChargingProfiles;
using EvCharge.Domain.Commands;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Models;
using EvCharge.Domain.Sessions;
using EvCharge.Grains.Sites.Allocation;
using EvCharge.History.Commands;
using Microsoft.Extensions.Logging;

namespace EvCharge.Grains.Chargers.Limits;

/// <summary>What limits need to know of the charger.</summary>
internal interface ILimitedCharger
{
    ChargerId Id { get; }

    /// <summary>0 while there is no connection.</summary>
    long Connection { get; }

    DateTimeOffset? BootedAt { get; }

    /// <summary>What is kept of it across activations.</summary>
    ChargerState Kept { get; }

    ChargingMode ChargingMode { get; }

    IProfileDialect Profiles { get; }

    IStateDialect States { get; }

    /// <exception cref="Orleans.Storage.InconsistentStateException">Another activation wrote; this one ends.</exception>
    Task Keep();

    Task<ConnectorSnapshot[]> Connectors();

    /// <summary>All profiles that it held are gone.</summary>
    Task ProfilesRemoved();

    /// <summary>It was found to take limits so, of what nobody says.</summary>
    /// <exception cref="OrleansException">It holds, but could not be written.</exception>
    Task Learn(ChargingMode mode);

    /// <summary>Something happened that operators should know.</summary>
    /// <param name="kind">Kebab-case.</param>
    /// <param name="detail">One sentence.</param>
    void Record(string kind, string detail);
}

/// <summary>
/// The charger's end of its site's allocation: shows the site how the charger stands, and sends it the limits that the site orders.
/// Lives inside the charger's activation and runs on its scheduler.
/// </summary>
internal sealed partial class LimitDesk(ILimitedCharger charger, CommandQueue commands, SiteWatch watch, IGrainFactory grains, TimeProvider time, ILogger logger)
{
    private const string UnitsKey = "ChargingScheduleAllowedChargingRateUnit";
    private const string LevelKey = "ChargeProfileMaxStackLevel";
    private static readonly TimeSpan PreparationTime = TimeSpan.FromMinutes(1);

    /// <summary>Refusals in a row after which it is no accident.</summary>
    private const int Convincing = 3;

    private readonly ConnectorImages _images = new();
    private readonly Dictionary<int, int> _refusals = [];
    private readonly Guid _activation = Guid.NewGuid();
    private ProfileKeys _keys = ProfileKeys.Unknown;
    private DateTimeOffset? _keysReadFor;
    private Task<bool>? _preparing;
    private long _joined;
    private long _number;

    /// <summary>A site gives the charger its limits: nobody else may.</summary>
    public bool IsLimited => charger.Kept.LimitedBy is not null;

    public async Task<ChargerImage?> Join(string site, long epoch)
    {
        var kept = charger.Kept;
        if (kept.LimitedBy == site && epoch < kept.SiteEpoch)
        {
            return null;
        }
        if (kept.LimitedBy != site || kept.SiteEpoch != epoch)
        {
            await Keep(site, epoch, kept.ProfilesCleared);
        }
        await Look();
        if (kept.LimitedBy != site || kept.SiteEpoch != epoch)
        {
            return null; // Another one was faster.
        }
        _joined = epoch;
        watch.Add(charger.Id, new SiteId(charger.Id.Tenant, site));
        return Image();
    }

    /// <returns>Null when it is on its way.</returns>
    public LimitOutcome? Enqueue(LimitOrder order)
    {
        if (_joined == 0 || order.Epoch != _joined)
        {
            return LimitOutcome.NotJoined;
        }
        if (order.Connection != charger.Connection)
        {
            return LimitOutcome.NotSent;
        }
        _ = Serve(order);
        return null;
    }

    /// <summary>The site gives no limits any more.</summary>
    public async Task Leave(string site)
    {
        if (charger.Kept.LimitedBy != site)
        {
            return;
        }
        await Keep(null, charger.Kept.SiteEpoch, cleared: false);
        watch.Remove(charger.Id);
        foreach (var id in _images.All.SelectMany(image => LimitProfiles.Ids(image.Connector)))
        {
            await commands.Urge(charger.Profiles.Clear(id), time.GetUtcNow() + PreparationTime);
        }
    }

    /// <summary>The charger's activation ends.</summary>
    public void Rest() => watch.Remove(charger.Id);

    /// <summary>A connector has served an event.</summary>
    public void Saw(SessionEvent happened, Transaction? open)
    {
        if (IsLimited && _images.Take(happened, open))
        {
            Show();
        }
    }

    /// <summary>Shows the site how the charger stands now.</summary>
    public void Show()
    {
        if (IsLimited)
        {
            _ = Tell(site => site.Reported(Image()));
        }
    }

    /// <summary>What connectors know that no event told, such as a transaction that time has closed.</summary>
    private async Task Look()
    {
        var version = _images.Version;
        var connectors = await charger.Connectors();
        if (version == _images.Version)
        {
            foreach (var connector in connectors)
            {
                _images.Take(connector, time.GetUtcNow());
            }
        }
    }

    /// <summary>Who limits the charger: no orders are taken until that is on record, and what could not be written does not hold.</summary>
    private async Task Keep(string? site, long epoch, bool cleared)
    {
        var kept = charger.Kept;
        var before = (kept.LimitedBy, kept.SiteEpoch, kept.ProfilesCleared);
        (kept.LimitedBy, kept.SiteEpoch, kept.ProfilesCleared, _joined) = (site, epoch, cleared, 0);
        try
        {
            await charger.Keep();
        }
        catch (OrleansException)
        {
            (kept.LimitedBy, kept.SiteEpoch, kept.ProfilesCleared) = before;
            throw;
        }
    }

    private ChargerImage Image() => new(
        charger.Id.Name, ++_number, _joined != 0, charger.Connection, LimitProfiles.TraitsOf(charger.ChargingMode, _keys), _images.All, _activation);

    private async Task Serve(LimitOrder order)
    {
        var outcome = LimitOutcome.Unanswered;
        try
        {
            outcome = await Send(order);
        }
        catch (OrleansException fault)
        {
            // What the charger has to keep could not be written. Nothing was sent, and the site will order again.
            LogNotKept(logger, charger.Id, fault.Message);
            outcome = LimitOutcome.NotSent;
        }
        finally
        {
            await Tell(site => site.LimitEnded(charger.Id.Name, order.Number, outcome));
        }
    }

    private async Task<LimitOutcome> Send(LimitOrder order)
    {
        if (!await Prepared())
        {
            return LimitOutcome.NotSent;
        }
        var ocppId = order.Transaction is { } transaction ? _images.OcppIdOf(order.Connector, transaction) : null;
        if (order.Connection != charger.Connection || order.Epoch != _joined || (order.Transaction is not null && ocppId is null))
        {
            return LimitOutcome.NotSent;
        }
        var mode = charger.ChargingMode;
        var outcome = await Send(order, mode, ocppId);
        if (outcome == LimitOutcome.Accepted)
        {
            _refusals.Remove(order.Connector);
            if (order.Transaction is not null && mode.Purpose is null)
            {
                await Learn(charger.Kept.Learned with { Purpose = ProfilePurpose.Tx });
            }
        }
        return outcome == LimitOutcome.Refused ? await Refused(order, ocppId) : outcome;
    }

    private async Task<LimitOutcome> Send(LimitOrder order, ChargingMode mode, int? ocppId)
    {
        var (id, connector, profile) = LimitProfiles.Of(order, mode, _keys, time.GetUtcNow());
        if (mode.ClearFirst is true)
        {
            await commands.Urge(charger.Profiles.Clear(id), order.ExpiresAt);
        }
        var ended = await commands.Urge(
            charger.Profiles.Set(id, connector, profile, profile.Purpose == ProfilePurpose.Tx ? ocppId : null), order.ExpiresAt);
        return ended.Status switch
        {
            CommandStatus.Answered => charger.Profiles.IsAccepted(ended) ? LimitOutcome.Accepted : LimitOutcome.Refused,
            CommandStatus.Error when IsCallError(ended) => LimitOutcome.Refused,
            CommandStatus.Offline => LimitOutcome.NotSent,
            CommandStatus.Timeout when ended.SentAt is null => LimitOutcome.NotSent,
            _ => LimitOutcome.Unanswered,
        };
    }

    /// <summary>A charger that keeps refusing is told in other ways, unless somebody says how it takes limits.</summary>
    private async Task<LimitOutcome> Refused(LimitOrder order, int? ocppId)
    {
        var refusals = _refusals[order.Connector] = _refusals.GetValueOrDefault(order.Connector) + 1;
        if (refusals < Convincing)
        {
            return LimitOutcome.Refused;
        }
        var mode = charger.ChargingMode;
        foreach (var way in ProfileWays.Others(mode, charger.Kept.Learned, _keys, order).ToArray())
        {
            var outcome = await Send(order, way, ocppId);
            if (outcome == LimitOutcome.Accepted)
            {
                _refusals.Remove(order.Connector);
                await Change(way);
            }
            if (outcome != LimitOutcome.Refused)
            {
                return outcome == LimitOutcome.NotSent ? LimitOutcome.Refused : outcome; // What was sent before was refused.
            }
        }
        if (ProfileWays.ForAll(mode, order) is { } forAll)
        {
            _refusals.Remove(order.Connector);
            await Change(forAll);
            return LimitOutcome.NotSent; // The charger stays where it was, and the site orders anew.
        }
        if (refusals == Convincing)
        {
            charger.Record("limits-refused", $"Connector {order.Connector} refuses each limit: it counts with all that it carries.");
        }
        return LimitOutcome.Refused;
    }

    /// <summary>From now on it is told in another way.</summary>
    private async Task Change(ChargingMode way)
    {
        charger.Record(
            "limits-learned",
            $"Is told limits as {way.Purpose ?? ProfilePurpose.Tx}, {LimitProfiles.KindOf(way)}, in {LimitProfiles.UnitOf(way, _keys)}: it refused others.");
        await Learn(new ChargingMode(way.Purpose, way.Kind, way.Unit));
        Show();
    }

    /// <summary>What it takes is true whether it can be written or not.</summary>
    private async Task Learn(ChargingMode learned)
    {
        try
        {
            await charger.Learn(learned);
        }
        catch (OrleansException fault)
        {
            LogNotKept(logger, charger.Id, fault.Message);
        }
    }

    /// <summary>
    /// Before the first limit after a boot the charger says what it takes. Before the first limit ever what others installed goes,
    /// since of two profiles a forgotten one may hold (§3.13.1). Not again after each boot: a vehicle in the middle of its transaction
    /// would be without any limit until it is told a new one.
    /// </summary>
    private Task<bool> Prepared()
    {
        var booted = charger.BootedAt;
        if (booted is not null && _keysReadFor == booted && charger.Kept.ProfilesCleared)
        {
            return Task.FromResult(true);
        }
        return _preparing is { IsCompleted: false } ? _preparing : _preparing = Prepare(booted);
    }

    private async Task<bool> Prepare(DateTimeOffset? booted)
    {
        var until = time.GetUtcNow() + PreparationTime;
        var read = await commands.Urge(charger.States.ReadKeys([UnitsKey, LevelKey]), until);
        if (!IsAnswered(read))
        {
            return false;
        }
        _keys = read.Status == CommandStatus.Answered ? KeysIn(read) : ProfileKeys.Unknown;
        _keysReadFor = booted;
        Show();
        if (charger.Kept.ProfilesCleared)
        {
            return true;
        }
        if (!IsAnswered(await commands.Urge(charger.Profiles.ClearAll(), until)))
        {
            return false;
        }
        await charger.ProfilesRemoved();
        charger.Kept.ProfilesCleared = true;
        await charger.Keep();
        return true;
    }

    /// <summary>Else it answered with something that is no answer, or was not understood here: it may have taken the limit.</summary>
    private static bool IsCallError(CommandRecord ended) => ended.Result.IsEmpty && ended.EndedAt is not null;

    /// <summary>A charger that knows the operation as little as profiles has said all it can.</summary>
    private static bool IsAnswered(CommandRecord ended) => ended.Status is CommandStatus.Answered or CommandStatus.Error;

    private ProfileKeys KeysIn(CommandRecord read)
    {
        var known = charger.States.ReportIn(read)?.Known ?? [];
        string? Value(string name) => known.FirstOrDefault(key => string.Equals(key.Name, name, StringComparison.OrdinalIgnoreCase))?.Value;
        return new ProfileKeys(
            Value(UnitsKey),
            int.TryParse(Value(LevelKey), System.Globalization.CultureInfo.InvariantCulture, out var level) && level >= 0 ? level : null);
    }

    private async Task Tell(Func<ISiteGrain, ValueTask> call)
    {
        if (charger.Kept.LimitedBy is not { } name)
        {
            return;
        }
        try
        {
            await call(grains.GetGrain<ISiteGrain>(new SiteId(charger.Id.Tenant, name).ToString()));
        }
        catch (Exception fault) when (fault is OrleansException or TimeoutException)
        {
            // It sees it with the next report, at the latest when it asks.
            LogNotTold(logger, charger.Id, name, fault.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Charger}: its site {Site} could not be told: {Reason}")]
    private static partial void LogNotTold(ILogger logger, ChargerId charger, string site, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Charger}: takes no limit now, its state could not be written: {Reason}")]
    private static partial void LogNotKept(ILogger logger, ChargerId charger, string reason);
}
