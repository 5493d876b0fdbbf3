using EvCharge.Domain.Identity;
using EvCharge.History.Engines;
using EvCharge.History.Identifiers;

namespace EvCharge.History;

/// <summary>Finds out whether facts can be stored, for whoever would send chargers away otherwise.</summary>
public sealed class HistoryProbe(HistoryEngine engine)
{
    private const string Name = "probe";

    /// <summary>Commits a row of its own, behind everything that waits. False, at once, while the database is known to be away.</summary>
    public async Task<bool> Commit()
    {
        if (engine.Unreachable)
        {
            return false;
        }

        try
        {
            return await engine.Write(write => IdStatements.Reserve(write, TenantId.Default, Name, 1)) > 0;
        }
        catch (HistoryUnavailableException)
        {
            return false;
        }
    }
}
