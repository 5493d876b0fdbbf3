using EvCharge.Domain.ChargingProfiles;
using EvCharge.History.Commands;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16.Core;
using EvCharge.Ocpp.V16.SmartCharging;

namespace EvCharge.Grains.Chargers.V16;

/// <summary>Charging profiles in OCPP 1.6 (§3.13, §5.5, §5.16).</summary>
internal sealed class ProfileDialect : IProfileDialect
{
    public (string Action, byte[] Payload) Set(int id, int connector, ProfileContent profile, int? transaction) =>
        ("SetChargingProfile", Payload.Write(new SetChargingProfileRequest(connector, ToWire(id, profile) with { TransactionId = transaction })));

    public (string Action, byte[] Payload) Clear(int id) => ("ClearChargingProfile", Payload.Write(new ClearChargingProfileRequest(id)));

    public (string Action, byte[] Payload) ClearAll() => ("ClearChargingProfile", Payload.Write(new ClearChargingProfileRequest()));

    public bool Limits(string action, ReadOnlyMemory<byte> payload) => action switch
    {
        "SetChargingProfile" or "ClearChargingProfile" => true,
        "RemoteStartTransaction" => Payload.ReadStrict<RemoteStartTransactionRequest>(payload).ChargingProfile is not null,
        _ => false,
    };

    public bool IsAccepted(CommandRecord answered) =>
        Payload.Read<SetChargingProfileResponse>(answered.Result, new DeviationList()).Status == ChargingProfileStatus.Accepted;

    public (int Id, int Connector, ProfileContent Profile, string Outcome)? SetIn(CommandRecord answered)
    {
        if (answered.Action != "SetChargingProfile")
        {
            return null;
        }

        var request = Payload.ReadStrict<SetChargingProfileRequest>(answered.Payload);
        return request.CsChargingProfiles is not { ChargingProfilePurpose: not ChargingProfilePurpose.TxProfile } profile
            ? null
            : (profile.ChargingProfileId, request.ConnectorId, FromWire(profile),
                Payload.Read<SetChargingProfileResponse>(answered.Result, new DeviationList()).Status);
    }

    /// <summary>A charger that answers Unknown holds nothing that fits, as one does that removed it.</summary>
    public ProfileFilter? ClearedIn(CommandRecord answered)
    {
        if (answered.Action != "ClearChargingProfile")
        {
            return null;
        }

        var request = Payload.ReadStrict<ClearChargingProfileRequest>(answered.Payload);
        return new ProfileFilter(request.Id, request.ConnectorId, request.ChargingProfilePurpose, request.StackLevel);
    }

    public bool IsUnsupported(CommandRecord ended) => Errors.AreUnsupported(ended);

    private static ChargingProfile ToWire(int id, ProfileContent profile) => new(
        id,
        profile.StackLevel,
        profile.Purpose,
        profile.Kind,
        new ChargingSchedule(
            profile.Schedule.Unit,
            [.. profile.Schedule.Periods.Select(period => new ChargingSchedulePeriod(period.Start, period.Limit, period.Phases))],
            profile.Schedule.Duration,
            ToWire(profile.Schedule.Start),
            profile.Schedule.MinimumRate),
        RecurrencyKind: profile.Recurrency,
        ValidFrom: ToWire(profile.ValidFrom),
        ValidTo: ToWire(profile.ValidTo));

    private static OcppTimestamp? ToWire(DateTimeOffset? time) => time is { } at ? OcppTimestamp.At(at) : null;

    private static ProfileContent FromWire(ChargingProfile profile) => new(
        profile.ChargingProfilePurpose,
        profile.ChargingProfileKind,
        profile.RecurrencyKind,
        profile.StackLevel,
        new ProfileSchedule(
            profile.ChargingSchedule.ChargingRateUnit,
            [.. profile.ChargingSchedule.ChargingSchedulePeriod.Select(period => new ProfilePeriod(period.StartPeriod, period.Limit, period.NumberPhases))],
            profile.ChargingSchedule.Duration,
            profile.ChargingSchedule.StartSchedule?.Value,
            profile.ChargingSchedule.MinChargingRate),
        profile.ValidFrom?.Value,
        profile.ValidTo?.Value);
}
