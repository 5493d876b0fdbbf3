using System.Net;
using System.Text.Json;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Operations;

/// <summary>One call for many chargers.</summary>
public sealed class BatchTests(GatewayHost host)
{
    [Fact]
    public async Task Each_charger_of_a_site_gets_the_call_once_and_the_progress_tells_how_it_ended()
    {
        var site = host.Name("S");
        (await host.Administrator.Put($"/api/v1/sites/{site}", new { name = site })).Expect(HttpStatusCode.Created);
        var (here, away) = (await NewCharger(site), await NewCharger(site));
        await using var charger = await WireCharger.Connect(host.Address, here);
        var client = host.Administrator.With("Idempotency-Key", host.Name("batch"));
        var body = new { action = "ClearCache", payload = new { }, site, perSecond = 50 };

        var made = (await client.Post("/api/v1/batches", body)).Expect(HttpStatusCode.Accepted);
        var again = (await client.Post("/api/v1/batches", body)).Expect(HttpStatusCode.Accepted);
        var (id, action, _) = await charger.NextCall();
        await charger.Answer(id, """{"status":"Accepted"}""");

        Assert.Equal(made.Body.GetProperty("id").GetInt64(), again.Body.GetProperty("id").GetInt64());
        Assert.Equal("ClearCache", action);
        var path = made.Message.Headers.Location!.ToString();
        await Progress(path, progress => progress.GetProperty("answered").GetInt32() == 1 && progress.GetProperty("offline").GetInt32() == 1);
        var batch = (await host.Administrator.Get(path)).Expect(HttpStatusCode.OK).Body;
        Assert.Equal("submitted", batch.GetProperty("status").GetString());
        Assert.Equal(2, batch.GetProperty("progress").GetProperty("total").GetInt32());

        var items = (await host.Administrator.Get($"{path}/items")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()
            .ToDictionary(item => item.GetProperty("charger").GetString()!, item => item.GetProperty("status").GetString());
        Assert.Equal("answered", items[here]);
        Assert.Equal("offline", items[away]);
        Assert.False(charger.HasCall);
        (await host.Administrator.Delete(path)).Expect(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task It_goes_to_as_many_chargers_a_second_as_told_until_it_is_stopped()
    {
        string[] chargers = [await NewCharger(), await NewCharger(), await NewCharger()];
        await using var first = await WireCharger.Connect(host.Address, chargers[0]);
        await using var second = await WireCharger.Connect(host.Address, chargers[1]);

        var made = (await host.Administrator.Post(
            "/api/v1/batches", new { action = "ClearCache", payload = new { }, chargers, perSecond = 0.1 })).Expect(HttpStatusCode.Accepted);
        var (id, _, _) = await first.NextCall();
        await first.Answer(id, """{"status":"Rejected"}""");
        var path = made.Message.Headers.Location!.ToString();
        (await host.Administrator.Delete(path)).Expect(HttpStatusCode.NoContent);

        await Progress(path, progress => progress.GetProperty("answered").GetInt32() == 1 && progress.GetProperty("waiting").GetInt32() == 2);
        Assert.Equal("cancelled", (await host.Administrator.Get(path)).Expect(HttpStatusCode.OK).Body.GetProperty("status").GetString());
        Assert.False(second.HasCall);
        var pages = await Pages.All(host.Administrator, $"{path}/items", 2, item => item.GetProperty("charger").GetString()!);
        Assert.Equal(chargers, pages);
    }

    [Fact]
    public async Task A_batch_that_cannot_be_is_refused_as_a_whole()
    {
        var name = await NewCharger();
        string[] chargers = [name];
        (await Post(new { action = "ClearCache", chargers })).ExpectField(HttpStatusCode.UnprocessableEntity, "payload");
        (await Post(new { payload = new { }, chargers })).ExpectField(HttpStatusCode.UnprocessableEntity, "action");
        (await Post(new { action = "Heartbeat", payload = new { }, chargers })).ExpectField(HttpStatusCode.UnprocessableEntity, "action");
        (await Post(new { action = "Reset", payload = new { type = "Warm" }, chargers })).ExpectField(HttpStatusCode.UnprocessableEntity, "payload.type");
        (await Post(new { action = "ClearCache", payload = new { }, chargers = new[] { name, "nobody" } })).ExpectField(HttpStatusCode.UnprocessableEntity, "chargers");
        (await Post(new { action = "ClearCache", payload = new { }, chargers = Array.Empty<string>() })).ExpectField(HttpStatusCode.UnprocessableEntity, "chargers");
        (await Post(new { action = "ClearCache", payload = new { }, site = "nowhere" })).ExpectField(HttpStatusCode.UnprocessableEntity, "site");
        (await Post(new { action = "ClearCache", payload = new { }, chargers, site = "S" })).ExpectField(HttpStatusCode.UnprocessableEntity, "site");
        (await Post(new { action = "ClearCache", payload = new { }, chargers, perSecond = 0 })).ExpectField(HttpStatusCode.UnprocessableEntity, "perSecond");
    }

    [Fact]
    public async Task Roles_and_tenants_are_kept_apart()
    {
        string[] chargers = [await NewCharger()];
        var worker = await host.WithRole("operator");
        (await worker.Post("/api/v1/batches", new { action = "Reset", payload = new { type = "Hard" }, chargers })).Expect(HttpStatusCode.Forbidden);
        var made = (await worker.Post("/api/v1/batches", new { action = "ClearCache", payload = new { }, chargers })).Expect(HttpStatusCode.Accepted);

        var path = made.Message.Headers.Location!.ToString();
        var stranger = await host.WithRole("administrator", GatewayHost.ForeignTenant);
        (await stranger.Get(path)).Expect(HttpStatusCode.NotFound);
        (await stranger.Get($"{path}/items")).Expect(HttpStatusCode.NotFound);
        (await stranger.Delete(path)).Expect(HttpStatusCode.NotFound);
        (await stranger.Post("/api/v1/batches", new { action = "ClearCache", payload = new { }, chargers })).ExpectField(HttpStatusCode.UnprocessableEntity, "chargers");
    }

    private Task<ApiAnswer> Post(object body) => host.Administrator.Post("/api/v1/batches", body);

    private async Task<string> NewCharger(string? site = null)
    {
        var name = host.Name("CP");
        (await host.Administrator.Put($"/api/v1/chargers/{name}", new { site })).Expect(HttpStatusCode.Created);
        return name;
    }

    private Task Progress(string path, Func<JsonElement, bool> holds) => Eventually.Holds(
        async () => holds((await host.Administrator.Get(path)).Expect(HttpStatusCode.OK).Body.GetProperty("progress")), "the progress is as told");
}
