using System.Net;
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

    [Fact]
    public async Task A_session_is_recorded_here_and_copied_to_the_server()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, "PostgreSQL is not installed.");
        var copy = await (await PostgresServer.Shared()).CreateDatabase();
        await using var installation = await Installation.Start(
            $"--{DatabaseLocations.MirrorEngineKey}=postgresql", $"--{DatabaseLocations.MirrorConnectionKey}={copy}", "--Mirror:IntervalSeconds=1");
        await using (var charger = await WireCharger.Connect(installation.Address, await installation.Records.NewCharger("CP-1")))
        {
            await charger.Started(Start(Stamp(0)));
        }

        await Eventually.Holds(async () => await Count(copy) is 1L, "the copy has the transaction");
        var anybody = new ApiClient(installation.Address);
        var login = await anybody.Post("/api/v1/auth/token", new { username = "admin", password = Installation.AdminPassword });
        var administrator = anybody.With("Authorization", $"Bearer {login.Body.GetProperty("accessToken").GetString()}");
        var status = (await administrator.Get("/api/v1/mirror")).Expect(HttpStatusCode.OK).Body;
        Assert.True(status.GetProperty("configured").GetBoolean());
        Assert.True(File.Exists(Path.Combine(installation.Folder, "history.db")));
    }

    /// <returns>Null while the table is not there.</returns>
    private static async Task<object?> Count(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("SELECT COUNT(*) FROM charging_transaction", connection);
        try
        {
            return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return null;
        }
    }
}
