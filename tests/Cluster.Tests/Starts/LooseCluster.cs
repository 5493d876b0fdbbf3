using EvCharge.Servers;

namespace EvCharge.ClusterTests.Starts;

/// <summary>Processes of one cluster that a test starts one by one, on a database of its own that is empty at first.</summary>
internal sealed class LooseCluster : IAsyncDisposable
{
    private readonly string _folder;
    private readonly string _connection;
    private readonly string _cluster = $"test-{Guid.NewGuid():N}";
    private readonly List<ProductProcess> _processes = [];

    private LooseCluster(string folder, string connection)
    {
        _folder = folder;
        _connection = connection;
    }

    /// <param name="name">Of the folder with the logs, which stays until the next run of the same test.</param>
    public static async Task<LooseCluster> CreateAsync(string name, PostgresServer? server = null) =>
        new(Installation.EmptyFolder(name), await (server ?? await PostgresServer.Shared()).CreateDatabase());

    /// <summary>A cluster whose database cannot be reached.</summary>
    public static LooseCluster CreateWithoutDatabase(string name) =>
        new(Installation.EmptyFolder(name), $"Host=127.0.0.1;Port={FreePort.Draw()};Username=nobody;Database=nothing");

    public ProductProcess Silo(string name, params string[] arguments) => Add(name, BuiltAssembly.Silo, arguments);

    public ProductProcess Gateway(string name, params string[] arguments) => Add(name, BuiltAssembly.Gateway, arguments);

    public ProductProcess Standalone(string name) => Add(name, BuiltAssembly.Standalone, ["--data", Path.Combine(_folder, name)]);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
    }

    private ProductProcess Add(string name, string assembly, string[] arguments)
    {
        var process = new ProductProcess(name, assembly, _folder, arguments)
        {
            Environment =
            {
                ["EVCHARGE_DB"] = "postgresql",
                ["EVCHARGE_CONNECTION"] = _connection,
                ["EVCHARGE_CLUSTER_ID"] = _cluster,
                ["EVCHARGE_SILO_ADDRESS"] = "127.0.0.1",
            },
        };
        _processes.Add(process);
        return process;
    }
}
