using System.Net;
using System.Text.Json;
using EvCharge.GatewayTests.Api;

namespace EvCharge.GatewayTests.Series;

/// <summary>Curves over a period, across the transactions that it meets.</summary>
public sealed class SeriesApiTests(GatewayHost host)
{
    private readonly Sessions sessions = new(host);

    [Fact]
    public async Task Curves_span_transactions_and_begin_and_end_with_their_period()
    {
        var charger = await Charger();
        await Run(charger, Sessions.Noon, samples: 60);
        await Run(charger, Sessions.Noon.AddHours(2), samples: 60);

        var answer = await Read($"tag=charger/{charger}/connector/1/energy&tag=charger/{charger}/connector/1/current.l2&from=2026-03-01T12:30:00Z&to=2026-03-01T14:10:00Z&points=100");

        Assert.Equal(60, answer.GetProperty("spanSeconds").GetDouble());
        var energy = answer.GetProperty("series")[0];
        Assert.Equal(("Wh", 40), (energy.GetProperty("unit").GetString(), energy.GetProperty("last").GetArrayLength()));
        Assert.Equal([1030, 1031], Column(energy, "last").Take(2));
        Assert.Equal(1009, Column(energy, "last").Last());
        Assert.All(Column(answer.GetProperty("series")[1], "max"), current => Assert.Equal(15.5, current));
    }

    [Fact]
    public async Task Fewer_points_keep_what_was_least_and_most()
    {
        var charger = await Charger();
        await Run(charger, Sessions.Noon, samples: 60);

        var energy = (await Read($"tag=charger/{charger}/connector/1/energy&from=2026-03-01T12:00:00Z&to=2026-03-01T13:00:00Z&points=2")).GetProperty("series")[0];

        Assert.Equal([1000, 1030], Column(energy, "min"));
        Assert.Equal([1029, 1059], Column(energy, "max"));
        Assert.Equal([1029, 1059], Column(energy, "last"));
    }

    [Fact]
    public async Task What_nobody_measured_is_an_empty_curve()
    {
        var charger = await Charger();
        await Run(charger, Sessions.Noon, samples: 3);

        var answer = await Read($"tag=charger/{charger}/connector/1/soc&tag=charger/{charger}/connector/7/power&tag=charger/{charger}/connector/1/limit&from=2026-03-01T12:00:00Z&to=2026-03-01T13:00:00Z");

        Assert.All(answer.GetProperty("series").EnumerateArray(), one => Assert.Equal(0, one.GetProperty("at").GetArrayLength()));
    }

    [Theory]
    [InlineData("", "tag")]
    [InlineData("tag=charger/none/connector/1/colour", "tag")]
    [InlineData("tag=site/default/power/max", "tag")]
    [InlineData("tag=site/s/drawn&tag=site/s/drawn", "tag")]
    [InlineData("tag=site/s/drawn&points=0", "points")]
    [InlineData("tag=site/s/drawn&points=100000", "points")]
    public async Task What_cannot_be_drawn_is_refused_by_name(string query, string member)
    {
        var refused = (await host.Administrator.Get($"/api/v1/series?{query}&from=2026-03-01T12:00:00Z&to=2026-03-01T13:00:00Z")).Expect(HttpStatusCode.UnprocessableEntity);

        Assert.True(refused.Body.GetProperty("errors").TryGetProperty(member, out _), refused.Body.ToString());
    }

    [Theory]
    [InlineData("2026-03-01T13:00:00Z", "2026-03-01T12:00:00Z", "to")]
    [InlineData("2020-03-01T13:00:00Z", "2026-03-01T12:00:00Z", "from")]
    public async Task A_period_that_is_none_or_too_long_is_refused(string from, string to, string member)
    {
        var refused = (await host.Administrator.Get($"/api/v1/series?tag=site/s/drawn&from={from}&to={to}")).Expect(HttpStatusCode.UnprocessableEntity);

        Assert.True(refused.Body.GetProperty("errors").TryGetProperty(member, out _), refused.Body.ToString());
    }

    [Theory]
    [InlineData("charger/{0}/connector/1/power")]
    [InlineData("site/{0}/drawn")]
    public async Task What_is_nowhere_and_what_is_anothers_look_the_same(string tag)
    {
        await host.Administrator.Put("/api/v1/tenants/curves", new { name = "Curves" });
        var other = host.Administrator.With("X-Tenant", "curves");
        await other.Put("/api/v1/sites/theirs", new { });
        await other.Put("/api/v1/chargers/theirs", new { });
        const string period = "&from=2026-03-01T12:00:00Z&to=2026-03-01T13:00:00Z";
        (await other.Get($"/api/v1/series?tag={string.Format(null, tag, "theirs")}{period}")).Expect(HttpStatusCode.OK);

        (await host.Administrator.Get($"/api/v1/series?tag={string.Format(null, tag, "theirs")}{period}")).Expect(HttpStatusCode.NotFound);
        (await host.Administrator.Get($"/api/v1/series?tag={string.Format(null, tag, "nowhere")}{period}")).Expect(HttpStatusCode.NotFound);
    }

    private async Task<string> Charger()
    {
        var charger = host.Name("CP");
        (await host.Administrator.Put($"/api/v1/chargers/{charger}", new { })).Expect(HttpStatusCode.Created);
        return charger;
    }

    private async Task Run(string charger, DateTimeOffset at, int samples)
    {
        var transaction = await sessions.Start(charger, at);
        await sessions.Sample(transaction, 0, samples / 2);
        await sessions.Sample(transaction, samples / 2, samples - (samples / 2));
        await sessions.Stop(transaction);
    }

    private async Task<JsonElement> Read(string query) => (await host.Administrator.Get($"/api/v1/series?{query}")).Expect(HttpStatusCode.OK).Body;

    private static IEnumerable<double> Column(JsonElement series, string name) => series.GetProperty(name).EnumerateArray().Select(value => value.GetDouble());
}
