using EvCharge.Storage;
using Microsoft.Extensions.Configuration;
using static EvCharge.Storage.DatabaseLocations;

namespace EvCharge.HistoryTests.Storage;

public sealed class DatabaseLocationsTests
{
    private const string Folder = "/data";
    private const string Postgres = "Host=db;Database=evcharge";

    [Fact]
    public void Without_a_word_everything_is_in_the_data_folder()
    {
        Assert.Equal(new DatabaseLocations(DatabaseLocation.Folder(Folder)), Read(Folder, out _));
    }

    [Fact]
    public void History_is_where_everything_else_is_unless_it_is_told_apart()
    {
        var server = DatabaseLocation.PostgreSql(Postgres);

        Assert.Equal(new DatabaseLocations(server), Read(Folder, out _, (EngineKey, "postgresql"), (ConnectionKey, Postgres)));
        Assert.Equal(
            new DatabaseLocations(DatabaseLocation.Folder(Folder), server),
            Read(Folder, out _, (HistoryEngineKey, "postgresql"), (HistoryConnectionKey, Postgres)));
        Assert.Equal(
            new DatabaseLocations(server, DatabaseLocation.Folder(Folder)),
            Read(Folder, out _, (EngineKey, "postgresql"), (ConnectionKey, Postgres), (HistoryEngineKey, "sqlite")));
    }

    [Fact]
    public void A_mirror_is_for_an_embedded_history()
    {
        var server = DatabaseLocation.PostgreSql(Postgres);
        (string, string)[] mirror = [(MirrorEngineKey, "postgresql"), (MirrorConnectionKey, Postgres)];
        var folder = DatabaseLocation.Folder(Folder);

        Assert.Equal(new DatabaseLocations(folder, folder, server), Read(Folder, out _, mirror));
        Assert.Null(Read(Folder, out var problem, [.. mirror, (EngineKey, "postgresql"), (ConnectionKey, Postgres)]));
        Assert.StartsWith($"{MirrorEngineKey} ", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HistoryEngineKey, HistoryEngineKey, "oracle", HistoryConnectionKey, Postgres)]
    [InlineData(HistoryConnectionKey, HistoryEngineKey, "postgresql", HistoryConnectionKey, "")]
    [InlineData(HistoryConnectionKey, HistoryEngineKey, "postgresql", HistoryConnectionKey, "Database=evcharge")]
    [InlineData(HistoryConnectionKey, HistoryEngineKey, "", HistoryConnectionKey, Postgres)]
    [InlineData(MirrorEngineKey, MirrorEngineKey, "sqlite", MirrorConnectionKey, "")]
    [InlineData(MirrorConnectionKey, MirrorEngineKey, "postgresql", MirrorConnectionKey, "")]
    [InlineData(MirrorConnectionKey, MirrorEngineKey, "", MirrorConnectionKey, Postgres)]
    [InlineData(ConnectionKey, EngineKey, "sqlserver", ConnectionKey, Postgres)]
    [InlineData(ConnectionKey, EngineKey, "sqlserver", ConnectionKey, "Database=evcharge;Password=secret")]
    public void What_makes_no_sense_is_named(string named, string engineKey, string engine, string connectionKey, string connection)
    {
        Assert.Null(Read(Folder, out var problem, (engineKey, engine), (connectionKey, connection)));

        Assert.StartsWith($"{named} ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("")]
    public void A_cluster_shares_a_server(string engine)
    {
        Assert.Null(Read(dataFolder: null, out var problem, (EngineKey, engine)));

        Assert.StartsWith($"{EngineKey} ", problem, StringComparison.Ordinal);
    }

    [Fact]
    [Trait(TestEngine.Trait, TestEngine.Sqlite)]
    public void Sql_server_is_refused_by_a_program_that_was_built_without_the_cultures_its_driver_needs()
    {
        Assert.Null(Read(Folder, out var problem, (HistoryEngineKey, "sqlserver"), (HistoryConnectionKey, "Server=db;Database=evcharge")));

        Assert.StartsWith($"{HistoryEngineKey} ", problem, StringComparison.Ordinal);
        Assert.Contains("InvariantGlobalization=false", problem, StringComparison.Ordinal);
    }

    private static DatabaseLocations? Read(string? dataFolder, out string? problem, params (string Key, string Value)[] settings) =>
        DatabaseLocations.Read(
            new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(each => each.Key, each => (string?)each.Value)).Build(),
            dataFolder,
            out problem);
}
