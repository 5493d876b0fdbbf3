using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Commands;
using EvCharge.Domain.Identity;
using EvCharge.History.Queries;

namespace EvCharge.GrainsTests.Chargers;

/// <summary>What is left of a charger when the silo that held its grain is killed: everything but the activation.</summary>
public sealed class SiloLossTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task The_connection_is_bound_again_and_a_session_under_way_goes_on()
    {
        await using var silos = await TwoSilos.Start();
        var (charger, silo) = await silos.Connect();
        var id = await charger.Start();
        await silos.Kill(silo);

        var attached = await charger.Attach(rebind: true);
        Assert.True(attached.Won);
        Assert.True(attached.Busy);
        Assert.NotEqual(silo, attached.Silo);
        Assert.Equal(id, await charger.Start());
        await charger.Result("StopTransaction", $$"""{"transactionId":{{id}},"meterStop":1800,"timestamp":"2026-03-01T12:02:00Z"}""");

        var stored = Assert.Single(await silos.Service<TransactionQueries>().List(
            SiteScope.All(TenantId.Default), new TransactionFilter(Charger: charger.Id.Name), null, 10));
        Assert.Equal(800, stored.EnergyWh);
        Assert.Equal(CommandStatus.Answered, await Ask(charger, "ClearCache", "{}"));
    }

    [Fact]
    public async Task A_command_that_was_sent_is_unknown_and_its_late_answer_is_recorded()
    {
        await using var silos = await TwoSilos.Start();
        var (charger, silo) = await silos.Connect();
        var submitted = await charger.Grain.Submit(new ChargerCall("Reset", """{"type":"Soft"}"""u8.ToArray(), "tester"));
        var call = await charger.Gateway.Next();
        await silos.Kill(silo);
        await charger.Attach(rebind: true);

        Assert.Equal(CommandStatus.Unknown, await Stored(silos, submitted));
        Assert.False(charger.Gateway.HasFrame);
        await charger.Answer(call, """{"status":"Accepted"}""");
        Assert.Equal(CommandStatus.Answered, await Stored(silos, submitted));
    }

    [Fact]
    public async Task A_submission_repeated_because_its_outcome_was_lost_is_sent_once()
    {
        await using var silos = await TwoSilos.Start();
        var (charger, silo) = await silos.Connect();
        var call = new ChargerCall("Reset", """{"type":"Soft"}"""u8.ToArray(), "tester", "key-1");
        var first = await charger.Grain.Submit(call);
        await charger.Gateway.Next();
        await silos.Kill(silo);
        await charger.Attach(rebind: true);

        Assert.Equal(first.CommandId, (await charger.Grain.Submit(call)).CommandId);
        Assert.False(charger.Gateway.HasFrame);
    }

    [Fact]
    public async Task What_a_silo_with_a_fast_clock_recorded_does_not_outlive_it()
    {
        await using var silos = await TwoSilos.Start();
        var (charger, silo) = await silos.Connect();
        silos.ClockOf(silo).Ahead = TimeSpan.FromHours(1);
        await charger.Attach();
        await charger.Result("BootNotification", """{"chargePointVendor":"V","chargePointModel":"old"}""");
        var early = charger.Epoch;
        await silos.Kill(silo);

        var later = new TestCharger(charger.Id, silos.Grains);
        Assert.NotEqual(silo, (await later.Attach()).Silo);
        Assert.True(later.Epoch.Value > early.Value);
        Assert.False((await charger.Attach(rebind: true)).Won);
        await later.Result("BootNotification", """{"chargePointVendor":"V","chargePointModel":"new"}""");
        Assert.Equal("new", (await Known(silos, charger)).Boot!.Model);
        await later.Grain.Detach(later.Epoch);
        Assert.False((await Known(silos, charger)).Online);
    }

    [Fact]
    public async Task The_end_of_a_connection_is_recorded_by_an_activation_that_never_saw_it()
    {
        await using var silos = await TwoSilos.Start();
        var (charger, silo) = await silos.Connect();
        Assert.True((await Known(silos, charger)).Online);
        await silos.Kill(silo);
        await charger.Grain.Detach(charger.Epoch);

        Assert.False((await Known(silos, charger)).Online);
        Assert.False((await charger.Attach(rebind: true)).Won);
    }

    private static async Task<CommandStatus> Ask(TestCharger charger, string action, string payload)
    {
        var submitted = await charger.Grain.Submit(new ChargerCall(action, System.Text.Encoding.UTF8.GetBytes(payload), "tester"));
        await charger.Answer(await charger.Gateway.Next(), """{"status":"Accepted"}""");
        return (await charger.Grain.WaitFor(submitted.CommandId!.Value, Patience))!.Status;
    }

    private static async Task<CommandStatus> Stored(TwoSilos silos, SubmitResult submitted) =>
        (await silos.Service<TransactionQueries>().Command(SiteScope.All(TenantId.Default), submitted.CommandId!.Value))!.Status;

    private static async Task<FleetCharger> Known(TwoSilos silos, TestCharger charger) =>
        (await silos.Service<FleetQueries>().Charger(charger.Id))!;
}
