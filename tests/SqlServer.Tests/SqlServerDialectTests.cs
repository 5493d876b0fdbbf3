using EvCharge.History.Engines;
using EvCharge.Storage.GroupCommit;
using Microsoft.Data.SqlClient;

namespace EvCharge.SqlServerTests;

public sealed class SqlServerDialectTests
{
    private readonly SqlServerDialect _dialect = new();

    [Fact]
    public async Task A_server_that_nobody_runs_is_away_and_not_at_fault()
    {
        await using var connection = new SqlConnection("Server=127.0.0.1,1;User ID=sa;Password=x;Connect Timeout=1;Connect Retry Count=0;Encrypt=false");

        var failure = await Assert.ThrowsAsync<SqlException>(() => connection.OpenAsync(TestContext.Current.CancellationToken));

        Assert.Equal(FailureKind.Unreachable, _dialect.Judge(failure));
        Assert.True(SqlServerDialect.EndsConnection(failure));
    }

    [Fact]
    public void What_work_throws_is_its_own_fault()
    {
        Assert.Equal(FailureKind.Fault, _dialect.Judge(new InvalidOperationException()));
    }

    [Theory]
    [InlineData(10, 4_000)]
    [InlineData(4_000, 4_000)]
    [InlineData(4_001, -1)]
    public void Texts_of_any_length_share_a_plan(int length, int size)
    {
        var parameter = new SqlParameter();

        _dialect.Bind(parameter, new string('x', length));

        Assert.Equal(size, parameter.Size);
    }
}
