using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Certificates;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using EvCharge.History.Files;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EvCharge.Gateway.Files;

/// <summary>Updates and uploads without a file server of one's own: the charger is given an address of this installation.</summary>
internal static class MaintenanceApi
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static void MapMaintenance(this IEndpointRouteBuilder api)
    {
        var charger = api.MapGroup("/chargers/{charger}").WithTags("Files");
        charger.MapPost("/firmware", UpdateFirmware).RequirePermission(Permission.SendAnyCall)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithName("updateFirmware").WithSummary("Have the charger fetch and install a stored firmware");
        charger.MapPost("/diagnostics", FetchDiagnostics).RequirePermission(Permission.SendAnyCall)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithName("fetchDiagnostics").WithSummary("Have the charger send its diagnostics");
        charger.MapPost("/logs", FetchLog).RequirePermission(Permission.SendAnyCall)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithName("fetchLog").WithSummary("Have the charger send a log, by the security extension of OCPP 1.6");
    }

    private static async Task<Accepted<CallAccepted>> UpdateFirmware(
        Caller caller, string charger, FirmwareUpdate body, HttpContext http,
        ConfigurationStore configuration, FileStore store, FileAddress addresses, CommandDispatch commands, TimeProvider time)
    {
        var (id, _) = await Configuration.Charger(configuration, caller, charger);
        var firmware = body.Name is null ? null : await store.FindFirmware(caller.Tenant, body.Name);
        var signature = body.Signed is false ? null : firmware?.Signature;
        body.Attempts.Check(new Checks()
            .That(firmware is not null, "name", "is no stored firmware")
            .That(body.Signed is not true || signature is not null, "signed", "needs a firmware with a signature")
            .That(signature is null || IsValid(signature, time.GetUtcNow()), "signed", "must be false: the signing certificate is not valid any more")
            .That(body.InstallAt is null || signature is not null, "installAt", "is for signed firmware alone"));
        var (url, grant) = await addresses.Give(id, firmware, http.Request);
        var retrieve = Stamp(body.RetrieveAt ?? time.GetUtcNow());
        return signature is null
            ? await Send(caller, "UpdateFirmware", grant, commands, store, http, new { location = url, retrieveDate = retrieve, body.Retries, body.RetryInterval })
            : await Send(caller, "SignedUpdateFirmware", grant, commands, store, http, new
            {
                requestId = RandomNumberGenerator.GetInt32(1, int.MaxValue),
                firmware = new
                {
                    location = url,
                    retrieveDateTime = retrieve,
                    installDateTime = Stamp(body.InstallAt),
                    signingCertificate = signature.Certificate,
                    signature = signature.Signature,
                },
                body.Retries,
                body.RetryInterval,
            });
    }

    private static async Task<Accepted<CallAccepted>> FetchDiagnostics(
        Caller caller, string charger, UploadRequest body, HttpContext http,
        ConfigurationStore configuration, FileStore store, FileAddress addresses, CommandDispatch commands)
    {
        var (id, _) = await Configuration.Charger(configuration, caller, charger);
        body.Attempts.Check(body.Period());
        var (url, grant) = await addresses.Give(id, null, http.Request);
        return await Send(caller, "GetDiagnostics", grant, commands, store, http, new
        {
            location = url,
            startTime = Stamp(body.From),
            stopTime = Stamp(body.To),
            body.Retries,
            body.RetryInterval,
        });
    }

    private static async Task<Accepted<CallAccepted>> FetchLog(
        Caller caller, string charger, LogRequest body, HttpContext http,
        ConfigurationStore configuration, FileStore store, FileAddress addresses, CommandDispatch commands)
    {
        var (id, _) = await Configuration.Charger(configuration, caller, charger);
        body.Attempts.Check(body.Period().That(body.Type is not null, "type", "must be DiagnosticsLog or SecurityLog").OneOf(body.Type, "type", LogRequest.Types));
        var (url, grant) = await addresses.Give(id, null, http.Request);
        return await Send(caller, "GetLog", grant, commands, store, http, new
        {
            logType = body.Type,
            requestId = RandomNumberGenerator.GetInt32(1, int.MaxValue),
            log = new { remoteLocation = url, oldestTimestamp = Stamp(body.From), latestTimestamp = Stamp(body.To) },
            body.Retries,
            body.RetryInterval,
        });
    }

    private static async Task<Accepted<CallAccepted>> Send(
        Caller caller, string action, FileGrant grant, CommandDispatch commands, FileStore store, HttpContext http, object payload)
    {
        var call = new ChargerCall(action, JsonSerializer.SerializeToUtf8Bytes(payload, Options), caller.Name);
        var submitted = await commands.Submit(grant.Charger, call, http.RequestAborted);
        var command = submitted.CommandId ?? throw CallsApi.Refused(submitted.Refusal);
        await store.Grant(grant with { CommandId = command });
        return TypedResults.Accepted($"/api/v1/commands/{command}", new CallAccepted(command));
    }

    private static bool IsValid(FirmwareSignature signature, DateTimeOffset now)
    {
        using var certificate = FirmwareSignature.Read(signature.Certificate);
        return certificate is not null && FirmwareSignature.IsOf(certificate, now);
    }

    private static string? Stamp(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>How often a charger tries; null leaves it to the charger.</summary>
/// <param name="RetryInterval">Seconds.</param>
internal readonly record struct Attempts(int? Retries, int? RetryInterval)
{
    public void Check(Checks checks) => checks
        .Range(Retries, "retries", 0, 100)
        .Range(RetryInterval, "retryInterval", 0, 86_400)
        .ThrowIfAny();
}

/// <summary>An update with a stored firmware: by SignedUpdateFirmware when it has a signature, else by UpdateFirmware.</summary>
/// <param name="Name">Of the firmware.</param>
/// <param name="RetrieveAt">Not to be fetched before; now by default.</param>
/// <param name="RetryInterval">Seconds.</param>
/// <param name="InstallAt">Not to be installed before; for signed firmware alone.</param>
/// <param name="Signed">False for a charger that knows no signed firmware; true to be refused rather than sent without a signature.</param>
public sealed record FirmwareUpdate(
    string? Name = null, DateTimeOffset? RetrieveAt = null, int? Retries = null, int? RetryInterval = null, DateTimeOffset? InstallAt = null, bool? Signed = null)
{
    internal Attempts Attempts => new(Retries, RetryInterval);
}

/// <summary>What a charger is to send.</summary>
/// <param name="From">Nothing older.</param>
/// <param name="To">Nothing newer.</param>
/// <param name="RetryInterval">Seconds.</param>
public record UploadRequest(DateTimeOffset? From = null, DateTimeOffset? To = null, int? Retries = null, int? RetryInterval = null)
{
    internal Attempts Attempts => new(Retries, RetryInterval);

    internal Checks Period() => new Checks().That(From is null || To is null || From < To, "to", "must be later than from");
}

/// <param name="Type">DiagnosticsLog or SecurityLog.</param>
public sealed record LogRequest(
    string? Type = null, DateTimeOffset? From = null, DateTimeOffset? To = null, int? Retries = null, int? RetryInterval = null)
    : UploadRequest(From, To, Retries, RetryInterval)
{
    internal static readonly string[] Types = ["DiagnosticsLog", "SecurityLog"];
}
