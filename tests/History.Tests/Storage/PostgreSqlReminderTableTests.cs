namespace EvCharge.HistoryTests.Storage;

[Trait(TestEngine.Trait, TestEngine.PostgreSql)]
public sealed class PostgreSqlReminderTableTests() : ReminderTableContract(TestEngine.PostgreSql);
