using System.Data.Common;
using Npgsql;

namespace EvCharge.HistoryTests.Storage;

[Trait(TestEngine.Trait, TestEngine.PostgreSql)]
public sealed class PostgreSqlGrainStorageTests() : ServerGrainStorageContract(TestEngine.PostgreSql)
{
    protected override string Poison => @"UPDATE orleans_grain_state SET payload = '\x7b' WHERE key_text = 'poisoned'";

    protected override DbConnection Connect() => new NpgsqlConnection(Database.Address + ";Pooling=false");
}
