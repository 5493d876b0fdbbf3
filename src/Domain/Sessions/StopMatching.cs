using EvCharge.Domain.Identity;

namespace EvCharge.Domain.Sessions;

/// <summary>Settles which transaction a stop means, since chargers send -1, 0, negative and foreign ids.</summary>
public static class StopMatching
{
    /// <summary>True for an id that can have been issued; only then may History be asked for it.</summary>
    public static bool IsIssuable(long raw) => raw is > 0 and <= int.MaxValue;

    /// <summary>
    /// The transaction to close, or null when the stop closes nothing. An issuable id means the transaction that bears it
    /// on this charger and no other; an impossible one means the charger's only open transaction, if tag and meter fit.
    /// </summary>
    /// <param name="raw">The transaction id as sent.</param>
    /// <param name="meterStop">Wh; null when the charger did not know it.</param>
    /// <param name="named">This charger's transaction with that id, or null.</param>
    /// <param name="open">This charger's open transactions.</param>
    /// <param name="sameGroup">True when the tag is of one group with that of the only open transaction (OCPP 1.6 §4.10).</param>
    public static Transaction? Match(
        long raw, IdTag idTag, double? meterStop, Transaction? named, IReadOnlyList<Transaction> open, bool sameGroup = false)
    {
        if (IsIssuable(raw))
        {
            return named;
        }

        return open is [var only]
            && (idTag.IsNone || idTag == only.IdTag || sameGroup)
            && (meterStop is null || meterStop >= only.MeterStart + only.EnergyWh)
            ? only
            : null;
    }
}
