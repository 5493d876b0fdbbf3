using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EvCharge.GatewayTests.Api;

namespace EvCharge.GatewayTests.Operations;

/// <summary>Chargers fetch firmware from this installation and send their diagnostics to it, by addresses that are rights.</summary>
public sealed class FileTests(GatewayHost host)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_charger_fetches_the_firmware_it_was_told_of()
    {
        var firmware = RandomNumberGenerator.GetBytes(700_001);
        var file = host.Name("fw") + ".bin";
        var stored = await PutFirmware(file, firmware);
        Assert.Equal(firmware.Length, stored.GetProperty("size").GetInt64());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(firmware)), stored.GetProperty("sha256").GetString());

        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);
        var accepted = (await host.Administrator.Post($"/api/v1/chargers/{name}/firmware", new { name = file, retries = 2 })).Expect(HttpStatusCode.Accepted);
        var (id, action, payload) = await charger.NextCall();
        await charger.Answer(id, "{}");

        Assert.Equal("UpdateFirmware", action);
        Assert.Equal(2, payload.GetProperty("retries").GetInt32());
        var address = payload.GetProperty("location").GetString()!;
        using var http = new HttpClient();
        Assert.Equal(firmware, await http.GetByteArrayAsync(address, Cancelled));
        using var sent = await http.PutAsync(address, new ByteArrayContent([1]), Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, sent.StatusCode);

        var command = (await host.Administrator.Get(accepted.Message.Headers.Location!.ToString())).Expect(HttpStatusCode.OK).Body;
        Assert.EndsWith($"/files/default/***/{file}", command.GetProperty("payload").GetProperty("location").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_charger_sends_its_diagnostics(bool asForm)
    {
        var diagnostics = RandomNumberGenerator.GetBytes(300_000);
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);
        var accepted = (await host.Administrator.Post(
            $"/api/v1/chargers/{name}/diagnostics", new { from = "2026-01-01T00:00:00Z" })).Expect(HttpStatusCode.Accepted);
        var (id, action, payload) = await charger.NextCall();
        await charger.Answer(id, """{"fileName":"log.tar.gz"}""");
        Assert.Equal("GetDiagnostics", action);
        Assert.Equal("2026-01-01T00:00:00.000Z", payload.GetProperty("startTime").GetString());

        var address = payload.GetProperty("location").GetString()!;
        using var http = new HttpClient();
        using var content = new ByteArrayContent(diagnostics);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(diagnostics), "file", "../log.tar.gz" } };
        using var sent = asForm ? await http.PostAsync(address, form, Cancelled) : await http.PutAsync(address + "log.tar.gz", content, Cancelled);
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);

        var file = Assert.Single(await Files(host.Administrator, name));
        Assert.Equal("log.tar.gz", file.GetProperty("name").GetString());
        Assert.Equal(accepted.Body.GetProperty("commandId").GetInt64(), file.GetProperty("commandId").GetInt64());
        var path = $"/api/v1/files/{file.GetProperty("id").GetInt64()}";
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(diagnostics)), file.GetProperty("sha256").GetString());
        Assert.Equal(diagnostics, await (await host.Administrator.Get($"{path}/content")).Message.Content.ReadAsByteArrayAsync(Cancelled));

        using var fetched = await http.GetAsync(address, Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, fetched.StatusCode);
        (await host.Administrator.Delete(path)).Expect(HttpStatusCode.NoContent);
        Assert.Empty(await Files(host.Administrator, name));
    }

    [Fact]
    public async Task A_log_is_asked_for_by_its_kind()
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);
        (await host.Administrator.Post($"/api/v1/chargers/{name}/logs", new { type = "SecurityLog" })).Expect(HttpStatusCode.Accepted);

        var (_, action, payload) = await charger.NextCall();

        Assert.Equal("GetLog", action);
        Assert.Equal("SecurityLog", payload.GetProperty("logType").GetString());
        Assert.Contains("/files/default/", payload.GetProperty("log").GetProperty("remoteLocation").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_firmware_that_is_put_again_takes_the_place_of_the_former()
    {
        var file = host.Name("fw");
        await PutFirmware(file, [1, 2, 3]);
        await PutFirmware(file, [4]);

        var stored = Assert.Single(
            (await host.Administrator.Get("/api/v1/firmware?limit=1000")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray(),
            item => item.GetProperty("name").GetString() == file);
        Assert.Equal(1, stored.GetProperty("size").GetInt64());
        (await host.Administrator.Delete($"/api/v1/firmware/{file}")).Expect(HttpStatusCode.NoContent);
        (await host.Administrator.Delete($"/api/v1/firmware/{file}")).Expect(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/files/default/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/x")]
    [InlineData("/files/nobody/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/x")]
    [InlineData("/files/default/x/")]
    [InlineData("/files/default/%00/..%2f..%2fetc%2fpasswd")]
    public async Task An_address_that_nobody_was_given_is_not_there(string path)
    {
        using var http = new HttpClient();
        using var fetched = await http.GetAsync(new Uri(host.Address, path), Cancelled);
        using var sent = await http.PutAsync(new Uri(host.Address, path), new ByteArrayContent([1]), Cancelled);

        Assert.Contains(fetched.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.BadRequest });
        Assert.Equal(fetched.StatusCode, sent.StatusCode);
    }

    [Fact]
    public async Task What_cannot_be_is_refused()
    {
        var name = await NewCharger();
        (await host.Administrator.Post($"/api/v1/chargers/{name}/firmware", new { name = "none" })).ExpectField(HttpStatusCode.UnprocessableEntity, "name");
        (await host.Administrator.Post($"/api/v1/chargers/{name}/firmware", new { name = "none", retries = -1 })).ExpectField(HttpStatusCode.UnprocessableEntity, "retries");
        (await host.Administrator.Post($"/api/v1/chargers/{name}/logs", new { type = "Other" })).ExpectField(HttpStatusCode.UnprocessableEntity, "type");
        (await host.Administrator.Post($"/api/v1/chargers/{name}/diagnostics", new { from = "2026-01-02T00:00:00Z", to = "2026-01-01T00:00:00Z" }))
            .ExpectField(HttpStatusCode.UnprocessableEntity, "to");
        (await host.Administrator.SendText(HttpMethod.Put, "/api/v1/firmware/.hidden", "x")).ExpectField(HttpStatusCode.BadRequest, "name");
        (await host.Administrator.Get("/api/v1/files/987654321/content")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Another_tenant_and_lesser_roles_have_no_part_in_it()
    {
        var file = host.Name("fw");
        var stored = await PutFirmware(file, Encoding.ASCII.GetBytes("secret"));
        var content = $"/api/v1/files/{stored.GetProperty("id").GetInt64()}/content";
        var stranger = await host.WithRole("administrator", GatewayHost.ForeignTenant);
        var worker = await host.WithRole("operator");
        var guest = await host.WithRole("guest");

        (await stranger.Get(content)).Expect(HttpStatusCode.NotFound);
        (await stranger.Delete($"/api/v1/firmware/{file}")).Expect(HttpStatusCode.NotFound);
        (await worker.Delete($"/api/v1/firmware/{file}")).Expect(HttpStatusCode.Forbidden);
        (await worker.SendText(HttpMethod.Put, $"/api/v1/firmware/{file}", "x")).Expect(HttpStatusCode.Forbidden);
        (await guest.Get(content)).Expect(HttpStatusCode.Forbidden);
    }

    private async Task<JsonElement> PutFirmware(string name, byte[] content) =>
        (await host.Administrator.SendBytes(HttpMethod.Put, $"/api/v1/firmware/{name}", content)).Expect(HttpStatusCode.Created).Body;

    private async Task<string> NewCharger()
    {
        var name = host.Name("CP");
        (await host.Administrator.Put($"/api/v1/chargers/{name}", new { })).Expect(HttpStatusCode.Created);
        return name;
    }

    private static async Task<JsonElement[]> Files(ApiClient client, string charger) =>
        [.. (await client.Get($"/api/v1/files?charger={charger}")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()];
}
