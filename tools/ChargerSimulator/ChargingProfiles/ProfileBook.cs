using EvCharge.ChargerSimulator.Connectors;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16.SmartCharging;

namespace EvCharge.ChargerSimulator.ChargingProfiles;

/// <summary>
/// The charging profiles that the CSMS installed (OCPP 1.6 §3.13). They outlive a reboot, except those of a transaction, which
/// end with it.
/// </summary>
public sealed class ProfileBook
{
    /// <summary>Profiles at most, as MaxChargingProfilesInstalled says.</summary>
    public const int Most = 20;

    /// <summary>The highest stack level, as ChargeProfileMaxStackLevel says.</summary>
    public const int HighestLevel = 100;

    /// <summary>Periods of one schedule at most, as ChargingScheduleMaxPeriods says.</summary>
    public const int MostPeriods = 100;

    /// <summary>Asked for more, it answers a week.</summary>
    private const int LongestSeconds = 7 * 86_400;

    private readonly IReadOnlyList<Connector> _connectors;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly List<Installed> _installed = [];

    internal ProfileBook(IReadOnlyList<Connector> connectors, TimeProvider clock) => (_connectors, _clock) = (connectors, clock);

    /// <summary>Profiles that it has taken so far.</summary>
    public int Taken { get; private set; }

    /// <summary>When it took the last of them.</summary>
    public DateTimeOffset TakenAt { get; private set; }

    /// <summary>Ids of the profiles that the charger holds, with their connectors.</summary>
    public IReadOnlyList<(int Id, int Connector)> Held
    {
        get
        {
            lock (_lock)
            {
                Forget();
                return [.. _installed.Select(one => (one.Profile.ChargingProfileId, one.Connector)).Order()];
            }
        }
    }

    /// <summary>What a connector may draw now, A per phase; null where nothing limits it.</summary>
    public double? LimitOf(int connector)
    {
        lock (_lock)
        {
            Forget();
            var now = _clock.GetUtcNow();
            return CompositeSchedule.Of(LinesOf(connector, ChargingRateUnit.A), connector, now, 1) is [var first, ..] ? first.Limit : null;
        }
    }

    /// <summary>Takes a profile; it replaces the one of its id, and the one of its connector, purpose and level.</summary>
    /// <returns>One of <see cref="ChargingProfileStatus"/>.</returns>
    internal string Set(SetChargingProfileRequest request)
    {
        var (connector, profile) = (request.ConnectorId, request.CsChargingProfiles);
        lock (_lock)
        {
            Forget();
            if (!MayLie(connector, profile) || profile.StackLevel > HighestLevel
                || profile.ChargingSchedule.ChargingSchedulePeriod.Count > MostPeriods
                || profile.ChargingSchedule.ChargingSchedulePeriod[0].StartPeriod != 0)
                return ChargingProfileStatus.Rejected;
            var replaced = _installed.Where(one => one.GivesWayTo(connector, profile)).ToList();
            if (_installed.Count - replaced.Count >= Most)
                return ChargingProfileStatus.Rejected;
            foreach (var one in replaced)
                _installed.Remove(one);
            _installed.Add(new Installed(connector, profile, _clock.GetUtcNow()));
            (Taken, TakenAt) = (Taken + 1, _clock.GetUtcNow());
            return ChargingProfileStatus.Accepted;
        }
    }

    /// <returns>One of <see cref="ClearChargingProfileStatus"/>.</returns>
    internal string Clear(ClearChargingProfileRequest request)
    {
        lock (_lock)
        {
            Forget();
            var removed = _installed.RemoveAll(one => request.Id is { } id
                ? one.Profile.ChargingProfileId == id
                : (request.ConnectorId is null || request.ConnectorId == one.Connector)
                    && (request.ChargingProfilePurpose is null || request.ChargingProfilePurpose == one.Profile.ChargingProfilePurpose)
                    && (request.StackLevel is null || request.StackLevel == one.Profile.StackLevel));
            return removed > 0 ? ClearChargingProfileStatus.Accepted : ClearChargingProfileStatus.Unknown;
        }
    }

    /// <summary>What follows from all profiles from now on; no periods where nothing limits.</summary>
    internal GetCompositeScheduleResponse Compose(GetCompositeScheduleRequest request)
    {
        if (request.ConnectorId != 0 && _connectors.All(one => one.Number != request.ConnectorId))
            return new GetCompositeScheduleResponse(GetCompositeScheduleStatus.Rejected);
        lock (_lock)
        {
            Forget();
            var now = _clock.GetUtcNow();
            var unit = request.ChargingRateUnit ?? ChargingRateUnit.A;
            var lines = LinesOf(request.ConnectorId, unit);
            var seconds = Math.Min(request.Duration, LongestSeconds);
            var periods = CompositeSchedule.Of(lines, request.ConnectorId, now, seconds);
            return periods.Count == 0
                ? new GetCompositeScheduleResponse(GetCompositeScheduleStatus.Accepted, request.ConnectorId, OcppTimestamp.At(now))
                : new GetCompositeScheduleResponse(
                    GetCompositeScheduleStatus.Accepted, request.ConnectorId, OcppTimestamp.At(now),
                    new ChargingSchedule(unit, periods, seconds));
        }
    }

    private List<LimitLine> LinesOf(int connector, string unit) =>
        [.. _installed.Where(one => one.Connector == 0 || one.Connector == connector)
            .Select(one => new LimitLine(one.Connector, one.Profile, StartOf(one), unit))];

    // A relative profile counts from the start of charging; without a transaction, from when it was taken.
    private DateTimeOffset StartOf(Installed one) =>
        one.Profile.ChargingProfileKind != ChargingProfileKind.Relative ? one.Profile.ChargingSchedule.StartSchedule?.Value ?? one.TakenAt
        : _connectors.FirstOrDefault(connector => connector.Number == one.Connector)?.Session?.StartedAt ?? one.TakenAt;

    private bool MayLie(int connector, ChargingProfile profile) => profile.ChargingProfilePurpose switch
    {
        ChargingProfilePurpose.ChargePointMaxProfile => connector == 0,
        ChargingProfilePurpose.TxDefaultProfile => connector == 0 || _connectors.Any(one => one.Number == connector),
        _ => _connectors.Any(one => one.Number == connector && one.TransactionId is { } running && running == (profile.TransactionId ?? running)),
    };

    private void Forget() => _installed.RemoveAll(one =>
        one.Profile.ChargingProfilePurpose == ChargingProfilePurpose.TxProfile
        && _connectors.All(connector => connector.Number != one.Connector || connector.TransactionId is null));

    private sealed record Installed(int Connector, ChargingProfile Profile, DateTimeOffset TakenAt)
    {
        public bool GivesWayTo(int connector, ChargingProfile profile) =>
            Profile.ChargingProfileId == profile.ChargingProfileId
            || (Connector == connector
                && (Profile.ChargingProfilePurpose, Profile.StackLevel) == (profile.ChargingProfilePurpose, profile.StackLevel));
    }
}
