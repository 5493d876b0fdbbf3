namespace EvCharge.HistoryTests.Storage;

[Trait(TestEngine.Trait, TestEngine.Sqlite)]
public sealed class SqliteReminderTableTests() : ReminderTableContract(TestEngine.Sqlite);
