using System.Net;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Authorization;

/// <summary>Tags as operators configure and drivers present them.</summary>
internal static class PresentedTags
{
    /// <summary>A tag that no other test uses.</summary>
    public static async Task<string> NewTag(this GatewayHost host, object? body = null)
    {
        var tag = host.Name("T");
        (await host.Administrator.Put($"/api/v1/tags/{tag}", body ?? new { })).Expect(HttpStatusCode.Created);
        return tag;
    }

    /// <summary>A connected charger with two connectors that no other test uses.</summary>
    public static async Task<(WireCharger Wire, string Name)> NewCharger(this GatewayHost host, string? site = null)
    {
        var name = host.Name("CP");
        (await host.Administrator.Put($"/api/v1/chargers/{name}", new { site, connectors = 2 })).Expect(HttpStatusCode.Created);
        return (await WireCharger.Connect(host.Address, name), name);
    }

    /// <summary>A site that no other test uses.</summary>
    public static async Task<string> NewSite(this GatewayHost host)
    {
        var site = host.Name("s");
        (await host.Administrator.Put($"/api/v1/sites/{site}", new { })).Expect(HttpStatusCode.Created);
        return site;
    }

    /// <summary>What Authorize says to the tag.</summary>
    public static async Task<string> Presents(this WireCharger charger, string tag) =>
        (await charger.Call("Authorize", $$"""{"idTag":"{{tag}}"}""")).GetProperty("idTagInfo").GetProperty("status").GetString()!;

    /// <summary>What StartTransaction says to the tag, and the transaction that it makes anyway.</summary>
    public static async Task<(string Status, int Transaction)> Starts(
        this WireCharger charger, string tag, int minute = 0, int connector = 1, string? id = null)
    {
        var answer = await charger.Call("StartTransaction", Transactions.Start(Transactions.Stamp(minute), tag, connector: connector), id);
        return (answer.GetProperty("idTagInfo").GetProperty("status").GetString()!, Transactions.TransactionId(answer));
    }
}
