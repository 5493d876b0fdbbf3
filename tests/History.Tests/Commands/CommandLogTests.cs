using EvCharge.Domain.Commands;
using EvCharge.Domain.Identity;
using EvCharge.History.Commands;
using EvCharge.HistoryTests.Sessions;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Commands;

public sealed class CommandLogTests
{
    [Fact]
    public async Task A_command_comes_back_as_it_was_stored_and_as_it_ended()
    {
        await using var history = await TestHistory.Create();
        var command = await New(history);
        var ended = command with
        {
            Status = CommandStatus.Answered,
            MessageId = "m",
            SentAt = Facts.Noon,
            EndedAt = Facts.Noon.AddSeconds(1),
            Result = "{\"status\":\"Accepted\"}"u8.ToArray(),
            ErrorCode = "c",
            ErrorDescription = "d",
            Late = true,
        };
        await history.Commands.Insert(command);
        AssertSame(command, await history.Transactions.Command(SiteScope.All(Tenant), command.Id));

        await history.Commands.Update(ended);

        AssertSame(ended, await history.Transactions.Command(SiteScope.All(Tenant), command.Id));
        await history.Commands.Update(command with { Status = CommandStatus.Unknown });
        AssertSame(ended, await history.Transactions.Command(SiteScope.All(Tenant), command.Id));
        Assert.Null(await history.Transactions.Command(SiteScope.All(new TenantId("other")), command.Id));
    }

    [Fact]
    public async Task Open_commands_are_those_pending_or_sent_oldest_first()
    {
        await using var history = await TestHistory.Create();
        foreach (var status in Enum.GetValues<CommandStatus>().Reverse())
        {
            await history.Commands.Insert(await New(history) with { Status = status });
        }

        var open = await history.Commands.FindOpen(Facts.Charger);

        Assert.Equal([CommandStatus.Sent, CommandStatus.Pending], open.Select(command => command.Status));
        Assert.Empty(await history.Commands.FindOpen(new ChargerId(Tenant, "CP2")));
    }

    [Fact]
    public async Task An_idempotency_key_used_within_a_day_hands_back_the_earlier_command()
    {
        await using var history = await TestHistory.Create();
        var first = await New(history) with { IdempotencyKey = "k" };
        await history.Commands.Insert(first);

        var soon = await history.Commands.Insert(await New(history) with { IdempotencyKey = "k", RequestedAt = Facts.Noon.AddHours(23) });
        var elsewhere = await New(history) with { IdempotencyKey = "k", Charger = new ChargerId(Tenant, "CP2") };
        var later = await New(history) with { IdempotencyKey = "k", RequestedAt = Facts.Noon.AddHours(25) };

        AssertSame(first, soon);
        AssertSame(elsewhere, await history.Commands.Insert(elsewhere));
        AssertSame(later, await history.Commands.Insert(later));
        Assert.Equal(3L, await history.Scalar<long>("SELECT COUNT(*) FROM command"));
    }

    [Fact]
    public async Task Of_many_submissions_at_once_with_one_key_one_is_stored()
    {
        await using var history = await TestHistory.Create();
        var commands = new List<CommandRecord>();
        for (var i = 0; i < 100; i++)
        {
            commands.Add(await New(history) with { IdempotencyKey = "k" });
        }

        var stored = await Task.WhenAll(commands.Select(history.Commands.Insert));

        Assert.Single(stored.Select(command => command.Id).Distinct());
    }

    [Fact]
    [Trait(TestEngine.Trait, TestEngine.AnyServer)]
    public async Task Of_submissions_to_two_processes_with_one_key_one_is_stored()
    {
        await using var both = await TwoProcesses.Start();
        for (var round = 0; round < 60; round++)
        {
            var (one, other) = await both.Both(async history =>
                await history.Commands.Insert(await New(history) with { IdempotencyKey = $"{round}" }));

            Assert.Equal(one.Id, other.Id);
        }

        Assert.Equal(60L, await both.One.Scalar<long>("SELECT COUNT(*) FROM command"));
    }

    [Fact]
    public async Task Lists_go_back_from_the_newest()
    {
        await using var history = await TestHistory.Create();
        foreach (var charger in new[] { "CP1", "CP2", "CP1" })
        {
            await history.Commands.Insert(await New(history) with { Charger = new ChargerId(Tenant, charger) });
        }

        Assert.Equal([3, 2], (await history.Transactions.Commands(SiteScope.All(Tenant), null, null, 2)).Select(command => command.Id));
        Assert.Equal([1], (await history.Transactions.Commands(SiteScope.All(Tenant), "CP1", 3, 9)).Select(command => command.Id));
    }

    private static async Task<CommandRecord> New(TestHistory history) => new()
    {
        Id = await history.Commands.NextId(Tenant),
        Charger = Facts.Charger,
        Action = "Reset",
        Payload = "{\"type\":\"Soft\"}"u8.ToArray(),
        RequestedBy = "eve",
        RequestedAt = Facts.Noon,
        ExpiresAt = Facts.Noon.AddMinutes(5),
    };

    private static void AssertSame(CommandRecord expected, CommandRecord? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Payload.ToArray(), actual.Payload.ToArray());
        Assert.Equal(expected.Result.ToArray(), actual.Result.ToArray());
        Assert.Equal(expected, actual with { Payload = expected.Payload, Result = expected.Result });
    }
}
