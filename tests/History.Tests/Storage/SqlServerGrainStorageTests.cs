using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace EvCharge.HistoryTests.Storage;

[Trait(TestEngine.Trait, TestEngine.SqlServer)]
public sealed class SqlServerGrainStorageTests() : ServerGrainStorageContract(TestEngine.SqlServer)
{
    protected override string Poison => "UPDATE orleans_grain_state SET payload = 0x7b WHERE key_text = 'poisoned'";

    protected override DbConnection Connect() => new SqlConnection(Database.Address + ";Pooling=false");
}
