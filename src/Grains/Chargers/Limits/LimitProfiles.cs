using EvCharge.Domain.Allocation.Sites;
using EvCharge.Domain.ChargingProfiles;
using EvCharge.Domain.Models;

namespace EvCharge.Grains.Chargers.Limits;

/// <summary>What a charger says of the profiles that it takes, in its configuration keys (OCPP 1.6 §9.4). Null says nothing.</summary>
/// <param name="Units">ChargingScheduleAllowedChargingRateUnit: Current, Power or both.</param>
/// <param name="HighestLevel">ChargeProfileMaxStackLevel.</param>
internal sealed record ProfileKeys(string? Units = null, int? HighestLevel = null)
{
    public static readonly ProfileKeys Unknown = new();

    /// <summary>The one unit that it says it takes; null when it takes both, or does not say.</summary>
    public string? OnlyUnit => (Names("Current"), Names("Power")) switch
    {
        (true, false) => "A",
        (false, true) => "W",
        _ => null,
    };

    private bool Names(string unit) => Units?.Contains(unit, StringComparison.OrdinalIgnoreCase) is true;
}

/// <summary>How a limit becomes a charging profile, by what the charger's model needs (OCPP 1.6 §3.13).</summary>
internal static class LimitProfiles
{
    private const int Day = 86_400;

    /// <summary>Below those that operators may use; connectors have numbers up to 100.</summary>
    private const int TransactionIds = 100;
    private const int DefaultIds = 300;

    /// <summary>A start in the past is in force at once, whatever the charger's clock (§3.13.2).</summary>
    private static readonly TimeSpan Past = TimeSpan.FromSeconds(60);

    public static string UnitOf(ChargingMode mode, ProfileKeys keys) => mode.Unit ?? keys.OnlyUnit ?? "A";

    /// <summary>Its limits for a transaction and for the next one are the same profile.</summary>
    public static bool IsOne(ChargingMode mode) => mode.Purpose is not (null or ProfilePurpose.Tx);

    public static string KindOf(ChargingMode mode) => mode.Kind ?? ProfileKind.Absolute;

    public static LimitTraits TraitsOf(ChargingMode mode, ProfileKeys keys) => new(
        UnitOf(mode, keys), mode.Minimum, mode.Step, IsOne(mode), mode.ZeroAllowed ?? true, mode.SettleSeconds,
        mode.ResendAfterResume ?? false);

    public static IEnumerable<int> Ids(int connector) => [TransactionIds + connector, DefaultIds + connector];

    public static (int Id, int Connector, ProfileContent Profile) Of(LimitOrder order, ChargingMode mode, ProfileKeys keys, DateTimeOffset now)
    {
        var isTransaction = order.Transaction is not null && !IsOne(mode);
        var purpose = isTransaction ? ProfilePurpose.Tx
            : mode.Purpose == ProfilePurpose.ChargePointMax ? ProfilePurpose.ChargePointMax
            : ProfilePurpose.TxDefault;
        var kind = isTransaction || IsOne(mode) ? KindOf(mode) : ProfileKind.Relative;
        var start = now - Past;
        var unit = order.IsDc ? "W" : UnitOf(mode, keys);
        var schedule = new ProfileSchedule(
            unit,
            [new ProfilePeriod(0, Rate(order, mode, unit), null)],
            isTransaction && kind == ProfileKind.Absolute ? Day : null,
            kind == ProfileKind.Relative ? null : start,
            null);
        var profile = new ProfileContent(
            purpose,
            kind,
            kind == ProfileKind.Recurring ? ProfileRecurrency.Daily : null,
            Level(isTransaction, mode, keys),
            schedule,
            isTransaction && kind == ProfileKind.Absolute ? start : null,
            isTransaction && kind == ProfileKind.Absolute ? start.AddSeconds(Day) : null);
        return (
            (isTransaction ? TransactionIds : DefaultIds) + order.Connector,
            purpose == ProfilePurpose.ChargePointMax ? 0 : order.Connector,
            profile);
    }

    private static int Level(bool isTransaction, ChargingMode mode, ProfileKeys keys) =>
        Math.Min(mode.StackLevel ?? (isTransaction ? 1 : 0), keys.HighestLevel ?? int.MaxValue);

    /// <summary>In tenths, as OCPP writes it, and never rounded up.</summary>
    private static double Rate(LimitOrder order, ChargingMode mode, string unit)
    {
        var rate = unit == "W" ? order.Power : mode.Current == "total" ? order.Current * order.Phases : order.Current;
        return Math.Floor((rate * 10) + 1e-6) / 10;
    }
}
