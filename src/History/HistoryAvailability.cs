using EvCharge.History.Engines;

namespace EvCharge.History;

/// <summary>
/// Whether the database can be reached at all, for what need not wait to find out: a fact that no answer depends on is
/// better left out than queued behind those that matter.
/// </summary>
public sealed class HistoryAvailability(HistoryEngine engine)
{
    /// <summary>True from the first attempt to write that does not reach the database until one does. Costs nothing to ask.</summary>
    public bool Down => engine.Unreachable;
}
