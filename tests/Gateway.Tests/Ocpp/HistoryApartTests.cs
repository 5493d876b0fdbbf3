using EvCharge.GatewayTests.Api;
using EvCharge.Servers;
using EvCharge.Storage;
using Npgsql;
using static EvCharge.GatewayTests.Ocpp.Transactions;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>One process whose history is in the database of a server, and the rest in its folder.</summary>
[Trait(InstallationKind.Trait, InstallationKind.Own)]
public sealed class HistoryApartTests
{
    [Fact]
    public async Task A_session_is_recorded_on_the_server_and_found_again_after_a_restart()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, "PostgreSQL is not installed.");
        var history = await (await PostgresServer.Shared()).CreateDatabase();
        await using var installation = await Installation.Start(
            $"--{DatabaseLocations.HistoryEngineKey}=postgresql", $"--{DatabaseLocations.HistoryConnectionKey}={history}");
        await using (var charger = await WireCharger.Connect(installation.Address, await installation.Records.NewCharger("CP-1")))
        {
            await charger.Started(Start(Stamp(0)));
        }

        await installation.Restart();

        Assert.True((await installation.Records.Transaction("CP-1")).Active);
        Assert.Equal(1L, await Count(history));
        Assert.True(File.Exists(Path.Combine(installation.Folder, "state.db")));
        Assert.False(File.Exists(Path.Combine(installation.Folder, "history.db")));
    }

    private static async Task<object?> Count(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("SELECT COUNT(*) FROM charging_transaction", connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
