using EvCharge.Contracts.Authorization;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;
using EvCharge.History.Authorization;
using EvCharge.History.Configuration;
using EvCharge.Servers;

namespace EvCharge.GrainsTests.Authorization;

/// <summary>What is left of a question to an operator when a silo or the database is lost.</summary>
public sealed class ManualAuthorizationLossTests
{
    [Fact]
    public async Task A_question_whose_silo_was_lost_is_taken_up_by_the_chargers_next_attempt()
    {
        await using var silos = await TwoSilos.Start();
        var (charger, silo) = await silos.Connect();
        await TakeOver(silos, charger, AuthorizationDefault.Reject);
        var lost = charger.Call("Authorize", """{"idTag":"STRANGER"}""").AsTask();
        var asked = await Open(silos, charger);
        await silos.Kill(silo);
        await charger.Attach(rebind: true);

        var again = charger.Result("Authorize", """{"idTag":"STRANGER"}""");
        await TwoSilos.Eventually(async () => await Answer(charger, asked) == AnswerOutcome.Taken);

        Assert.Contains("Accepted", await again, StringComparison.Ordinal);
        var recorded = Assert.Single(await Log(silos).List(SiteScope.All(TenantId.Default), charger.Id.Name, null, 10));
        Assert.Equal((asked.Id, "eve"), (recorded.Id, recorded.DecidedBy));
        await Assert.ThrowsAnyAsync<Exception>(() => lost);
    }

    [Fact]
    public async Task An_answer_given_while_nobody_waited_reaches_the_chargers_next_attempt()
    {
        await using var silos = await TwoSilos.Start();
        var (charger, silo) = await silos.Connect();
        await TakeOver(silos, charger, AuthorizationDefault.Reject);
        var lost = charger.Call("Authorize", """{"idTag":"STRANGER"}""").AsTask();
        var asked = await Open(silos, charger);
        await silos.Kill(silo);

        Assert.Equal(AnswerOutcome.Taken, await Answer(charger, asked));
        await charger.Attach(rebind: true);

        Assert.Contains("Accepted", await charger.Result("Authorize", """{"idTag":"STRANGER"}"""), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => lost);
    }

    [Fact]
    public async Task A_question_of_one_charger_is_not_answered_through_another()
    {
        await using var silos = await TwoSilos.Start();
        var (charger, _) = await silos.Connect();
        var (other, _) = await silos.Connect();
        await TakeOver(silos, charger, AuthorizationDefault.Reject);
        var asking = charger.Result("Authorize", """{"idTag":"STRANGER"}""");
        var asked = await Open(silos, charger);

        Assert.Equal(AnswerOutcome.NotFound, await Answer(other, asked));
        Assert.Equal(AnswerOutcome.Taken, await Answer(charger, asked));
        Assert.Equal(AnswerOutcome.TooLate, await Answer(charger, asked));

        Assert.Contains("Accepted", await asking, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_database_is_away_the_default_is_given_and_starts_stay_unanswered()
    {
        await using var server = await PostgresServer.Start();
        await using var silos = await TwoSilos.Start(server);
        var (charger, _) = await silos.Connect();
        await charger.Result("Authorize", """{"idTag":"GOOD"}""");
        await TakeOver(silos, charger, AuthorizationDefault.Accept);
        await server.Kill();

        // The first write finds out that the server is away, and waits for it as it must.
        Assert.Equal(ReplyOutcome.Unanswered, (await charger.Call("StartTransaction", Start)).Outcome);
        Assert.Contains("Accepted", await charger.Result("Authorize", """{"idTag":"GOOD"}"""), StringComparison.Ordinal);

        await server.Start();
        await TwoSilos.Eventually(async () => (await charger.Call("StartTransaction", Start)).Outcome == ReplyOutcome.Answered);
    }

    private const string Start = """{"connectorId":1,"idTag":"GOOD","meterStart":1000,"timestamp":"2026-03-01T12:00:00Z"}""";

    private static AuthorizationLog Log(TwoSilos silos) => silos.Service<AuthorizationLog>();

    private static async Task TakeOver(TwoSilos silos, TestCharger charger, string onTimeout)
    {
        var now = TimeProvider.System.GetUtcNow();
        var takeover = new Takeover(AuthorityKind.Manual, now.AddHours(1), TimeSpan.FromSeconds(20), onTimeout);
        await silos.Service<ConfigurationStore>().PutTakeover(
            TakeoverScope.Of(charger.Id), new TakeoverConfiguration(takeover, "eve", now), null);
        await charger.Grain.AuthorizationChanged();
    }

    private static async Task<AuthorizationRequest> Open(TwoSilos silos, TestCharger charger)
    {
        IReadOnlyList<AuthorizationRequest> open = [];
        await TwoSilos.Eventually(async () => (open = await Log(silos).ListOpen(
            SiteScope.All(TenantId.Default), charger.Id.Name, TimeProvider.System.GetUtcNow(), null, 1)).Count == 1);
        return open[0];
    }

    private static ValueTask<AnswerOutcome> Answer(TestCharger charger, AuthorizationRequest request) =>
        charger.Grain.AnswerAuthorization(request.Id, "Accepted", "eve");
}
