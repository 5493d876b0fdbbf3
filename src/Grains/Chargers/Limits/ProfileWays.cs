using EvCharge.Domain.Allocation.Sites;
using EvCharge.Domain.ChargingProfiles;
using EvCharge.Domain.Models;

namespace EvCharge.Grains.Chargers.Limits;

/// <summary>
/// Other ways to tell a charger the same limit, as far as neither its model nor its settings nor its keys say which it takes. Makes differ
/// in what they accept, and few say so.
/// </summary>
internal static class ProfileWays
{
    private static readonly string?[] Kinds = [ProfileKind.Absolute, ProfileKind.Relative];
    private static readonly string?[] Units = ["A", "W"];

    /// <summary>Of those that keep the purpose, all but the one in use; that which needs the least to be right comes first.</summary>
    public static IEnumerable<ChargingMode> Others(ChargingMode mode, ChargingMode learned, ProfileKeys keys, LimitOrder order)
    {
        var hasKind = order.Transaction is not null || LimitProfiles.IsOne(mode);
        var kinds = hasKind && IsFree(mode.Kind, learned.Kind) ? Kinds : [mode.Kind];
        var units = keys.OnlyUnit is null && !order.IsDc && IsFree(mode.Unit, learned.Unit) ? Units : [mode.Unit];
        var inUse = Meaning(mode);
        return
            from unit in units
            from kind in kinds
            let way = mode with { Unit = unit, Kind = kind }
            where Meaning(way) != inUse
            select way;

        (string Unit, string Kind) Meaning(ChargingMode way) => (LimitProfiles.UnitOf(way, keys), LimitProfiles.KindOf(way));
    }

    /// <summary>
    /// One profile for all transactions, where it refuses those that are for one; null where that is no other way. Not for a charger that
    /// took one of these before: it would go on to hold, above the other.
    /// </summary>
    public static ChargingMode? ForAll(ChargingMode mode, LimitOrder order) =>
        order.Transaction is not null && mode.Purpose is null ? mode with { Purpose = ProfilePurpose.TxDefault } : null;

    private static bool IsFree(string? used, string? learned) => used is null || used == learned;
}
