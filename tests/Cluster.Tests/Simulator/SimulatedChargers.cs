namespace EvCharge.ClusterTests.Simulator;

/// <summary>Several chargers that end together with a test.</summary>
internal sealed class SimulatedChargers : IAsyncDisposable
{
    private readonly List<SimulatedCharger> _chargers = [];

    public IReadOnlyList<SimulatedCharger> All => _chargers;

    public SimulatedCharger Add(SimulatedCharger charger)
    {
        _chargers.Add(charger);
        return charger;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var charger in _chargers)
            await charger.DisposeAsync();
    }
}
