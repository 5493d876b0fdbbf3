using System.Text.Json;
using EvCharge.Domain.Allocation.Limits;
using EvCharge.Domain.Allocation.Sites;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Models;
using EvCharge.History.Queries;
using static EvCharge.GrainsTests.Sites.Sharing;

namespace EvCharge.GrainsTests.Sites;

/// <summary>Makes differ in the profiles that they take, and in whether they follow them; few of them say so.</summary>
[Trait("pain", "vendor-quirks-in-profiles")]
public sealed class VendorQuirkTests(GrainsFixture fixture)
{
    /// <summary>What a make takes, what it says of that, and how the limit of 32 A for its vehicle arrives.</summary>
    private static readonly Dictionary<string, Quirk> Makes = new()
    {
        ["all that the standard knows"] = new(_ => true, "Current,Power", "TxProfile Absolute A 32"),
        ["no profile for one transaction"] = new(profile => Purpose(profile) == "TxDefaultProfile", null, "TxDefaultProfile Absolute A 32"),
        ["the maximum of the charger only"] = new(
            profile => Purpose(profile) == "ChargePointMaxProfile", null, "ChargePointMaxProfile Absolute A 32", """{"operatingMode":"ChargePointMaxProfile"}"""),
        ["relative schedules only"] = new(profile => Kind(profile) == "Relative", null, "TxProfile Relative A 32"),
        ["watts only, and says so"] = new(profile => Unit(profile) == "W", "Power", "TxProfile Absolute W 22080"),
        ["watts only, and says nothing"] = new(profile => Unit(profile) == "W", null, "TxProfile Absolute W 22080"),
        ["watts only, and says that it takes both"] = new(profile => Unit(profile) == "W", "Current,Power", "TxProfile Absolute W 22080"),
        ["relative schedules in watts only"] = new(profile => Unit(profile) == "W" && Kind(profile) == "Relative", null, "TxProfile Relative W 22080"),
        ["the lowest level only"] = new(profile => profile.GetProperty("stackLevel").GetInt32() == 0, null, "TxProfile Absolute A 32", null, ("ChargeProfileMaxStackLevel", "0")),
        ["the sum of all phases"] = new(_ => true, null, "TxProfile Absolute A 96", """{"operatingMode":{"current":"total"}}"""),
        ["whole kilowatts"] = new(_ => true, null, "TxProfile Absolute W 22000", """{"operatingMode":{"unit":"W","step":1000}}"""),
    };

    [Fact]
    public Task Each_charger_is_told_its_limit_in_the_way_that_it_takes() => Task.WhenAll(Makes.Select(make => ToldAsItTakes(make.Key, make.Value)));

    [Fact]
    public async Task What_was_learned_of_a_charger_is_told_kept_and_tried_first()
    {
        var site = await fixture.Site(60);
        var make = Makes["relative schedules in watts only"];
        await using var charger = await Connect(site, make);
        await charger.Charger.Start();
        await Until(() => charger.Last is { } profile && Told(profile) == make.Told);

        var facts = await charger.Charger.Grain.ModelFacts();
        Assert.Contains(facts, fact => (fact.Member, fact.Origin) == ("smartCharging.unit", ProfileOrigin.Learned) && fact.Value == "\"W\"");
        await Until(async () => (await Events(charger)).Contains("limits-learned"));
        var sent = Sent(charger);
        Assert.True(await fixture.Site(site).SetLimit(new TemporaryLimit(20, TimeProvider.System.GetUtcNow().AddHours(1))));
        await Until(() => charger.OfTransaction[1] < 20 * 690);
        Assert.Equal(sent + 1, Sent(charger));
    }

    [Fact]
    public async Task One_that_takes_no_way_at_all_is_tried_in_each_counts_with_all_it_carries_and_is_named()
    {
        var site = await fixture.Site(40);
        await using var stubborn = await Connect(site, new Quirk(_ => false, null, ""));
        await stubborn.Charger.Start();
        await using var other = await Connect(site, Makes["all that the standard knows"]);
        await other.Charger.Start();

        await Until(async () => await StateOf(site, stubborn) == ConnectorState.Unmanaged && (await Events(stubborn)).Contains("limits-refused"));
        await Until(() => other.OfTransaction.GetValueOrDefault(1) is > 6 and <= 7.6);

        string[] tried = [.. stubborn.Told.Where(told => told.Action == "SetChargingProfile").Select(told => Told(told.Payload.GetProperty("csChargingProfiles"), limit: false)).Distinct()];
        Assert.Superset(
            new HashSet<string>(["TxProfile Absolute A", "TxProfile Relative A", "TxProfile Absolute W", "TxProfile Relative W", "TxDefaultProfile Absolute A"]),
            new HashSet<string>(tried));
    }

    [Fact]
    public async Task One_that_took_a_limit_for_its_transaction_is_not_told_another_profile_below_it()
    {
        var site = await fixture.Site(60);
        await using var charger = await Connect(site, Makes["all that the standard knows"]);
        await charger.Charger.Start();
        await Until(() => charger.OfTransaction.GetValueOrDefault(1) == 32);

        charger.Answer = "Rejected";
        Assert.True(await fixture.Site(site).SetLimit(new TemporaryLimit(20, TimeProvider.System.GetUtcNow().AddHours(1))));
        await Until(async () => await StateOf(site, charger) == ConnectorState.Unmanaged);

        Assert.DoesNotContain(charger.Told, told =>
            told.Action == "SetChargingProfile" && Told(told.Payload.GetProperty("csChargingProfiles"), limit: false) == "TxDefaultProfile Absolute A");
        Assert.Equal(32, (await fixture.Site(site).Allocation())!.Connectors.Single().Reserved);
    }

    [Fact]
    public async Task One_that_takes_limits_and_ignores_them_is_found_out_by_its_meter_and_the_others_make_room()
    {
        var site = await fixture.Site(40);
        await using var ignorant = await Connect(site, Makes["all that the standard knows"]);
        await using var other = await Connect(site, Makes["all that the standard knows"]);
        var transaction = await ignorant.Charger.Start();
        await other.Charger.Start();
        await Until(() => ignorant.OfTransaction.GetValueOrDefault(1) == 19.8 && other.OfTransaction.GetValueOrDefault(1) == 19.8);

        await Until(async () =>
        {
            await ignorant.Charger.Call("MeterValues", Draws(transaction, 32));
            return await StateOf(site, ignorant) == ConnectorState.Distrusted;
        });

        await Until(() => other.OfTransaction[1] <= 40 - 32);
        await Until(async () => (await Events(ignorant)).Contains("limits-ignored"));
    }

    private async Task ToldAsItTakes(string takes, Quirk make)
    {
        var site = await fixture.Site(60);
        await using var charger = await Connect(site, make);
        await charger.Charger.Start();

        await Until(() => charger.Last is { } profile && Told(profile) == make.Told, $"one that takes {takes} is told {make.Told}");

        var least = make.Told.EndsWith(" 22000", StringComparison.Ordinal) ? 31.8 : 32;
        await Until(
            async () => (await fixture.Site(site).Allocation())!.Connectors.Single() is { State: ConnectorState.Charging } held && held.Limit >= least,
            $"its site knows that one that takes {takes} holds that");
    }

    private async Task<LimitedCharger> Connect(SiteId site, Quirk make)
    {
        var connected = await fixture.Connect(site: site.Name, parameters: make.Parameters);
        var charger = new LimitedCharger(connected)
        {
            Takes = make.Takes,
            Says = make.Says ?? (make.Units is { } units ? ("ChargingScheduleAllowedChargingRateUnit", units) : ("ChargeProfileMaxStackLevel", "3")),
        };
        await fixture.Site(site).Wake();
        return charger;
    }

    private async Task<string?> StateOf(SiteId site, LimitedCharger charger) =>
        (await fixture.Site(site).Allocation())?.Connectors.Single(connector => connector.Charger == charger.Charger.Id.Name).State;

    private static int Sent(LimitedCharger charger) => charger.Told.Count(told => told.Action == "SetChargingProfile");

    private async Task<IEnumerable<string>> Events(LimitedCharger charger) =>
        (await fixture.Service<FleetQueries>().Events(SiteScope.All(TenantId.Default), charger.Charger.Id.Name, null, 50)).Select(each => each.Event.Kind);

    private static string Told(JsonElement profile, bool limit = true)
    {
        var told = $"{Purpose(profile)} {Kind(profile)} {Unit(profile)}";
        return limit ? $"{told} {profile.GetProperty("chargingSchedule").GetProperty("chargingSchedulePeriod")[0].GetProperty("limit")}" : told;
    }

    private static string? Purpose(JsonElement profile) => profile.GetProperty("chargingProfilePurpose").GetString();

    private static string? Kind(JsonElement profile) => profile.GetProperty("chargingProfileKind").GetString();

    private static string? Unit(JsonElement profile) => profile.GetProperty("chargingSchedule").GetProperty("chargingRateUnit").GetString();

    private static string Draws(int transaction, double current) => JsonSerializer.Serialize(new
    {
        connectorId = 1,
        transactionId = transaction,
        meterValue = new[]
        {
            new
            {
                timestamp = TimeProvider.System.GetUtcNow().ToString("O"),
                sampledValue = new[] { new { value = current.ToString(System.Globalization.CultureInfo.InvariantCulture), measurand = "Current.Import", phase = "L1", unit = "A" } },
            },
        },
    });

    /// <param name="Takes">Which profiles it takes.</param>
    /// <param name="Units">What it says in ChargingScheduleAllowedChargingRateUnit; null for nothing.</param>
    /// <param name="Told">Purpose, kind, unit and limit of the profile that it holds in the end.</param>
    /// <param name="Parameters">What its settings say; null for nothing.</param>
    /// <param name="Says">Another key and its value.</param>
    private sealed record Quirk(
        Func<JsonElement, bool> Takes, string? Units, string Told, string? Parameters = null, (string Key, string Value)? Says = null);
}
