using Orleans.Concurrency;

namespace EvCharge.Contracts.Batches;

/// <summary>Gives the command of one batch to its chargers, one after the other; key tenant/id.</summary>
[Alias("evc.IBatchGrain")]
public interface IBatchGrain : IGrainWithStringKey
{
    /// <summary>Begins, or goes on after a restart. Told again it changes nothing.</summary>
    [Alias("Run"), OneWay]
    ValueTask Run();
}
