using System.Net;
using System.Text.Json;
using EvCharge.Gateway.Security;

namespace EvCharge.GatewayTests.Api;

/// <summary>Tags as a table, out and in.</summary>
public sealed class TagTransferApiTests(GatewayHost host)
{
    private const string Import = "/api/v1/tags/import";

    [Fact]
    public async Task What_is_exported_is_imported_again_without_a_change()
    {
        var there = host.Administrator.With("X-Tenant", await host.AddTenant(host.Name("tenant")));
        await there.Put("/api/v1/sites/north", new { });
        await there.Put("/api/v1/sites/south", new { });
        await there.Put("/api/v1/vehicles/van-1", new { });
        (await there.Put("/api/v1/tags/FULL", new
        {
            status = "Blocked", expiry = "2030-01-01T00:00:00.5Z", parent = "-fleet", sites = new[] { "north", "south" }, priority = 3,
            vehicle = "van-1", concurrentTransactions = "refuse", departure = "07:30", energyWh = 12_500.5,
        })).Expect(HttpStatusCode.Created);
        const string formula = "=HYPERLINK(\"x\",'y')";
        (await there.Put("/api/v1/tags/" + Uri.EscapeDataString(formula), new { })).Expect(HttpStatusCode.Created);

        var exported = (await there.Get("/api/v1/tags.csv")).Expect(HttpStatusCode.OK);

        Assert.Equal("text/csv", exported.Message.Content.Headers.ContentType!.MediaType);
        Assert.Equal(
            "idTag,status,expiry,parent,sites,priority,vehicle,concurrentTransactions,departure,energyWh\r\n"
            + "\"'=HYPERLINK(\"\"x\"\",'y')\",Accepted,,,,,,,,\r\n"
            + "FULL,Blocked,2030-01-01T00:00:00.500Z,'-fleet,north south,3,van-1,refuse,07:30,12500.5\r\n",
            exported.Text);
        var imported = (await there.SendText(HttpMethod.Post, Import, exported.Text, "text/csv")).Expect(HttpStatusCode.OK).Body;
        Assert.Equal(2, imported.GetProperty("unchanged").GetInt32());
        Assert.Empty(imported.GetProperty("changes").EnumerateArray());
    }

    [Fact]
    public async Task A_dry_run_answers_the_difference_and_writes_nothing()
    {
        var (known, fresh) = (host.Name("T"), host.Name("T"));
        await host.Administrator.Put($"/api/v1/tags/{known}", new { status = "Blocked" });
        var table = $"idTag;status\n{known};Accepted\n{fresh};\n";

        var dry = (await host.Administrator.SendText(HttpMethod.Post, Import + "?dryRun=true", table, "text/csv")).Expect(HttpStatusCode.OK).Body;

        Assert.True(dry.GetProperty("dryRun").GetBoolean());
        Assert.Equal((1, 1), (dry.GetProperty("created").GetInt32(), dry.GetProperty("replaced").GetInt32()));
        var change = dry.GetProperty("changes").EnumerateArray().Single(entry => entry.GetProperty("idTag").GetString() == known);
        Assert.Equal("Blocked", change.GetProperty("before").GetProperty("status").GetString());
        Assert.Equal("Accepted", change.GetProperty("after").GetProperty("status").GetString());
        (await host.Administrator.Get($"/api/v1/tags/{fresh}")).Expect(HttpStatusCode.NotFound);

        (await host.Administrator.SendText(HttpMethod.Post, Import, table, "text/csv")).Expect(HttpStatusCode.OK);
        Assert.Equal("Accepted", (await host.Administrator.Get($"/api/v1/tags/{known}")).Body.GetProperty("status").GetString());
        (await host.Administrator.Get($"/api/v1/tags/{fresh}")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task One_bad_line_keeps_all_out_and_every_bad_line_is_named()
    {
        var good = host.Name("T");
        var lines =
            $$"""
            {"idTag":"{{good}}"}
            {"idTag":"{{good.ToLowerInvariant()}}"}

            {"idTag":"x","status":"Lost"}
            {"idTag":"y","sites":["nowhere"]}
            {"idTag":"z","colour":"red"}
            {"status":"Accepted"}
            not json
            """;

        var refused = (await host.Administrator.SendText(HttpMethod.Post, Import, lines, "application/x-ndjson"))
            .Expect(HttpStatusCode.UnprocessableEntity);

        Assert.Equal(["lines[2].idTag", "lines[4].status", "lines[6].colour", "lines[7].idTag", "lines[8]"], refused.Fields.Order());
        (await host.Administrator.Get($"/api/v1/tags/{good}")).Expect(HttpStatusCode.NotFound);
        (await host.Administrator.SendText(HttpMethod.Post, Import, """{"idTag":"y","sites":["nowhere"]}""", "application/x-ndjson"))
            .ExpectField(HttpStatusCode.UnprocessableEntity, "lines[1].sites");
    }

    [Theory]
    [InlineData("idTag,colour\nA,red\n", "lines[1].colour")]
    [InlineData("status\nAccepted\n", "lines[1]")]
    [InlineData("idTag,idTag\nA,B\n", "lines[1].idTag")]
    [InlineData("", "lines[1]")]
    [InlineData("idTag,expiry\nA,tomorrow\n", "lines[2].expiry")]
    [InlineData("idTag,priority\nA,12\n", "lines[2].priority")]
    [InlineData("idTag,priority\nA,high\n", "lines[2].priority")]
    [InlineData("idTag,departure\nA,25:00\n", "lines[2].departure")]
    [InlineData("idTag,energyWh\nA,much\n", "lines[2].energyWh")]
    [InlineData("idTag\nA,B\n", "lines[2]")]
    [InlineData("idTag\n\"A\n", "lines[2]")]
    public async Task What_a_table_cannot_say_is_refused_naming_line_and_column(string table, string field) =>
        (await host.Administrator.SendText(HttpMethod.Post, Import, table, "text/csv"))
            .ExpectField(HttpStatusCode.UnprocessableEntity, field);

    [Fact]
    public async Task An_import_has_limits()
    {
        var many = "idTag\n" + string.Concat(Enumerable.Range(0, 5_001).Select(number => $"N{number}\n"));
        (await host.Administrator.SendText(HttpMethod.Post, Import, many, "text/csv"))
            .ExpectField(HttpStatusCode.UnprocessableEntity, "lines[5002]");
        (await host.Administrator.With("Expect", "100-continue").SendText(HttpMethod.Post, Import, new string(' ', 8 * 1024 * 1024 + 1), "text/csv"))
            .Expect(HttpStatusCode.RequestEntityTooLarge);
        (await host.Administrator.SendText(HttpMethod.Post, Import, "{}")).Expect(HttpStatusCode.UnsupportedMediaType);
        var latin = new ByteArrayContent([0x69, 0x64, 0x54, 0x61, 0x67, 0x0A, 0xE9, 0x0A]);
        latin.Headers.ContentType = new("text/csv");
        (await host.Administrator.Send(HttpMethod.Post, Import, latin)).Expect(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task As_many_tags_as_an_import_takes_are_exported_in_order()
    {
        var there = host.Administrator.With("X-Tenant", await host.AddTenant(host.Name("tenant")));
        string[] tags = [.. Enumerable.Range(0, 5_000).Select(number => $"N{number:d4}")];

        var imported = (await there.SendText(HttpMethod.Post, Import, "idTag\n" + string.Join('\n', tags), "text/csv")).Expect(HttpStatusCode.OK);

        Assert.Equal(5_000, imported.Body.GetProperty("created").GetInt32());
        var exported = (await there.Get("/api/v1/tags.csv")).Expect(HttpStatusCode.OK).Text;
        Assert.Equal(tags, exported.Split("\r\n")[1..^1].Select(row => row.Split(',')[0]));
    }

    [Fact]
    public async Task An_import_reaches_the_callers_tenant_only()
    {
        var tag = host.Name("T");
        var foreigner = await host.WithRole(Roles.Administrator, GatewayHost.ForeignTenant);

        (await foreigner.SendText(HttpMethod.Post, Import, $"idTag\n{tag}\n", "text/csv")).Expect(HttpStatusCode.OK);

        (await host.Administrator.Get($"/api/v1/tags/{tag}")).Expect(HttpStatusCode.NotFound);
        Assert.DoesNotContain(tag, (await host.Administrator.Get("/api/v1/tags.csv")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vehicle_that_listed_a_new_tag_first_keeps_it()
    {
        var (tag, vehicle) = (host.Name("T"), host.Name("v"));
        await host.Administrator.Put($"/api/v1/vehicles/{vehicle}", new { tags = new[] { tag } });

        await host.Administrator.SendText(HttpMethod.Post, Import, $"idTag\n{tag}\n", "text/csv");
        Assert.Equal(vehicle, (await host.Administrator.Get($"/api/v1/tags/{tag}")).Body.GetProperty("vehicle").GetString());

        await host.Administrator.SendText(HttpMethod.Post, Import, $"idTag,priority\n{tag},1\n", "text/csv");
        Assert.Equal(JsonValueKind.Null, (await host.Administrator.Get($"/api/v1/tags/{tag}")).Body.GetProperty("vehicle").ValueKind);
    }
}
