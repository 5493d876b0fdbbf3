namespace EvCharge.HistoryTests.Storage;

[Trait(TestEngine.Trait, TestEngine.SqlServer)]
public sealed class SqlServerReminderTableTests() : ReminderTableContract(TestEngine.SqlServer);
