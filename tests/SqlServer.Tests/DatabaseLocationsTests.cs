using EvCharge.Storage;
using Microsoft.Extensions.Configuration;

namespace EvCharge.SqlServerTests;

public sealed class DatabaseLocationsTests
{
    [Theory]
    [InlineData(DatabaseLocations.EngineKey, DatabaseLocations.ConnectionKey)]
    [InlineData(DatabaseLocations.HistoryEngineKey, DatabaseLocations.HistoryConnectionKey)]
    public void Sql_server_is_taken_where_its_driver_can_run(string engineKey, string connectionKey)
    {
        const string Connection = "Server=db;Database=evcharge;Integrated Security=true";
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { [engineKey] = "sqlserver", [connectionKey] = Connection })
            .Build();

        var databases = DatabaseLocations.Read(configuration, "/data", out var problem);

        Assert.Null(problem);
        Assert.Equal(DatabaseLocation.SqlServer(Connection), databases!.History);
    }
}
