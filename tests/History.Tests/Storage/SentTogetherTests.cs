using EvCharge.History.Engines;
using EvCharge.Storage.GroupCommit;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EvCharge.HistoryTests.Storage;

/// <summary>Statements of a batch that a server gets in one round trip, and what becomes of it when one does not do as assumed.</summary>
[Trait(TestEngine.Trait, TestEngine.PostgreSql)]
public sealed class SentTogetherTests : IAsyncLifetime
{
    private const string Insert = "INSERT INTO fact (id) VALUES (@id) ON CONFLICT DO NOTHING";
    private string _address = "";
    private GroupCommitWriter _writer = null!;

    public async ValueTask InitializeAsync()
    {
        _address = (await TestEngine.Empty(TestEngine.PostgreSql)).Address + ";Pooling=false";
        await Ask("CREATE TABLE fact (id int PRIMARY KEY CHECK (id > 0))");
        _writer = new GroupCommitWriter("together", Open, new PostgreSqlDialect(), new GroupCommitOptions(), NullLogger.Instance);
    }

    public ValueTask DisposeAsync() => _writer?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task What_is_sent_together_is_stored_also_when_it_is_much()
    {
        Assert.True(await _writer.Write(session => Enumerable.Range(1, 1_000).All(id => session.ExecuteOne(Insert, ("@id", id)))));

        Assert.Equal(1_000L, await Ask("SELECT count(*) FROM fact"));
    }

    [Fact]
    public async Task Whoever_assumed_wrongly_is_applied_again_with_the_true_answer_and_the_others_stand()
    {
        await _writer.Write(session => session.ExecuteOne(Insert, ("@id", 2)));
        using var gate = new ManualResetEventSlim();
        var held = _writer.Write(_ =>
        {
            gate.Wait();
            return true;
        });
        var applied = 0;
        var first = _writer.Write(session => session.ExecuteOne(Insert, ("@id", 1)));
        var repeat = _writer.Write(session =>
        {
            applied++;
            return session.ExecuteOne(Insert, ("@id", 2));
        });
        var last = _writer.Write(session => session.ExecuteOne(Insert, ("@id", 3)));

        gate.Set();

        bool[] answers = await Task.WhenAll(held, first, repeat, last);
        Assert.Equal([true, true, false, true], answers);
        Assert.Equal(2, applied);
        Assert.Equal(3L, await Ask("SELECT count(*) FROM fact"));
    }

    [Fact]
    public async Task A_statement_that_the_server_refuses_fails_its_own_work_alone()
    {
        var good = _writer.Write(session => session.ExecuteOne(Insert, ("@id", 1)));
        var bad = _writer.Write(session =>
        {
            session.Post(Insert, ("@id", -1));
            return true;
        });

        Assert.True(await good);
        Assert.Equal(PostgresErrorCodes.CheckViolation, (await Assert.ThrowsAsync<PostgresException>(() => bad)).SqlState);
        Assert.Equal(1L, await Ask("SELECT count(*) FROM fact"));
    }

    [Fact]
    public async Task What_is_read_has_seen_what_was_posted_before()
    {
        Assert.Equal(2L, await _writer.Write(session =>
        {
            session.Post(Insert, ("@id", 1));
            session.Post(Insert, ("@id", 2));
            return session.First("SELECT count(*) FROM fact", reader => reader.GetInt64(0));
        }));
    }

    [Fact]
    public async Task Work_that_takes_itself_back_leaves_nothing_of_what_it_posted()
    {
        await _writer.Write(session =>
        {
            session.Post(Insert, ("@id", 1));
            session.Discard();
            return true;
        });

        Assert.Equal(0L, await Ask("SELECT count(*) FROM fact"));
    }

    private NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection(_address);
        connection.Open();
        return connection;
    }

    private async Task<object?> Ask(string sql)
    {
        await using var connection = new NpgsqlConnection(_address);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
