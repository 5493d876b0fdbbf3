using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Commands;
using EvCharge.Domain.Frames;
using EvCharge.Domain.Identity;
using EvCharge.History.Configuration;
using EvCharge.History.Queries;
using Microsoft.Data.Sqlite;
using Orleans.Core.Internal;

namespace EvCharge.GrainsTests.Chargers;

public sealed class ChargerGrainTests(GrainsFixture fixture)
{
    [Fact]
    public async Task A_session_is_in_History_when_its_stop_is_answered()
    {
        var charger = await fixture.Connect();
        await charger.Result("BootNotification", """{"chargePointVendor":"V","chargePointModel":"M"}""");
        var id = await charger.Start();
        await charger.Result(
            "MeterValues",
            $$$"""{"connectorId":1,"transactionId":{{{id}}},"meterValue":[{"timestamp":"2026-03-01T12:01:00Z","sampledValue":[{"value":"1.5","unit":"kWh"}]}]}""");
        await charger.Result("StopTransaction", $$"""{"transactionId":{{id}},"meterStop":1800,"timestamp":"2026-03-01T12:02:00Z"}""");

        var stored = Assert.Single(await Transactions(charger));
        Assert.Equal(id, stored.OcppId);
        Assert.Equal(800, stored.EnergyWh);
        Assert.False(stored.Active);
        Assert.Single(await fixture.Service<TransactionQueries>().MeterFrames(TenantId.Default, stored.Id, null, 10));
    }

    [Fact]
    public async Task Recent_messages_are_asked_of_the_gateway_that_holds_the_connection()
    {
        var charger = await fixture.Connect();
        var entry = new LoggedFrame(
            charger.Epoch.Value, 1, DateTimeOffset.UnixEpoch, FrameDirection.In, LoggedKind.Opened, "", "ocpp1.6", "here"u8.ToArray(), FrameStatus.None);
        charger.Gateway.Recent = [entry];

        var held = Assert.Single((await charger.Grain.RecentFrames())!.Value);
        await charger.Grain.Detach(charger.Epoch);

        Assert.Equal(entry with { Text = held.Text }, held);
        Assert.Equal("here"u8.ToArray(), held.Text.ToArray());
        Assert.Null(await charger.Grain.RecentFrames());
    }

    [Fact]
    public async Task A_start_repeated_after_the_grains_forgot_is_still_one_transaction()
    {
        var charger = await fixture.Connect();
        var id = await charger.Start(messageId: "start-1");
        await Forget(charger);

        Assert.Equal(ReplyOutcome.NotAttached, (await charger.Call("Heartbeat", "{}")).Outcome);
        Assert.True((await charger.Attach(rebind: true)).Won);
        Assert.Equal(id, await charger.Start(messageId: "start-1"));
        Assert.Equal(id, await charger.Start(messageId: "start-2"));
        Assert.Single(await Transactions(charger));
    }

    [Fact]
    public async Task A_deactivation_asks_the_gateway_to_bind_again()
    {
        var charger = await fixture.Connect();
        await Forget(charger);
        Assert.Equal(charger.Epoch, await charger.Gateway.RebindAsked.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_older_connection_is_closed_and_its_frames_are_refused()
    {
        var older = await fixture.Connect();
        var newer = new TestCharger(older.Id, fixture.Grains);
        await newer.Attach();

        Assert.Equal(older.Epoch, await older.Gateway.Closed.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        Assert.Equal(ReplyOutcome.StaleSession, (await older.Call("Heartbeat", "{}")).Outcome);
        await older.Grain.Detach(older.Epoch);
        Assert.True((await newer.Grain.Snapshot()).Online);
        Assert.Contains("currentTime", await newer.Result("Heartbeat", "{}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_is_answered_through_the_connection()
    {
        var charger = await fixture.Connect();
        var submitted = await charger.Grain.Submit(new ChargerCall("Reset", """{"type":"Soft"}"""u8.ToArray(), "tester"));
        var call = await charger.Gateway.Next();
        Assert.Equal("Reset", call.Action);
        await charger.Answer(call, """{"status":"Accepted"}""");

        var ended = await charger.Grain.WaitFor(submitted.CommandId!.Value, TimeSpan.FromSeconds(10));
        Assert.Equal(CommandStatus.Answered, ended!.Status);
        var stored = await fixture.Service<TransactionQueries>().Command(SiteScope.All(TenantId.Default), submitted.CommandId.Value);
        Assert.Equal(CommandStatus.Answered, stored!.Status);
        Assert.Equal(call.MessageId, stored.MessageId);
    }

    [Fact]
    public async Task Only_one_command_is_outstanding_at_a_time()
    {
        var charger = await fixture.Connect();
        await charger.Grain.Submit(new ChargerCall("ClearCache", "{}"u8.ToArray(), "tester"));
        var second = await charger.Grain.Submit(new ChargerCall("GetConfiguration", "{}"u8.ToArray(), "tester"));

        var first = await charger.Gateway.Next();
        Assert.Equal("ClearCache", first.Action);
        Assert.Equal(CommandStatus.Pending, (await charger.Grain.WaitFor(second.CommandId!.Value, TimeSpan.FromMilliseconds(100)))!.Status);
        await charger.Answer(first, """{"status":"Accepted"}""");
        Assert.Equal("GetConfiguration", (await charger.Gateway.Next()).Action);
    }

    [Fact]
    public async Task A_command_in_flight_when_the_connection_is_taken_over_is_unknown_until_its_answer_arrives()
    {
        var charger = await fixture.Connect();
        var submitted = await charger.Grain.Submit(new ChargerCall("Reset", """{"type":"Hard"}"""u8.ToArray(), "tester"));
        var call = await charger.Gateway.Next();
        await new TestCharger(charger.Id, fixture.Grains).Attach();

        var ended = await charger.Grain.WaitFor(submitted.CommandId!.Value, TimeSpan.FromSeconds(10));
        Assert.Equal(CommandStatus.Unknown, ended!.Status);

        await charger.Answer(call, """{"status":"Accepted"}"""); // was under way over the connection that gave way
        Assert.Equal(CommandStatus.Answered, (await charger.Grain.WaitFor(submitted.CommandId.Value, TimeSpan.Zero))!.Status);
    }

    [Theory]
    [InlineData("Reset", """{"type":"Lukewarm"}""", RefusalKind.InvalidPayload, "type")]
    [InlineData("Reset", """{}""", RefusalKind.InvalidPayload, "type")]
    [InlineData("Heartbeat", """{}""", RefusalKind.UnknownAction, "action")]
    [InlineData("Explode", """{}""", RefusalKind.UnknownAction, "action")]
    public async Task A_command_that_is_not_valid_is_refused_with_its_field(string action, string payload, RefusalKind kind, string field)
    {
        var charger = await fixture.Connect();
        var refusal = (await charger.Grain.Submit(new ChargerCall(action, System.Text.Encoding.UTF8.GetBytes(payload), "tester"))).Refusal;
        Assert.Equal(kind, refusal!.Kind);
        Assert.Equal(field, refusal.Field);
    }

    [Fact]
    public async Task A_charger_that_nobody_configured_stays_pending_and_starts_nothing()
    {
        var stranger = new TestCharger(new ChargerId(TenantId.Default, "STRANGER"), fixture.Grains);
        await stranger.Attach();

        Assert.Contains("Pending", await stranger.Result("BootNotification", """{"chargePointVendor":"V","chargePointModel":"M"}"""), StringComparison.Ordinal);
        var reply = await stranger.Call("StartTransaction", """{"connectorId":1,"idTag":"GOOD","meterStart":0,"timestamp":"2026-03-01T12:00:00Z"}""");
        Assert.Equal("SecurityError", reply.Frame!.ErrorCode);
        Assert.Empty(await Transactions(stranger));
    }

    [Fact]
    public async Task While_History_cannot_be_written_a_start_stays_unanswered_and_a_heartbeat_does_not()
    {
        var charger = await fixture.Connect();
        await charger.Result("Heartbeat", "{}");
        await using (var other = new SqliteConnection($"Data Source={fixture.HistoryFile}"))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var hold = other.BeginTransaction(deferred: false);
            var start = charger.Call("StartTransaction", """{"connectorId":1,"idTag":"GOOD","meterStart":1000,"timestamp":"2026-03-01T12:00:00Z"}""", "held").AsTask();
            Assert.Equal(ReplyOutcome.Unanswered, (await start).Outcome);
            Assert.Contains("currentTime", await charger.Result("Heartbeat", "{}"), StringComparison.Ordinal);
        }

        Assert.True(await charger.Start(messageId: "held") > 0);
        Assert.Single(await Transactions(charger));
    }

    [Fact]
    public async Task A_strict_tenant_refuses_what_others_coerce()
    {
        var tenant = TenantId.Default;
        var charger = await fixture.Connect();
        const string status = """{"connectorId":1,"errorCode":"Error","status":"Faulted"}""";
        Assert.Equal("{}", await charger.Result("StatusNotification", status));

        await fixture.Configuration.PutSettings(tenant, TenantSettings.Defaults with { Strict = true }, null);
        try
        {
            await charger.Grain.Reload();
            await Eventually(async () => (await charger.Call("StatusNotification", status)).Frame!.ErrorCode == "PropertyConstraintViolation");
        }
        finally
        {
            await fixture.Configuration.PutSettings(tenant, TenantSettings.Defaults, null);
        }
    }

    [Fact]
    public async Task Deviations_are_kept_for_the_operator()
    {
        var charger = await fixture.Connect();
        await charger.Result("StatusNotification", """{"connectorId":1,"errorCode":"Error","status":"Faulted","timestamp":"2026-03-01T12:00:00"}""");
        var warnings = await fixture.Service<FleetQueries>().Warnings(charger.Id);
        Assert.Contains(warnings, warning => warning is { Rule: "UnknownWord", Field: "errorCode", Example: "Error" });
        Assert.Contains(warnings, warning => warning is { Rule: "NoZone", Field: "timestamp" });
    }

    [Theory]
    [InlineData(0, CommandStatus.Answered)]
    [InlineData(31, CommandStatus.Answered)]
    [InlineData(32, CommandStatus.Unknown)]
    public async Task An_answer_finds_a_command_that_a_former_activation_ended_unless_many_invented_ones_came_before(
        int invented, CommandStatus expected)
    {
        var charger = await fixture.Connect();
        var submitted = await charger.Grain.Submit(new ChargerCall("Reset", """{"type":"Soft"}"""u8.ToArray(), "tester"));
        var call = await charger.Gateway.Next();
        await charger.Grain.Detach(charger.Epoch);
        await Eventually(async () => await Stored(submitted) == CommandStatus.Unknown);
        await Forget(charger);
        await charger.Attach();

        for (var number = 0; number < invented; number++)
        {
            await charger.Answer(call with { MessageId = $"invented-{number}" }, """{"status":"Accepted"}""");
        }

        await charger.Answer(call, """{"status":"Accepted"}""");
        Assert.Equal(expected, await Stored(submitted));
    }

    private async Task<CommandStatus> Stored(SubmitResult submitted) =>
        (await fixture.Service<TransactionQueries>().Command(SiteScope.All(TenantId.Default), submitted.CommandId!.Value))!.Status;

    private Task<IReadOnlyList<Domain.Sessions.Transaction>> Transactions(TestCharger charger) =>
        fixture.Service<TransactionQueries>().List(SiteScope.All(TenantId.Default), new TransactionFilter(Charger: charger.Id.Name), null, 10);

    /// <summary>Ends the activations, and waits until they are gone.</summary>
    private static async Task Forget(TestCharger charger)
    {
        await charger.Grain.Cast<IGrainManagementExtension>().DeactivateOnIdle(TestContext.Current.CancellationToken);
        await Eventually(async () => !(await charger.Grain.Snapshot()).Online);
    }

    private static async Task Eventually(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await condition())
        {
            await Task.Delay(20, patience.Token);
        }
    }
}
