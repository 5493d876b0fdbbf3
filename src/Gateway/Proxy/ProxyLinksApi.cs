using EvCharge.Contracts.Proxy;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using EvCharge.History.Audit;
using EvCharge.History.Configuration;
using EvCharge.History.Proxy;
using EvCharge.History.Secrets;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EvCharge.Gateway.Proxy;

/// <summary>The systems that chargers are relayed to.</summary>
internal static class ProxyLinksApi
{
    private const string NoSuchLink = "The charger has no such proxy link.";

    public static void MapProxyLinks(this IEndpointRouteBuilder api)
    {
        var links = api.MapGroup("/chargers/{charger}/proxy-links").WithTags("Proxy");
        links.MapGet("", List).RequirePermission(Permission.ReadFleet)
            .WithName("listProxyLinks").WithSummary("The systems that a charger is relayed to, and how the links stand");
        links.MapGet("/{link}", Get).RequirePermission(Permission.ReadFleet)
            .WithName("getProxyLink").WithSummary("One link, and how it stands");
        links.MapPut("/{link}", Put).RequirePermission(Permission.WriteFleet).Replaces().ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("putProxyLink").WithSummary("Relay a charger to another system over OCPP-J 1.6")
            .WithDescription(
                "Transactions that begin from then on, readings and statuses are told, in order and also after an outage of the system. "
                + "What it may do is said by its role. 409 quota: the charger has 8 links already; 409 authorizes: another one decides on its tags.");
        links.MapDelete("/{link}", Delete).RequirePermission(Permission.WriteFleet)
            .WithName("deleteProxyLink").WithSummary("Relay a charger to a system no longer").WithDescription("What waits for it is dropped.");
        links.MapPost("/{link}/retry", Retry).RequirePermission(Permission.WriteFleet)
            .WithName("retryProxyMessages").WithSummary("Send what the system has refused once more");
        links.MapPost("/{link}/drop", Drop).RequirePermission(Permission.WriteFleet)
            .WithName("dropProxyMessages").WithSummary("Drop what the system has refused");
    }

    private static async Task<Ok<ProxyLinkList>> List(Caller caller, string charger, ConfigurationStore store, ProxyLog log, IGrainFactory grains)
    {
        var (id, _) = await Configuration.Charger(store, caller, charger);
        var views = new List<ProxyLinkView>();
        foreach (var link in await store.ProxyLinks(id))
        {
            views.Add(await View(link.Value, log, grains));
        }

        return TypedResults.Ok(new ProxyLinkList(views));
    }

    private static async Task<Ok<ProxyLinkView>> Get(
        Caller caller, string charger, string link, HttpContext http, ConfigurationStore store, ProxyLog log, IGrainFactory grains)
    {
        var found = await Find(caller, charger, link, store);
        return RowVersions.Answer(http, await View(found.Value, log, grains), found.RowVersion);
    }

    private static async Task<Results<Ok<ProxyLinkView>, Created<ProxyLinkView>>> Put(
        Caller caller,
        string charger,
        string link,
        ProxyLinkInput body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpContext http,
        ConfigurationStore store,
        SecretVault secrets,
        Owners owners,
        EventLog events)
    {
        var id = Id(caller, charger, link);
        var configured = body.Checked(id, (await store.ProxyLink(id))?.Value, secrets);
        var written = await store.PutProxyLink(configured, RowVersions.Expected(ifMatch));
        switch (written.Outcome)
        {
            case WriteOutcome.NotFound:
                throw ApiFault.NotFound("There is no such charger.");
            case WriteOutcome.InUse:
                throw ApiFault.Conflict("authorizes", "Another proxy link of the charger decides on its tags.");
            case WriteOutcome.QuotaExceeded:
                throw ApiFault.Conflict("quota", $"A charger has at most {ConfigurationStore.MostProxyLinks} proxy links.");
        }

        var answer = RowVersions.Put(http, RowVersions.Ensure(written), ProxyLinkView.Of(configured, null, null));
        events.Record(caller.Tenant, "proxy-link-set", charger, $"{caller.Name} has the charger relayed to {new Uri(configured.Url).Host} as {link}.");
        await owners.ProxyChanged(id);
        return answer;
    }

    private static async Task<NoContent> Delete(
        Caller caller, string charger, string link, [FromHeader(Name = "If-Match")] string? ifMatch, ConfigurationStore store, Owners owners, EventLog events)
    {
        var id = Id(caller, charger, link);
        var answer = RowVersions.Deleted(await store.DeleteProxyLink(id, RowVersions.Expected(ifMatch)), "proxy link");
        events.Record(caller.Tenant, "proxy-link-removed", charger, $"{caller.Name} has ended the charger's proxy link {link}.");
        await owners.ProxyChanged(id);
        return answer;
    }

    private static async Task<Ok<ProxyMessagesMoved>> Retry(
        Caller caller, string charger, string link, ConfigurationStore store, ProxyLog log, Owners owners, EventLog events)
    {
        var found = await Find(caller, charger, link, store);
        var moved = await log.Retry(found.Value.Id);
        events.Record(caller.Tenant, "proxy-messages-retried", charger, $"{caller.Name} has {moved} messages sent to {link} once more.");
        await owners.ProxyChanged(found.Value.Id);
        return TypedResults.Ok(new ProxyMessagesMoved(moved));
    }

    private static async Task<Ok<ProxyMessagesMoved>> Drop(
        Caller caller, string charger, string link, ConfigurationStore store, ProxyLog log, EventLog events)
    {
        var found = await Find(caller, charger, link, store);
        var moved = await log.Drop(found.Value.Id);
        events.Record(caller.Tenant, "proxy-messages-dropped", charger, $"{caller.Name} has dropped {moved} messages that {link} refused.");
        return TypedResults.Ok(new ProxyMessagesMoved(moved));
    }

    private static async Task<Versioned<ProxyLinkConfiguration>> Find(Caller caller, string charger, string link, ConfigurationStore store) =>
        await store.ProxyLink(Id(caller, charger, link)) ?? throw ApiFault.NotFound(NoSuchLink);

    private static ProxyLinkId Id(Caller caller, string charger, string link) => ProxyLinkId.IsName(link)
        ? new ProxyLinkId(caller.Charger(charger), link)
        : throw ApiFault.BadRequest("link", "must be 1 to 40 letters, digits or _ . -");

    private static async Task<ProxyLinkView> View(ProxyLinkConfiguration link, ProxyLog log, IGrainFactory grains) => ProxyLinkView.Of(
        link, await grains.GetGrain<IProxyLinkGrain>(link.Id.ToString()).Look(), await log.Backlog(link.Id));
}
