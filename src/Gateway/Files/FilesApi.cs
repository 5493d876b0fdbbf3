using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using EvCharge.History.Files;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EvCharge.Gateway.Files;

/// <summary>Firmware for chargers, and the files that they sent.</summary>
internal static class FilesApi
{
    private const string FirmwareList = "firmware";
    private const string UploadList = "files";

    public static void MapFiles(this IEndpointRouteBuilder api)
    {
        var firmware = api.MapGroup("/firmware").WithTags("Files");
        firmware.MapGet("", Firmware).RequirePermission(Permission.ReadFleet).CommonToSites()
            .WithName("listFirmware").WithSummary("Firmware that chargers may fetch, newest first");
        firmware.MapPut("/{name}", PutFirmware).RequirePermission(Permission.SendAnyCall)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .WithName("putFirmware").WithSummary("Store a firmware; the body, of any media type, is the file");
        firmware.MapDelete("/{name}", DeleteFirmware).RequirePermission(Permission.SendAnyCall)
            .WithName("deleteFirmware").WithSummary("Delete a firmware");

        var files = api.MapGroup("/files").WithTags("Files");
        files.MapGet("", Uploads).RequirePermission(Permission.ReadCommands).NarrowedToSites()
            .WithName("listFiles").WithSummary("Files that chargers sent, newest first, perhaps of one charger");
        files.MapGet("/{id:long}/content", Content).RequirePermission(Permission.ReadCommands).NarrowedToSites()
            .Produces<byte[]>(contentType: "application/octet-stream")
            .WithName("getFileContent").WithSummary("The content of a file");
        files.MapDelete("/{id:long}", Delete).RequirePermission(Permission.SendAnyCall).NarrowedToSites()
            .WithName("deleteFile").WithSummary("Delete a file that a charger sent");
    }

    private static Task<Page<FileView>> Firmware(Caller caller, [AsParameters] PageRequest page, FileStore store) =>
        page.Read(
            FirmwareList,
            (before, limit) => store.List(caller.Scope, FileKind.Firmware, null, RowId.Read(before), limit),
            file => RowId.Write(file.Id),
            FileView.Of);

    private static Task<Page<FileView>> Uploads(Caller caller, string? charger, [AsParameters] PageRequest page, FileStore store) =>
        page.Read(
            UploadList,
            (before, limit) => store.List(caller.Scope, FileKind.Upload, charger, RowId.Read(before), limit),
            file => RowId.Write(file.Id),
            FileView.Of);

    private static async Task<Created<FileView>> PutFirmware(Caller caller, string name, HttpContext http, FileIntake intake, TimeProvider time)
    {
        FileNames.Check(name);
        var room = await intake.Room(caller.Tenant);
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        var file = new StoredFile(0, FileKind.Firmware, name, 0, "", time.GetUtcNow(), caller.Name, null, null);
        var taken = http.Request.ContentLength > room ? null : await intake.Take(caller.Tenant, file, http.Request.Body, room, http.RequestAborted);
        return taken is null
            ? throw new ApiFault(StatusCodes.Status413PayloadTooLarge, "too-large", $"There is room for {room} bytes.")
            : TypedResults.Created($"/api/v1/files/{taken.Id}/content", FileView.Of(taken));
    }

    private static async Task<NoContent> DeleteFirmware(Caller caller, string name, FileStore store) =>
        await store.FindFirmware(caller.Tenant, name) is { } file && await store.Delete(caller.Tenant, file.Id)
            ? TypedResults.NoContent()
            : throw ApiFault.NotFound("There is no such firmware.");

    private static async Task Content(Caller caller, long id, HttpContext http, FileStore store) =>
        await FileContent.Write(http, caller.Tenant, await store.Find(caller.Scope, id) ?? throw NoSuchFile(), store);

    private static async Task<NoContent> Delete(Caller caller, long id, FileStore store) =>
        await store.Find(caller.Scope, id) is { Kind: FileKind.Upload } && await store.Delete(caller.Tenant, id)
            ? TypedResults.NoContent()
            : throw NoSuchFile();

    private static ApiFault NoSuchFile() => ApiFault.NotFound("There is no such file.");
}

/// <summary>A file.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Of the content, lower-case hex.</param>
/// <param name="Charger">Who sent it; null for a firmware.</param>
/// <param name="CommandId">The command that asked for it; null for a firmware.</param>
/// <param name="Signature">Of a firmware that its manufacturer has signed.</param>
public sealed record FileView(
    long Id, string Name, long Size, string Sha256, DateTimeOffset CreatedAt, string CreatedBy, string? Charger, long? CommandId, FirmwareSignatureView? Signature)
{
    internal static FileView Of(StoredFile file) =>
        new(file.Id, file.Name, file.Size, file.Sha256, file.CreatedAt, file.CreatedBy, file.Charger, file.CommandId, FirmwareSignatureView.Of(file));
}
