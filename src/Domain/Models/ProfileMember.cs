namespace EvCharge.Domain.Models;

/// <summary>One member of a profile: how it is read, and taken over from another profile.</summary>
internal sealed record ProfileMember(
    string Name, Func<ModelProfile, object?> Read, Func<ModelProfile, ModelProfile, ModelProfile> TakeOver)
{
    public static readonly ImmutableArray<ProfileMember> All =
    [
        new("settle.milliseconds", from => from.Settle.Milliseconds,
            (to, from) => to with { Settle = to.Settle with { Milliseconds = from.Settle.Milliseconds } }),
        new("settle.silenceSeconds", from => from.Settle.SilenceSeconds,
            (to, from) => to with { Settle = to.Settle with { SilenceSeconds = from.Settle.SilenceSeconds } }),
        new("ping", from => from.Ping, (to, from) => to with { Ping = from.Ping }),
        new("timeZone", from => from.TimeZone, (to, from) => to with { TimeZone = from.TimeZone }),
        new("meterValues.unit", from => from.MeterValues.Unit,
            (to, from) => to with { MeterValues = to.MeterValues with { Unit = from.MeterValues.Unit } }),
        new("meterValues.measurand", from => from.MeterValues.Measurand,
            (to, from) => to with { MeterValues = to.MeterValues with { Measurand = from.MeterValues.Measurand } }),
        new("featureProfiles", from => from.FeatureProfiles, (to, from) => to with { FeatureProfiles = from.FeatureProfiles }),
        new("vehicleMessages", from => from.VehicleMessages, (to, from) => to with { VehicleMessages = from.VehicleMessages }),
        Charging("purpose", from => from.Purpose, (to, from) => to with { Purpose = from.Purpose }),
        Charging("kind", from => from.Kind, (to, from) => to with { Kind = from.Kind }),
        Charging("unit", from => from.Unit, (to, from) => to with { Unit = from.Unit }),
        Charging("current", from => from.Current, (to, from) => to with { Current = from.Current }),
        Charging("step", from => from.Step, (to, from) => to with { Step = from.Step }),
        Charging("minimum", from => from.Minimum, (to, from) => to with { Minimum = from.Minimum }),
        Charging("zeroAllowed", from => from.ZeroAllowed, (to, from) => to with { ZeroAllowed = from.ZeroAllowed }),
        Charging("stackLevel", from => from.StackLevel, (to, from) => to with { StackLevel = from.StackLevel }),
        Charging("settleSeconds", from => from.SettleSeconds, (to, from) => to with { SettleSeconds = from.SettleSeconds }),
        Charging("resendAfterResume", from => from.ResendAfterResume, (to, from) => to with { ResendAfterResume = from.ResendAfterResume }),
        Charging("clearFirst", from => from.ClearFirst, (to, from) => to with { ClearFirst = from.ClearFirst }),
    ];

    private static ProfileMember Charging(
        string name, Func<ChargingMode, object?> read, Func<ChargingMode, ChargingMode, ChargingMode> takeOver) => new(
        $"smartCharging.{name}",
        from => read(from.SmartCharging),
        (to, from) => to with { SmartCharging = takeOver(to.SmartCharging, from.SmartCharging) });
}
