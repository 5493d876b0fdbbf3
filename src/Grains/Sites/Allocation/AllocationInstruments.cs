using System.Diagnostics.Metrics;

namespace EvCharge.Grains.Sites.Allocation;

/// <summary>Measurements of the allocation.</summary>
internal sealed class AllocationInstruments(IMeterFactory meters)
{
    private readonly Meter _meter = meters.Create("evcharge.allocation");
    private Histogram<double>? _decision;
    private Counter<long>? _orders;
    private Counter<long>? _withheld;

    public void Decided(double milliseconds) =>
        (_decision ??= _meter.CreateHistogram<double>("evcharge.allocation.decision", "ms", "Time that one decision of a site took."))
        .Record(milliseconds);

    /// <param name="outcome">accepted, refused, unanswered, not-sent.</param>
    public void Ended(string outcome) =>
        (_orders ??= _meter.CreateCounter<long>("evcharge.allocation.orders", "{order}", "Limits that chargers were to be told, by outcome."))
        .Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Withheld() =>
        (_withheld ??= _meter.CreateCounter<long>(
            "evcharge.allocation.withheld", "{decision}", "Decisions whose increases an independent check held back: a fault of the rules."))
        .Add(1);
}
