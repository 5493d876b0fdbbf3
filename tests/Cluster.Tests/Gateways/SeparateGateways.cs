using EvCharge.ClusterTests.Starts;

namespace EvCharge.ClusterTests.Gateways;

/// <summary>A silo, a gateway for chargers alone, and two for the API alone.</summary>
public sealed class SeparateGateways : IAsyncLifetime
{
    private LooseCluster? _cluster;

    internal ProductProcess ForChargers { get; private set; } = null!;

    internal ProductProcess ForApi { get; private set; } = null!;

    internal ProductProcess OtherForApi { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await LooseCluster.CreateAsync("gateways");
        var silo = _cluster.Silo("silo");
        ForChargers = Gateway("chargers", "ocpp");
        ForApi = Gateway("api1", "api");
        OtherForApi = Gateway("api2", "api");
        await silo.RunAsync("--migrate");
        ProductProcess[] all = [silo, ForChargers, ForApi, OtherForApi];
        foreach (var process in all)
            process.Launch();
        foreach (var process in all)
            await process.ReadyAsync(TimeSpan.FromSeconds(60));
    }

    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;

    private ProductProcess Gateway(string name, string roles)
    {
        var gateway = _cluster!.Gateway(name);
        gateway.Environment["EVCHARGE_ROLES"] = roles;
        gateway.Environment["EVCHARGE_ADMIN_PASSWORD"] = Installation.AdminPassword;
        return gateway;
    }
}
