using System.Net;
using System.Text.Json;
using EvCharge.Gateway.Security;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Authorization;

/// <summary>Operators answer tags by hand.</summary>
public sealed class ManualAuthorizationTests(GatewayHost host)
{
    private readonly Records _records = new(host.Services);

    [Theory]
    [InlineData("Accepted")]
    [InlineData("Blocked")]
    [InlineData("Invalid")]
    public async Task An_operator_answers_each_tag_and_is_on_record(string status)
    {
        var (charger, name) = await host.NewCharger();
        await using var _1 = charger;
        var @operator = await host.WithRole(Roles.Operator);
        await @operator.TakeOver($"chargers/{name}");

        var presenting = charger.Presents("STRANGER");
        var request = await @operator.AwaitRequest(name);
        Assert.Equal(("STRANGER", "Invalid", "authorize"), (request.Text("idTag"), request.Text("tagStatus"), request.Text("cause")));
        var answered = (await @operator.AnswerRequest(request, status)).Expect(HttpStatusCode.OK).Body;

        Assert.Equal(status, await presenting);
        Assert.Equal(("answered", status), (answered.Text("state"), answered.Text("status")));
        Assert.StartsWith("api-key/", answered.Text("answeredBy"), StringComparison.Ordinal);
        Assert.Empty(await @operator.Requests(name, "&state=open"));
        await _records.AwaitEvent("authorization-answered", name, $"answered {status} to tag STRANGER");
    }

    [Fact]
    public async Task The_first_answer_stands_and_the_second_is_told_whose_it_was()
    {
        var (charger, name) = await host.NewCharger();
        await using var _1 = charger;
        await host.Administrator.TakeOver($"chargers/{name}");
        var presenting = charger.Presents("STRANGER");
        var request = await host.Administrator.AwaitRequest(name);
        (await host.Administrator.AnswerRequest(request, "Blocked")).Expect(HttpStatusCode.OK);

        var second = (await (await host.WithRole(Roles.Operator)).AnswerRequest(request, "Accepted")).Expect(HttpStatusCode.Conflict);

        Assert.Equal("answered", second.Code);
        Assert.Contains("admin answered Blocked", second.Body.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("Blocked", await presenting);
    }

    [Theory]
    [InlineData("accept", "Accepted")]
    [InlineData("reject", "Blocked")]
    [InlineData("tags", "Invalid")]
    public async Task When_nobody_answers_the_default_is_given_and_on_record(string onTimeout, string status)
    {
        var (charger, name) = await host.NewCharger();
        await using var _1 = charger;
        await host.Administrator.TakeOver($"chargers/{name}", deadlineSeconds: 1, onTimeout: onTimeout);

        Assert.Equal(status, await charger.Presents("STRANGER"));

        var request = Assert.Single(await host.Administrator.Requests(name));
        Assert.Equal(("defaulted", status, JsonValueKind.Null), (request.Text("state"), request.Text("status"), request.GetProperty("answeredBy").ValueKind));
        var late = (await host.Administrator.AnswerRequest(request, "Accepted")).Expect(HttpStatusCode.Conflict);
        Assert.Equal("expired", late.Code);
    }

    [Fact]
    public async Task A_start_waits_for_nobody_and_carries_the_decision_that_stood()
    {
        var (charger, name) = await host.NewCharger();
        await using var _1 = charger;
        await host.Administrator.TakeOver($"chargers/{name}", deadlineSeconds: 20, onTimeout: "reject");
        foreach (var (tag, status) in new[] { ("ONE", "Accepted"), ("TWO", "Invalid") })
        {
            var presenting = charger.Presents(tag);
            await host.Administrator.AnswerRequest(await host.Administrator.AwaitRequest(name), status);
            Assert.Equal(status, await presenting);
        }

        Assert.Equal("Accepted", (await charger.Starts("one", minute: 1)).Status);
        Assert.Equal("Invalid", (await charger.Starts("TWO", minute: 2, connector: 2)).Status);
        var unasked = await charger.Starts("THREE", minute: 3);

        Assert.Equal("Blocked", unasked.Status);
        Assert.True(unasked.Transaction > 0);
        Assert.Equal(unasked, await charger.Starts("THREE", minute: 3));
        var recorded = Assert.Single(await host.Administrator.Requests(name), request => request.Text("idTag") == "THREE");
        Assert.Equal(("start", "defaulted", 1), (recorded.Text("cause"), recorded.Text("state"), recorded.GetProperty("connector").GetInt32()));
        Assert.Equal(3, (await _records.Transactions(name)).Count);
    }

    [Fact]
    public async Task A_stop_tells_the_charger_nothing_of_a_tag_that_others_decided_on()
    {
        var (charger, name) = await host.NewCharger();
        await using var _1 = charger;
        await host.Administrator.TakeOver($"chargers/{name}", mode: "accept");
        var (status, transaction) = await charger.Starts("STRANGER");
        Assert.Equal("Accepted", status);

        var answer = await charger.Call("StopTransaction", Transactions.Stop(transaction, Transactions.Stamp(1), tag: "STRANGER"));

        Assert.False(answer.TryGetProperty("idTagInfo", out _));
    }

    [Fact]
    public async Task A_site_is_taken_over_with_its_chargers_and_a_charger_out_of_its_site()
    {
        var site = await host.NewSite();
        var (first, one) = await host.NewCharger(site);
        await using var _1 = first;
        var (second, two) = await host.NewCharger(site);
        await using var _2 = second;
        await _records.AwaitOnline(one);
        await _records.AwaitOnline(two);

        await host.Administrator.TakeOver($"sites/{site}", mode: "accept");
        await Eventually.Holds(async () => await first.Presents("STRANGER") == "Accepted", "the site is taken over");
        await host.Administrator.TakeOver($"chargers/{two}", mode: "tags");
        await Eventually.Holds(async () => await second.Presents("STRANGER") == "Invalid", "the charger is taken over from its site");
        Assert.Equal("Accepted", await first.Presents("STRANGER"));

        var ofOne = (await host.Administrator.Get($"/api/v1/chargers/{one}/authorization")).Expect(HttpStatusCode.OK).Body;
        Assert.Equal(("accept", "site", "admin"), (ofOne.Text("mode"), ofOne.Text("scope"), ofOne.Text("setBy")));
        var ofTwo = (await host.Administrator.Get($"/api/v1/chargers/{two}/authorization")).Body;
        Assert.Equal(("tags", "charger"), (ofTwo.Text("mode"), ofTwo.Text("scope")));

        (await host.Administrator.Delete($"/api/v1/sites/{site}/authorization")).Expect(HttpStatusCode.NoContent);
        await Eventually.Holds(async () => await first.Presents("STRANGER") == "Invalid", "the site is given back");
        (await host.Administrator.Delete($"/api/v1/sites/{site}/authorization")).Expect(HttpStatusCode.NotFound);
        await _records.AwaitEvent("authorization-given-back", null, site);
    }

    [Fact]
    public async Task A_takeover_ends_by_itself()
    {
        var (charger, name) = await host.NewCharger();
        await using var _1 = charger;
        await host.Administrator.TakeOver($"chargers/{name}", mode: "accept", until: TimeSpan.FromSeconds(3));
        await Eventually.Holds(async () => await charger.Presents("STRANGER") == "Accepted", "it is taken over");

        await Eventually.Holds(async () => await charger.Presents("STRANGER") == "Invalid", "it is over");

        var view = (await host.Administrator.Get($"/api/v1/chargers/{name}/authorization")).Body;
        Assert.Equal(("tags", JsonValueKind.Null), (view.Text("mode"), view.GetProperty("until").ValueKind));
    }

    [Fact]
    public async Task Who_waits_for_the_list_of_open_requests_is_answered_when_it_changes()
    {
        var tenant = await host.AddTenant(host.Name("tenant"));
        var there = host.Administrator.With("X-Tenant", tenant);
        await there.Put("/api/v1/chargers/CP1", new { });
        await using var charger = await WireCharger.Connect(host.Address, $"{tenant}/CP1");
        await there.TakeOver("chargers/CP1");
        const string live = "/api/v1/authorization-requests?state=open";
        var empty = (await there.Get(live)).Expect(HttpStatusCode.OK);
        (await there.With("If-None-Match", empty.ETag!).Get(live)).Expect(HttpStatusCode.NotModified);
        (await there.With("If-None-Match", empty.ETag!).Get(live + "&wait=1")).Expect(HttpStatusCode.NotModified);

        var waiting = there.With("If-None-Match", empty.ETag!).Get(live + "&wait=20");
        var presenting = charger.Presents("STRANGER");
        var seen = (await waiting).Expect(HttpStatusCode.OK);

        var request = seen.Body.GetProperty("items")[0];
        var gone = there.With("If-None-Match", seen.ETag!).Get(live + "&wait=20");
        await there.AnswerRequest(request, "Accepted");
        Assert.Equal("Accepted", await presenting);
        Assert.Empty((await gone).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Requests_and_takeovers_belong_to_their_tenant()
    {
        var site = await host.NewSite();
        var (charger, name) = await host.NewCharger(site);
        await using var _1 = charger;
        await host.Administrator.TakeOver($"chargers/{name}");
        var presenting = charger.Presents("STRANGER");
        var request = await host.Administrator.AwaitRequest(name);
        var id = request.GetProperty("id").GetInt64();
        var foreigner = await host.WithRole(Roles.Administrator, GatewayHost.ForeignTenant);

        (await foreigner.Get($"/api/v1/authorization-requests/{id}")).Expect(HttpStatusCode.NotFound);
        (await foreigner.AnswerRequest(request, "Accepted")).Expect(HttpStatusCode.NotFound);
        Assert.Empty(await foreigner.Requests(name));
        foreach (var path in new[] { $"/api/v1/chargers/{name}/authorization", $"/api/v1/sites/{site}/authorization", $"/api/v1/sites/{site}/external-authorization" })
        {
            (await foreigner.Get(path)).Expect(HttpStatusCode.NotFound);
            (await foreigner.Delete(path)).Expect(HttpStatusCode.NotFound);
        }

        var until = TimeProvider.System.GetUtcNow().AddHours(1);
        (await foreigner.Put($"/api/v1/chargers/{name}/authorization", new { mode = "accept", until })).Expect(HttpStatusCode.NotFound);
        (await foreigner.Put($"/api/v1/sites/{site}/authorization", new { mode = "accept", until })).Expect(HttpStatusCode.NotFound);
        await host.Administrator.AnswerRequest(request, "Invalid");
        Assert.Equal("Invalid", await presenting);
    }

    [Theory]
    [InlineData("""{"mode":"maybe","until":"{soon}"}""", "mode")]
    [InlineData("""{"until":"{soon}"}""", "mode")]
    [InlineData("""{"mode":"external","until":"{soon}"}""", "mode")]
    [InlineData("""{"mode":"manual"}""", "until")]
    [InlineData("""{"mode":"manual","until":"2020-01-01T00:00:00Z"}""", "until")]
    [InlineData("""{"mode":"manual","until":"2999-01-01T00:00:00Z"}""", "until")]
    [InlineData("""{"mode":"manual","until":"{soon}","deadlineSeconds":0}""", "deadlineSeconds")]
    [InlineData("""{"mode":"manual","until":"{soon}","deadlineSeconds":21}""", "deadlineSeconds")]
    [InlineData("""{"mode":"manual","until":"{soon}","onTimeout":"wait"}""", "onTimeout")]
    public async Task What_a_takeover_cannot_be_is_refused_naming_the_member(string body, string field)
    {
        var site = await host.NewSite();
        var soon = TimeProvider.System.GetUtcNow().AddHours(1).ToString("O");
        (await host.Administrator.SendText(HttpMethod.Put, $"/api/v1/sites/{site}/authorization", body.Replace("{soon}", soon, StringComparison.Ordinal)))
            .ExpectField(HttpStatusCode.UnprocessableEntity, field);
    }

    [Fact]
    public async Task What_cannot_be_asked_or_answered_is_refused()
    {
        const string requests = "/api/v1/authorization-requests";
        (await host.Administrator.Get(requests + "?state=closed")).ExpectField(HttpStatusCode.BadRequest, "state");
        (await host.Administrator.Get(requests + "?state=open&wait=21")).ExpectField(HttpStatusCode.BadRequest, "wait");
        (await host.Administrator.Get(requests + "?wait=5")).ExpectField(HttpStatusCode.BadRequest, "wait");
        (await host.Administrator.Post(requests + "/999999/answer", new { status = "Accepted" })).Expect(HttpStatusCode.NotFound);
        (await host.Administrator.Post(requests + "/999999/answer", new { status = "Expired" }))
            .ExpectField(HttpStatusCode.UnprocessableEntity, "status");
        (await host.Administrator.Get("/api/v1/sites/nowhere/authorization")).Expect(HttpStatusCode.NotFound);
        (await host.Administrator.Get("/api/v1/chargers/nowhere/authorization")).Expect(HttpStatusCode.NotFound);
    }
}
