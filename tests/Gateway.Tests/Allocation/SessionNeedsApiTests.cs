using System.Net;
using System.Text.Json;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Allocation;

/// <summary>What is said of a vehicle, or of its tag, bends its share.</summary>
public sealed class SessionNeedsApiTests(GatewayHost host)
{
    private static readonly object Quick = new
    {
        enabled = true, tickSeconds = 1, increaseIntervalSeconds = 0, minOnSeconds = 0, minOffSeconds = 0, settleSeconds = 1, deadBand = 0.5, hysteresis = 0,
    };

    [Fact]
    public async Task Of_two_vehicles_the_one_gets_more_that_needs_more_until_it_leaves()
    {
        var (site, names) = await Site(tag: null);
        await using var one = await SharingCharger.Connect(host.Address, names[0]);
        await using var other = await SharingCharger.Connect(host.Address, names[1]);
        var (urgent, _) = (await Start(one, "GOOD"), await Start(other, "GOOD"));
        await Eventually.Holds(() => one.OfTransaction == 19.8 && other.OfTransaction == 19.8);

        // 22.08 kWh in 2 h are 16 A on three phases: as one of which nothing is known. 33.1 kWh are 24 A.
        (await Put(urgent, new { departure = InHours(2), energyWh = 33_120 })).Expect(HttpStatusCode.NoContent);
        await Eventually.Holds(() => Math.Abs(one.OfTransaction - 23.7) < 0.3 && Math.Abs(other.OfTransaction - 15.8) < 0.3);

        var connector = (await Allocation(site)).GetProperty("connectors")[0];
        Assert.Equal(1.5, connector.GetProperty("weight").GetDouble(), 0.02);
        Assert.Equal(33_120, connector.GetProperty("energyWh").GetDouble());

        (await host.Administrator.Delete($"/api/v1/transactions/{urgent}/needs")).Expect(HttpStatusCode.NoContent);
        await Eventually.Holds(() => one.OfTransaction == 19.8 && other.OfTransaction == 19.8);
    }

    [Fact]
    public async Task A_tag_says_it_of_each_of_its_vehicles()
    {
        var tag = host.Name("T");
        var (site, names) = await Site(new { priority = 7, departure = "23:59", energyWh = 1_000 }, tag);
        await using var one = await SharingCharger.Connect(host.Address, names[0]);
        await using var other = await SharingCharger.Connect(host.Address, names[1]);
        var (first, _) = (await Start(one, tag), await Start(other, "GOOD"));
        await Eventually.Holds(() => one.OfTransaction == 32 && Math.Abs(other.OfTransaction - 7.6) < 0.01);

        var connector = (await Allocation(site)).GetProperty("connectors")[0];
        Assert.Equal((7, 1_000), (connector.GetProperty("priority").GetInt32(), connector.GetProperty("energyWh").GetInt32()));
        Assert.Equal((23, 59), (connector.GetProperty("departure").GetDateTimeOffset().Hour, connector.GetProperty("departure").GetDateTimeOffset().Minute));

        (await Put(first, new { priority = 5 })).Expect(HttpStatusCode.NoContent);
        await Eventually.Holds(async () => (await Allocation(site)).GetProperty("connectors")[0].GetProperty("priority").GetInt32() == 5, "it goes over the tag");
    }

    [Theory]
    [InlineData("{}", "")]
    [InlineData("""{"priority":10}""", "priority")]
    [InlineData("""{"departure":"2020-01-01T00:00:00Z"}""", "departure")]
    [InlineData("""{"energyWh":-1}""", "energyWh")]
    public async Task What_makes_no_sense_is_refused(string body, string field)
    {
        var refused = await host.Administrator.SendText(HttpMethod.Put, "/api/v1/transactions/1/needs", body);

        Assert.Equal([field], refused.Expect(HttpStatusCode.UnprocessableEntity).Fields);
    }

    [Fact]
    public async Task Nothing_is_said_of_a_transaction_that_is_over_or_that_nobody_limits()
    {
        (await host.Administrator.Put("/api/v1/transactions/999999999/needs", new { priority = 9 })).Expect(HttpStatusCode.NotFound);
        var name = host.Name("c");
        (await host.Administrator.Put($"/api/v1/chargers/{name}", new { connectors = 1 })).Expect(HttpStatusCode.Created);
        await using var charger = await SharingCharger.Connect(host.Address, name);

        Assert.Equal("not-limited", (await Put(await Start(charger, "GOOD"), new { priority = 9 })).Expect(HttpStatusCode.Conflict).Body.GetProperty("code").GetString());
    }

    private static DateTimeOffset InHours(double hours) => TimeProvider.System.GetUtcNow().AddHours(hours);

    private Task<ApiAnswer> Put(long transaction, object needs) => host.Administrator.Put($"/api/v1/transactions/{transaction}/needs", needs);

    private async Task<long> Start(SharingCharger charger, string tag)
    {
        var ocppId = await charger.Start(tag: tag);
        var found = default(JsonElement);
        await Eventually.Holds(
            async () =>
            {
                var page = (await host.Administrator.Get($"/api/v1/transactions?charger={charger.Name}&active=true")).Expect(HttpStatusCode.OK).Body;
                found = page.GetProperty("items").EnumerateArray().FirstOrDefault(each => each.GetProperty("ocppId").GetInt32() == ocppId);
                return found.ValueKind == JsonValueKind.Object;
            },
            "the transaction is listed");
        return found.GetProperty("id").GetInt64();
    }

    private async Task<JsonElement> Allocation(string site) =>
        (await host.Administrator.Get($"/api/v1/sites/{site}/allocation")).Expect(HttpStatusCode.OK).Body;

    private async Task<(string Site, string[] Chargers)> Site(object? tag, string name = "")
    {
        var site = host.Name("s");
        string[] names = [.. Enumerable.Range(0, 2).Select(number => host.Name($"c{number}")).Order(StringComparer.Ordinal)];
        if (tag is not null)
        {
            (await host.Administrator.Put($"/api/v1/tags/{name}", tag)).Expect(HttpStatusCode.Created);
        }
        (await host.Administrator.Put($"/api/v1/sites/{site}", new { limit = 40, smartCharging = Quick })).Expect(HttpStatusCode.Created);
        foreach (var charger in names)
        {
            (await host.Administrator.Put($"/api/v1/chargers/{charger}", new { site, connectors = 1 })).Expect(HttpStatusCode.Created);
        }
        return (site, names);
    }
}
