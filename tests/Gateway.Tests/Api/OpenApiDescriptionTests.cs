using System.Net;
using System.Text.Json;
using EvCharge.Servers;

namespace EvCharge.GatewayTests.Api;

public sealed class OpenApiDescriptionTests(GatewayHost host)
{
    [Fact]
    public async Task Every_operation_has_an_id_of_its_own_and_a_summary()
    {
        var document = await Document();
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => (Path: path.Name, operation.Value)))
            .ToArray();

        Assert.True(operations.Length > 35, $"only {operations.Length} operations");
        Assert.All(operations, operation =>
        {
            Assert.StartsWith("/api/v1/", operation.Path, StringComparison.Ordinal);
            Assert.False(string.IsNullOrEmpty(operation.Value.GetProperty("summary").GetString()));
        });
        var ids = operations.Select(operation => operation.Value.GetProperty("operationId").GetString()).ToArray();
        Assert.Equal(ids.Distinct(), ids);
    }

    /// <summary>What clients are generated from is what is served.</summary>
    [Fact]
    public async Task The_committed_document_is_the_one_that_is_served()
    {
        const string Committed = "docs/api/openapi.json";
        var served = (await host.Administrator.Get("/openapi/v1.json")).Expect(HttpStatusCode.OK).Text;
        var committed = await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, Committed), TestContext.Current.CancellationToken);
        if (committed.ReplaceLineEndings("\n").TrimEnd() != served.ReplaceLineEndings("\n").TrimEnd())
        {
            await File.WriteAllTextAsync(Path.Combine(SourceTree.Root, "artifacts", "openapi.json"), served, TestContext.Current.CancellationToken);
            Assert.Fail($"The API has changed. Look at what is another for its clients, and then: cp artifacts/openapi.json {Committed}");
        }
    }

    [Fact]
    public async Task Schemas_say_what_the_api_takes()
    {
        var schemas = (await Document()).GetProperty("components").GetProperty("schemas");

        var site = schemas.GetProperty("SiteInput").GetProperty("properties");
        Assert.Equal(["null", "number"], site.GetProperty("limit").GetProperty("type").EnumerateArray().Select(type => type.GetString()!).Order());
        var connectors = schemas.GetProperty("ConnectorList").GetProperty("oneOf").EnumerateArray().ToArray();
        Assert.Equal("integer", connectors[0].GetProperty("type").GetString());
        Assert.Equal("array", connectors[1].GetProperty("type").GetString());
        Assert.Equal(
            "#/components/schemas/ConnectorInput", connectors[1].GetProperty("items").GetProperty("$ref").GetString());
    }

    [Fact]
    public async Task The_caller_is_no_parameter_and_the_body_is_described()
    {
        var paths = (await Document()).GetProperty("paths");

        var put = paths.GetProperty("/api/v1/chargers/{charger}").GetProperty("put");
        Assert.Equal(["If-Match", "charger"], put.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal(
            "#/components/schemas/ChargerInput",
            put.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString());
        var list = paths.GetProperty("/api/v1/sites").GetProperty("get");
        Assert.Equal(["cursor", "limit"], list.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()!).Order());
        var call = paths.GetProperty("/api/v1/chargers/{charger}/calls/{action}").GetProperty("post");
        Assert.True(call.GetProperty("requestBody").GetProperty("content").TryGetProperty("application/json", out _));
    }

    private async Task<JsonElement> Document() => (await host.Administrator.Get("/openapi/v1.json")).Expect(HttpStatusCode.OK).Body;
}
