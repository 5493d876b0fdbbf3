using System.Globalization;
using System.Text.Json;
using EvCharge.Contracts.Batches;
using EvCharge.Domain.Commands;
using EvCharge.Gateway.Certificates;
using EvCharge.Gateway.Security;
using EvCharge.History.Batches;
using EvCharge.History.Configuration;
using EvCharge.History.Queries;
using EvCharge.Ocpp;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EvCharge.Gateway.Api;

/// <summary>One command for many chargers, at a rate, with its progress.</summary>
internal static class BatchesApi
{
    private const string List = "batches";
    private const string ItemList = "batch-items";

    public static void MapBatches(this IEndpointRouteBuilder api)
    {
        var batches = api.MapGroup("/batches").WithTags("Commands");
        batches.MapPost("", Create).RequirePermission(Permission.SendCalls)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithName("createBatch").WithSummary("Send one call to many chargers, one after the other");
        batches.MapGet("", Page).RequirePermission(Permission.ReadCommands)
            .WithName("listBatches").WithSummary("Batches, newest first");
        batches.MapGet("/{id:long}", Get).RequirePermission(Permission.ReadCommands)
            .WithName("getBatch").WithSummary("A batch with its progress");
        batches.MapGet("/{id:long}/items", Items).RequirePermission(Permission.ReadCommands)
            .WithName("listBatchItems").WithSummary("The chargers of a batch with how far each has come");
        batches.MapDelete("/{id:long}", Cancel).RequirePermission(Permission.SendCalls)
            .WithName("cancelBatch").WithSummary("Stop a batch: who was not given the call yet does not get it");
    }

    private static async Task<Accepted<BatchView>> Create(
        Caller caller,
        BatchInput body,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        BatchStore store,
        ConfigurationStore configuration,
        FleetQueries fleet,
        IGrainFactory grains,
        TimeProvider time)
    {
        Ids.CheckIdempotencyKey(idempotencyKey);
        var batch = body.Checked(caller, time.GetUtcNow());
        var chargers = await Chargers(caller, body, configuration, fleet);
        if (chargers.Count == 0)
        {
            throw ApiFault.Invalid("chargers", "names nobody");
        }

        var stored = await store.Create(batch, idempotencyKey, chargers);
        await grains.GetGrain<IBatchGrain>($"{stored.Tenant}/{stored.Id.ToString(CultureInfo.InvariantCulture)}").Run();
        return TypedResults.Accepted($"/api/v1/batches/{stored.Id}", BatchView.Of(stored, await store.Progress(caller.Tenant, stored.Id)));
    }

    private static Task<Page<BatchView>> Page(Caller caller, [AsParameters] PageRequest page, BatchStore store) =>
        page.Read(
            List,
            (before, limit) => store.List(caller.Tenant, RowId.Read(before), limit),
            batch => RowId.Write(batch.Id),
            batch => BatchView.Of(batch, null));

    private static async Task<BatchView> Get(Caller caller, long id, BatchStore store) =>
        BatchView.Of(await Existing(caller, id, store), await store.Progress(caller.Tenant, id));

    private static async Task<Page<BatchItemView>> Items(Caller caller, long id, [AsParameters] PageRequest page, BatchStore store)
    {
        await Existing(caller, id, store);
        return await page.Read(
            ItemList,
            (after, limit) => store.Items(caller.Tenant, id, (int)(RowId.Read(after) ?? 0), limit),
            item => RowId.Write(item.Number),
            BatchItemView.Of);
    }

    private static async Task<NoContent> Cancel(Caller caller, long id, BatchStore store)
    {
        await Existing(caller, id, store);
        return await store.End(caller.Tenant, id, BatchStatus.Cancelled)
            ? TypedResults.NoContent()
            : throw new ApiFault(StatusCodes.Status409Conflict, "ended", "The batch does not run any more.");
    }

    private static async Task<Batch> Existing(Caller caller, long id, BatchStore store) =>
        await store.Find(caller.Tenant, id) ?? throw ApiFault.NotFound("There is no such batch.");

    /// <summary>The chargers that the body names one by one, or all of a site, or all.</summary>
    private static async Task<IReadOnlyList<string>> Chargers(
        Caller caller, BatchInput body, ConfigurationStore configuration, FleetQueries fleet)
    {
        if (body.Chargers is { } named)
        {
            var known = await fleet.Existing(caller.Tenant, [.. named]);
            return named.FirstOrDefault(charger => !known.Contains(charger)) is { } stranger
                ? throw ApiFault.Invalid("chargers", $"'{stranger}' is no charger")
                : [.. named.Distinct(StringComparer.Ordinal)];
        }

        await Configuration.EnsureSite(configuration, caller, body.Site, "site");
        var all = await fleet.Names(caller.Tenant, body.Site, BatchStore.MostChargers + 1);
        return all.Count <= BatchStore.MostChargers
            ? all
            : throw ApiFault.Invalid("site", $"a batch has at most {BatchStore.MostChargers} chargers");
    }
}

/// <summary>A call for many chargers.</summary>
/// <param name="Action">Name of the OCPP operation.</param>
/// <param name="Payload">The OCPP payload.</param>
/// <param name="Chargers">At most 1,000, by id; else those of the site.</param>
/// <param name="Site">A site, without which all chargers of the tenant are meant, at most 10,000.</param>
/// <param name="PerSecond">To how many chargers it goes in a second: 0.1 to 100, 5 by default.</param>
public sealed record BatchInput(
    string? Action = null, JsonElement? Payload = null, IReadOnlyList<string>? Chargers = null, string? Site = null, double? PerSecond = null)
{
    private const int MostNamed = 1_000;
    private const double DefaultRate = 5;

    internal Batch Checked(Caller caller, DateTimeOffset now)
    {
        new Checks()
            .That(Action is not null, "action", "must be there")
            .That(Payload is { ValueKind: JsonValueKind.Object }, "payload", "must be an object")
            .That(Chargers is not { Count: > MostNamed }, "chargers", $"must name at most {MostNamed}")
            .That(Chargers is null || Site is null, "site", "must not stand beside chargers")
            .Range(PerSecond, "perSecond", 0.1, 100)
            .ThrowIfAny();
        var payload = JsonSerializer.SerializeToUtf8Bytes(Payload!.Value);
        OperatorCalls.EnsureAllowed(caller, Action!, payload);
        var canonical = Canonical(Action!, payload);
        if (SecretCall.PasswordIn(Action!, canonical) is not null)
        {
            throw ApiFault.Invalid("payload.key", "a charger's password is its own: no two are given the same");
        }

        if (ProfileRaise.ProfileIn(Action!, canonical) is not null)
        {
            throw ApiFault.Invalid("payload.key", "a charger's security profile is raised by a call of its own");
        }

        return new Batch(
            caller.Tenant, 0, Action!, canonical, caller.Name, now, PerSecond ?? DefaultRate, BatchStatus.Running);
    }

    /// <summary>Refused at once when it is not valid; each charger's grain looks again, by the version that it speaks.</summary>
    private static byte[] Canonical(string action, byte[] payload)
    {
        try
        {
            return ActionTable.For(OcppVersion.V16).Find(action) is { Direction: not ActionDirection.FromCharger } known
                ? known.Canonicalise(payload)
                : throw ApiFault.Invalid("action", $"'{action}' is no operation that can be sent to a charger");
        }
        catch (OcppFault fault)
        {
            throw ApiFault.Invalid(fault.Field is null ? "payload" : $"payload.{fault.Field}", fault.Message);
        }
    }
}

/// <summary>A batch.</summary>
/// <param name="Status">running, submitted (every charger was given the call, or could not be) or cancelled.</param>
/// <param name="Payload">The request; keys are masked.</param>
/// <param name="Progress">Null in a list.</param>
public sealed record BatchView(
    long Id, string Action, JsonElement? Payload, string Status, double PerSecond, string RequestedBy, DateTimeOffset RequestedAt, BatchProgressView? Progress)
{
    internal static BatchView Of(Batch batch, BatchProgress? progress) => new(
        batch.Id, batch.Action, SecretPayload.Masked(batch.Action, batch.Payload), Words.Of(batch.Status), batch.PerSecond,
        batch.RequestedBy, batch.RequestedAt, progress is null ? null : BatchProgressView.Of(progress));
}

/// <summary>How many chargers are in which state.</summary>
/// <param name="Waiting">Not given the call yet.</param>
/// <param name="Open">Given the call; its answer is awaited.</param>
/// <param name="Refused">Could not be given the call.</param>
public sealed record BatchProgressView(
    int Total, int Waiting, int Open, int Answered, int Error, int Timeout, int Offline, int Unknown, int Refused)
{
    internal static BatchProgressView Of(BatchProgress progress)
    {
        int Count(CommandStatus status) => progress.ByStatus.GetValueOrDefault(status);
        return new BatchProgressView(
            progress.Total, progress.Waiting, Count(CommandStatus.Pending) + Count(CommandStatus.Sent), Count(CommandStatus.Answered),
            Count(CommandStatus.Error), Count(CommandStatus.Timeout), Count(CommandStatus.Offline), Count(CommandStatus.Unknown), progress.Refused);
    }
}

/// <param name="Status">waiting, refused, or that of the command.</param>
/// <param name="CommandId">The command at <c>/api/v1/commands/{id}</c>; null when there is none.</param>
/// <param name="Refusal">Why the charger could not be given the call.</param>
public sealed record BatchItemView(string Charger, string Status, long? CommandId, string? Refusal)
{
    internal static BatchItemView Of(BatchItem item) => new(
        item.Charger,
        item.Status is { } status ? Words.Of(status) : item.Refusal is null ? "waiting" : "refused",
        item.CommandId,
        item.Refusal);
}
