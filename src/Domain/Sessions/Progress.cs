using EvCharge.Domain.Metering;

namespace EvCharge.Domain.Sessions;

/// <summary>What samples do to a transaction: energy never falls, present values follow event time.</summary>
public static class Progress
{
    /// <summary>Registers are often rounded to 1 Wh by one message and not by the next.</summary>
    private const double RoundingWh = 1;

    /// <summary>The transaction after the samples, one version further; null when they carry nothing that counts.</summary>
    public static Transaction? Of(Transaction transaction, IReadOnlyList<Sample> samples)
    {
        var after = transaction;
        foreach (var sample in samples.OrderBy(sample => sample.At))
        {
            after = Of(after, sample);
        }

        if (after == transaction)
        {
            return null;
        }

        // A provisional end is an estimate from samples, so it moves with them.
        return after with
        {
            MeterStop = after.ClosedBySystem ? after.MeterStart + after.EnergyWh : after.MeterStop,
            PowerW = after.Active ? after.PowerW : 0,
            Version = transaction.Version + 1,
        };
    }

    private static Transaction Of(Transaction transaction, Sample sample)
    {
        var values = MeterSummary.Of(sample);
        if (values is { RegisterWh: null, PowerW: null, Soc: null })
        {
            return transaction;
        }

        var energy = transaction.EnergyWh;
        var flags = transaction.Flags;
        var current = transaction.LastSampleAt is not { } last || sample.At >= last;
        if (values.RegisterWh is { } register)
        {
            var drawn = register - transaction.MeterStart;
            var wentBack = current && drawn < energy - RoundingWh;
            flags |= wentBack ? TransactionFlags.RegisterWentBack : TransactionFlags.None;
            energy = Math.Max(energy, drawn);
        }

        return transaction with
        {
            EnergyWh = energy,
            Flags = flags,
            PowerW = current ? values.PowerW ?? transaction.PowerW : transaction.PowerW,
            Soc = current ? values.Soc ?? transaction.Soc : transaction.Soc,
            LastSampleAt = current ? sample.At : transaction.LastSampleAt,
        };
    }
}
