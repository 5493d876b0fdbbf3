using System.Net;
using System.Text.Json;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;
using Microsoft.AspNetCore.Http;

namespace EvCharge.GatewayTests.Authorization;

/// <summary>An endpoint decides on the tags of a site.</summary>
public sealed class ExternalAuthorizationTests(GatewayHost host)
{
    [Fact]
    public async Task An_endpoint_is_asked_with_its_secret_and_its_answer_reaches_the_charger_and_the_record()
    {
        await using var server = await DecidingServer.Saying("""{"status":"Accepted","expiry":"2030-01-01T00:00:00Z","parent":"FLEET","more":[1]}""");
        var (site, charger, name) = await Charger(server.Url, secret: "Bearer abc");
        await using var _1 = charger;

        var info = (await charger.Call("Authorize", """{"idTag":"STRANGER"}""")).GetProperty("idTagInfo");

        Assert.Equal(("Accepted", "FLEET"), (info.Text("status"), info.Text("parentIdTag")));
        Assert.StartsWith("2030-01-01T00:00:00", info.Text("expiryDate"), StringComparison.Ordinal);
        var (asked, secret) = Assert.Single(server.Asked);
        Assert.Equal("Bearer abc", secret);
        Assert.Equal(
            ("default", site, name, "STRANGER", "authorize", "Invalid"),
            (asked.Text("tenant"), asked.Text("site"), asked.Text("charger"), asked.Text("idTag"), asked.Text("cause"), asked.Text("tagStatus")));
        Assert.False(asked.TryGetProperty("connector", out _));
        var recorded = Assert.Single(await host.Administrator.Requests(name));
        Assert.Equal(("decided", "Accepted", asked.Text("requestId")), (recorded.Text("state"), recorded.Text("status"), $"{recorded.GetProperty("id").GetInt64()}"));
    }

    [Theory]
    [InlineData("Blocked")]
    [InlineData("Expired")]
    [InlineData("Invalid")]
    [InlineData("ConcurrentTx")]
    public async Task Whatever_status_it_gives_is_given(string status)
    {
        await using var server = await DecidingServer.Saying($$"""{"status":"{{status}}"}""");
        var (_, charger, _) = await Charger(server.Url);
        await using var _1 = charger;
        Assert.Equal(status, await charger.Presents("STRANGER"));
    }

    [Fact]
    public async Task A_start_uses_the_decision_that_stands_and_asks_only_without_one()
    {
        await using var server = await DecidingServer.Saying("""{"status":"Accepted"}""");
        var (_, charger, _) = await Charger(server.Url);
        await using var _1 = charger;
        await charger.Presents("ONE");

        Assert.Equal("Accepted", (await charger.Starts("ONE", minute: 1)).Status);
        Assert.Single(server.Asked);
        Assert.Equal("Accepted", (await charger.Starts("TWO", minute: 2, connector: 2)).Status);

        var (asked, _) = server.Asked.Last();
        Assert.Equal((2, "TWO", "start", 2), (server.Asked.Count, asked.Text("idTag"), asked.Text("cause"), asked.GetProperty("connector").GetInt32()));
    }

    [Theory]
    [InlineData("accept", "Accepted")]
    [InlineData("reject", "Blocked")]
    [InlineData("tags", "Invalid")]
    public async Task An_endpoint_that_is_too_slow_is_replaced_by_the_fallback_at_its_deadline(string fallback, string status)
    {
        await using var server = await DecidingServer.Start(http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        var (_, charger, name) = await Charger(server.Url, fallback);
        await using var _1 = charger;

        Assert.Equal(status, await charger.Presents("STRANGER"));

        var recorded = Assert.Single(await host.Administrator.Requests(name));
        Assert.Equal(("defaulted", status), (recorded.Text("state"), recorded.Text("status")));
        Assert.Contains("in time", recorded.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_one_charger_waits_for_the_endpoint_others_are_served()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await DecidingServer.Start(async http =>
        {
            await held.Task;
            await http.Response.WriteAsync("""{"status":"Accepted"}""");
        });
        var (_, charger, _) = await Charger(server.Url, deadlineSeconds: 10);
        await using var _1 = charger;
        var (other, _) = await host.NewCharger();
        await using var _2 = other;

        var waiting = charger.Presents("STRANGER");
        Assert.Equal("Invalid", await other.Presents("STRANGER"));
        Assert.False(waiting.IsCompleted);

        held.SetResult();
        Assert.Equal("Accepted", await waiting);
    }

    [Theory]
    [InlineData(500, """{"status":"Accepted"}""", "500")]
    [InlineData(204, "", "204")]
    [InlineData(200, "", "no JSON")]
    [InlineData(200, "yes", "no JSON")]
    [InlineData(200, "[]", "no JSON object")]
    [InlineData(200, "{}", "status")]
    [InlineData(200, """{"status":"Sure"}""", "status")]
    [InlineData(200, """{"status":7}""", "status")]
    [InlineData(200, """{"status":"Accepted","expiry":"soon"}""", "expiry")]
    [InlineData(200, """{"status":"Accepted","parent":"\u0000"}""", "parent")]
    [InlineData(200, """{"status":"Accepted","status":"Blocked"}""", "no JSON")]
    public async Task An_answer_that_is_none_is_replaced_by_the_fallback(int code, string body, string reason)
    {
        await using var server = await DecidingServer.Start(async http =>
        {
            http.Response.StatusCode = code;
            await http.Response.WriteAsync(body);
        });
        await AssertFallback(server.Url, reason);
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_not_read_to_its_end()
    {
        await using var server = await DecidingServer.Saying("""{"status":"Accepted","more":" """ + new string('x', 100_000) + "\"}");
        await AssertFallback(server.Url, "more than 16384 bytes");
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var target = await DecidingServer.Saying("""{"status":"Accepted"}""");
        await using var server = await DecidingServer.Start(http =>
        {
            http.Response.Redirect(target.Url, permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });
        await AssertFallback(server.Url, "307");
        Assert.Empty(target.Asked);
    }

    [Theory]
    [InlineData("https://10.255.255.1/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://[fd00::1]/")]
    public async Task An_address_that_is_not_public_is_not_called(string url) => await AssertFallback(url, "no address that may be called");

    [Fact]
    public async Task An_endpoint_that_keeps_failing_is_left_alone_until_it_is_configured_anew()
    {
        await using var server = await DecidingServer.Start(http =>
        {
            http.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        var (site, charger, name) = await Charger(server.Url);
        await using var _1 = charger;
        for (var call = 0; call < 8; call++)
        {
            Assert.Equal("Blocked", await charger.Presents("STRANGER"));
        }

        // Two silos notice each for itself; one charger lives on one.
        Assert.Equal(5, server.Asked.Count);
        Assert.Contains("left alone", (await host.Administrator.Requests(name))[0].Text("detail"), StringComparison.Ordinal);
        await Configure(site, server.Url, "accept");
        await Eventually.Holds(async () => await charger.Presents("STRANGER") == "Accepted" && server.Asked.Count > 5, "it is asked again");
    }

    [Fact]
    public async Task An_operator_may_take_a_site_over_from_its_endpoint_and_an_administrator_remove_it()
    {
        await using var server = await DecidingServer.Saying("""{"status":"Accepted"}""");
        var (site, charger, name) = await Charger(server.Url);
        await using var _1 = charger;
        Assert.Equal("external", (await host.Administrator.Get($"/api/v1/chargers/{name}/authorization")).Body.Text("mode"));

        await host.Administrator.TakeOver($"chargers/{name}", mode: "tags");
        Assert.Equal("Invalid", await charger.Presents("STRANGER"));
        (await host.Administrator.Delete($"/api/v1/chargers/{name}/authorization")).Expect(HttpStatusCode.NoContent);
        Assert.Equal("Accepted", await charger.Presents("STRANGER"));

        (await host.Administrator.Delete($"/api/v1/sites/{site}/external-authorization")).Expect(HttpStatusCode.NoContent);
        await Eventually.Holds(async () => await charger.Presents("STRANGER") == "Invalid", "the tags' configuration decides again");
        (await host.Administrator.Get($"/api/v1/sites/{site}/external-authorization")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_secret_is_never_shown_and_stays_with_the_address_it_was_given_for()
    {
        var site = await host.NewSite();
        var path = $"/api/v1/sites/{site}/external-authorization";
        var created = (await host.Administrator.Put(path, new { url = "https://a.example/x", secret = "hush-hush" })).Expect(HttpStatusCode.Created);
        Assert.DoesNotContain("hush", created.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", (await host.Administrator.Get(path)).Text, StringComparison.Ordinal);

        var kept = (await host.Administrator.Put(path, new { url = "https://a.example/y" })).Expect(HttpStatusCode.OK);
        Assert.True(kept.Body.GetProperty("hasSecret").GetBoolean());
        foreach (var elsewhere in new[] { "https://b.example/x", "https://a.example:8443/x" })
        {
            (await host.Administrator.Put(path, new { url = elsewhere })).ExpectField(HttpStatusCode.UnprocessableEntity, "secret");
        }

        var removed = (await host.Administrator.Put(path, new { url = "https://b.example/x", secret = "" })).Expect(HttpStatusCode.OK);
        Assert.False(removed.Body.GetProperty("hasSecret").GetBoolean());
        (await host.Administrator.With("If-Match", created.ETag!).Put(path, new { url = "https://c.example/" })).Expect(HttpStatusCode.PreconditionFailed);
        (await host.Administrator.Put("/api/v1/sites/nowhere/external-authorization", new { url = "https://a.example" })).Expect(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{}""", "url")]
    [InlineData("""{"url":"ftp://a.example"}""", "url")]
    [InlineData("""{"url":"file:///etc/passwd"}""", "url")]
    [InlineData("""{"url":"http://a.example"}""", "url")]
    [InlineData("""{"url":"https://user:word@a.example"}""", "url")]
    [InlineData("""{"url":"https://a.example/#x"}""", "url")]
    [InlineData("""{"url":"/decide"}""", "url")]
    [InlineData("""{"url":"https://a.example","deadlineSeconds":11}""", "deadlineSeconds")]
    [InlineData("""{"url":"https://a.example","fallback":"hope"}""", "fallback")]
    [InlineData("""{"url":"https://a.example","header":"Host"}""", "header")]
    [InlineData("""{"url":"https://a.example","header":"X-A: b"}""", "header")]
    [InlineData("""{"url":"https://a.example","secret":"a\nb"}""", "secret")]
    public async Task What_an_endpoint_cannot_be_is_refused_naming_the_member(string body, string field) =>
        (await host.Administrator.SendText(HttpMethod.Put, $"/api/v1/sites/{await host.NewSite()}/external-authorization", body))
            .ExpectField(HttpStatusCode.UnprocessableEntity, field);

    private async Task AssertFallback(string url, string reason)
    {
        var (_, charger, name) = await Charger(url);
        await using var _1 = charger;

        Assert.Equal("Blocked", await charger.Presents("STRANGER"));

        var recorded = Assert.Single(await host.Administrator.Requests(name));
        Assert.Equal(("defaulted", "Blocked"), (recorded.Text("state"), recorded.Text("status")));
        Assert.Contains(reason, recorded.Text("detail"), StringComparison.Ordinal);
    }

    /// <summary>A charger of a site on whose tags that endpoint decides.</summary>
    private async Task<(string Site, WireCharger Wire, string Name)> Charger(
        string url, string fallback = "reject", string? secret = null, int deadlineSeconds = 1)
    {
        var site = await host.NewSite();
        await Configure(site, url, fallback, secret, deadlineSeconds);
        var (wire, name) = await host.NewCharger(site);
        return (site, wire, name);
    }

    private async Task Configure(string site, string url, string fallback, string? secret = null, int deadlineSeconds = 1)
    {
        var answer = await host.Administrator.Put($"/api/v1/sites/{site}/external-authorization", new { url, fallback, secret, deadlineSeconds });
        Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Created, answer.Text);
    }
}
