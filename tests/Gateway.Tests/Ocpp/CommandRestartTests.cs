using EvCharge.Domain.Commands;
using EvCharge.Domain.Identity;
using EvCharge.GatewayTests.Api;
using EvCharge.History.Commands;
using EvCharge.History.Queries;
using Microsoft.Extensions.DependencyInjection;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>Commands that a process which was killed has left: none is sent twice that must not be.</summary>
public sealed class CommandRestartTests(GatewayHost host)
{
    private static readonly TimeProvider Clock = TimeProvider.System;

    private readonly Records _records = new(host.Services);
    private readonly CommandLog _commands = host.Services.GetRequiredService<CommandLog>();

    [Fact]
    public async Task A_command_that_was_sent_is_unknown_unless_it_may_be_sent_again()
    {
        var name = await _records.NewCharger(host.Name("CP"));
        var reset = await Left(name, "Reset", """{"type":"Soft"}""", CommandStatus.Sent);
        var clear = await Left(name, "ClearCache", "{}", CommandStatus.Sent);
        await using var charger = await WireCharger.Connect(host.Address, name);

        var (id, action, _) = await charger.NextCall();
        Assert.Equal("ClearCache", action);
        await charger.Answer(id, """{"status":"Accepted"}""");

        await AwaitStatus(clear, CommandStatus.Answered);
        await AwaitStatus(reset, CommandStatus.Unknown);
        Assert.False(charger.HasCall);
    }

    [Fact]
    public async Task A_command_that_was_not_sent_is_sent_once_unless_it_is_too_old()
    {
        var name = await _records.NewCharger(host.Name("CP"));
        var expired = await Left(name, "Reset", """{"type":"Hard"}""", CommandStatus.Pending, expiresIn: TimeSpan.FromSeconds(-1));
        var reset = await Left(name, "Reset", """{"type":"Soft"}""", CommandStatus.Pending);
        await using var charger = await WireCharger.Connect(host.Address, name);

        var (id, _, payload) = await charger.NextCall();
        Assert.Equal("Soft", payload.GetProperty("type").GetString());
        await charger.Answer(id, """{"status":"Accepted"}""");

        await AwaitStatus(reset, CommandStatus.Answered);
        await AwaitStatus(expired, CommandStatus.Offline);
        Assert.False(charger.HasCall);
    }

    [Fact]
    public async Task A_password_that_was_not_sent_is_lost_with_the_process_and_nothing_is_sent_in_its_place()
    {
        var name = await _records.NewCharger(host.Name("CP"));
        const string masked = """{"key":"AuthorizationKey","value":"***"}""";
        var pending = await Left(name, "ChangeConfiguration", masked, CommandStatus.Pending);
        var sent = await Left(name, "ChangeConfiguration", masked, CommandStatus.Sent);
        var clear = await Left(name, "ClearCache", "{}", CommandStatus.Pending);
        await using var charger = await WireCharger.Connect(host.Address, name);

        var (id, action, _) = await charger.NextCall();
        Assert.Equal("ClearCache", action);
        await charger.Answer(id, """{"status":"Accepted"}""");

        await AwaitStatus(clear, CommandStatus.Answered);
        await AwaitStatus(pending, CommandStatus.Offline);
        await AwaitStatus(sent, CommandStatus.Unknown);
        Assert.False(charger.HasCall);
    }

    private async Task<long> Left(string charger, string action, string payload, CommandStatus status, TimeSpan? expiresIn = null)
    {
        var now = Clock.GetUtcNow();
        var command = new CommandRecord
        {
            Id = await _commands.NextId(TenantId.Default),
            Charger = new ChargerId(TenantId.Default, charger),
            Action = action,
            Payload = System.Text.Encoding.UTF8.GetBytes(payload),
            RequestedBy = "test",
            RequestedAt = now,
            ExpiresAt = now + (expiresIn ?? TimeSpan.FromMinutes(2)),
        };
        await _commands.Insert(command);
        if (status == CommandStatus.Sent)
        {
            await _commands.Update(command with { Status = status, MessageId = Guid.NewGuid().ToString(), SentAt = now });
        }

        return command.Id;
    }

    private async Task AwaitStatus(long command, CommandStatus status)
    {
        var queries = host.Services.GetRequiredService<TransactionQueries>();
        await Eventually.Holds(
            async () => (await queries.Command(SiteScope.All(TenantId.Default), command))?.Status == status, $"command {command} is {status}");
    }
}
