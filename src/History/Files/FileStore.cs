using System.Runtime.CompilerServices;
using EvCharge.Domain.Certificates;
using EvCharge.Domain.Identity;
using EvCharge.History.Engines;
using EvCharge.History.Identifiers;
using EvCharge.History.Queries;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Files;

/// <summary>
/// Files in the database, where every gateway finds them: firmware for chargers, and what chargers send. A file is seen when
/// it is complete.
/// </summary>
public sealed class FileStore(HistoryEngine engine)
{
    /// <summary>Bytes of a piece; the last one of a file may be smaller.</summary>
    public const int PieceBytes = 256 * 1024;

    private const string IdName = "file";

    /// <summary>Enters a file that is about to come, and removes those of the tenant that never came to an end within a day.</summary>
    public Task<long> Begin(TenantId tenant, StoredFile file) => engine.Write(write =>
    {
        var abandoned = file.CreatedAt.AddDays(-1);
        foreach (var id in write.Tables.Files
            .Where(row => row.TenantId == tenant.Value && !row.Complete && row.CreatedAt < abandoned)
            .Select(row => row.Id)
            .ToList())
        {
            Remove(write.Tables, tenant, id);
        }

        var fresh = IdStatements.Reserve(write, tenant, IdName, 1);
        write.Tables.Insert(new FileRow
        {
            TenantId = tenant.Value,
            Id = fresh,
            Kind = (int)file.Kind,
            Name = file.Name,
            Size = 0,
            Sha256 = "",
            Complete = false,
            CreatedAt = file.CreatedAt,
            CreatedBy = file.CreatedBy,
            ChargerId = file.Charger,
            CommandId = file.CommandId,
        });
        return fresh;
    });

    public Task Add(TenantId tenant, long file, int number, byte[] content) => engine.Write(
        write =>
        {
            // By a commit whose answer was lost it is here already.
            var known = write.Tables.FilePieces.Any(row => row.TenantId == tenant.Value && row.FileId == file && row.Number == number);
            return known ? 0 : write.Tables.Insert(new FilePieceRow { TenantId = tenant.Value, FileId = file, Number = number, Content = content });
        },
        bytes: 128 + content.Length);

    /// <summary>Makes a file seen. A firmware takes the place of the one of its name.</summary>
    public Task Complete(TenantId tenant, long file, long size, string sha256) => engine.Write(write =>
    {
        var files = write.Tables.Files;
        files.Where(row => row.TenantId == tenant.Value && row.Id == file)
            .Set(row => row.Size, size)
            .Set(row => row.Sha256, sha256)
            .Set(row => row.Complete, true)
            .Update();
        if (files.FirstOrDefault(row => row.TenantId == tenant.Value && row.Id == file) is { Kind: (int)FileKind.Firmware } added)
        {
            foreach (var id in files
                .Where(row => row.TenantId == tenant.Value && row.Kind == added.Kind && row.Name == added.Name && row.Complete && row.Id != file)
                .Select(row => row.Id)
                .ToList())
            {
                Remove(write.Tables, tenant, id);
            }
        }

        return 1;
    });

    /// <summary>Puts a signature beside a firmware, or takes it away.</summary>
    /// <param name="file">The file that it is of: another of the same name is not signed by it.</param>
    /// <returns>False when the file is there no more.</returns>
    public Task<bool> Sign(TenantId tenant, long file, FirmwareSignature? signature) => engine.Write(write => write.Tables.Files
        .Where(row => row.TenantId == tenant.Value && row.Id == file && row.Complete && row.Kind == (int)FileKind.Firmware)
        .Set(row => row.SigningCertificate, signature?.Certificate)
        .Set(row => row.Signature, signature?.Signature)
        .Update() == 1);

    /// <summary>Removes a file, complete or not.</summary>
    /// <returns>False when there is none.</returns>
    public Task<bool> Delete(TenantId tenant, long file) => engine.Write(write => Remove(write.Tables, tenant, file));

    /// <summary>Removes what chargers sent before that moment.</summary>
    public Task Prune(TenantId tenant, DateTimeOffset before) => engine.Write(write =>
    {
        foreach (var id in write.Tables.Files
            .Where(row => row.TenantId == tenant.Value && row.Kind == (int)FileKind.Upload && row.CreatedAt < before)
            .Select(row => row.Id)
            .ToList())
        {
            Remove(write.Tables, tenant, id);
        }

        return write.Tables.FileGrants.Delete(row => row.TenantId == tenant.Value && row.ExpiresAt < before);
    });

    /// <summary>Null also for the file of a charger which the scope leaves out.</summary>
    public Task<StoredFile?> Find(SiteScope scope, long file) => engine.Read(async tables =>
        await In(tables, scope).FirstOrDefaultAsync(row => row.Id == file) is { } row ? Read(row) : null);

    public Task<StoredFile?> FindFirmware(TenantId tenant, string name) => engine.Read(async tables =>
        await Seen(tables, tenant).FirstOrDefaultAsync(row => row.Kind == (int)FileKind.Firmware && row.Name == name) is { } row ? Read(row) : null);

    /// <summary>Files of a kind, perhaps of one charger, newest first; <paramref name="before"/> is the last id seen.</summary>
    public Task<IReadOnlyList<StoredFile>> List(SiteScope scope, FileKind kind, string? charger, long? before, int limit) =>
        engine.Read<IReadOnlyList<StoredFile>>(async tables =>
        {
            var bound = before ?? long.MaxValue;
            var files = In(tables, scope).Where(row => row.Kind == (int)kind && row.Id < bound);
            files = charger is null ? files : files.Where(row => row.ChargerId == charger);
            return (await files.OrderByDescending(row => row.Id).Take(limit).ToListAsync()).ConvertAll(Read);
        });

    /// <summary>Bytes of all files of the tenant.</summary>
    public Task<long> Size(TenantId tenant) => engine.Read(
        async tables => await Seen(tables, tenant).SumAsync(row => (long?)row.Size) ?? 0);

    /// <summary>The content, piece by piece.</summary>
    public async IAsyncEnumerable<byte[]> Content(TenantId tenant, long file, [EnumeratorCancellation] CancellationToken cancelled)
    {
        for (var number = 0; ; number++)
        {
            var wanted = number;
            var piece = await engine.Read(tables => tables.FilePieces.FirstOrDefaultAsync(
                row => row.TenantId == tenant.Value && row.FileId == file && row.Number == wanted, cancelled));
            if (piece is null)
            {
                yield break;
            }

            yield return piece.Content;
        }
    }

    public Task Grant(FileGrant grant) => engine.Write(write => write.Tables.InsertOrReplace(new FileGrantRow
    {
        TenantId = grant.Charger.Tenant.Value,
        SecretHash = grant.SecretHash,
        FileId = grant.FileId,
        ChargerId = grant.Charger.Name,
        CommandId = grant.CommandId,
        ExpiresAt = grant.ExpiresAt,
    }));

    public Task<FileGrant?> FindGrant(TenantId tenant, string secretHash) => engine.Read(async tables =>
        await tables.FileGrants.FirstOrDefaultAsync(row => row.TenantId == tenant.Value && row.SecretHash == secretHash) is { } row
            ? new FileGrant(new ChargerId(tenant, row.ChargerId), row.SecretHash, row.FileId, row.CommandId, row.ExpiresAt)
            : null);

    /// <summary>Firmware is everybody's; the other files are those of chargers.</summary>
    private static IQueryable<FileRow> In(HistoryTables tables, SiteScope scope)
    {
        var files = Seen(tables, scope.Tenant);
        return tables.NamesIn(scope) is { } names ? files.Where(row => row.Kind == (int)FileKind.Firmware || names.Contains(row.ChargerId)) : files;
    }

    private static IQueryable<FileRow> Seen(HistoryTables tables, TenantId tenant) =>
        tables.Files.Where(row => row.TenantId == tenant.Value && row.Complete);

    private static bool Remove(HistoryTables tables, TenantId tenant, long file)
    {
        tables.FilePieces.Delete(row => row.TenantId == tenant.Value && row.FileId == file);
        return tables.Files.Delete(row => row.TenantId == tenant.Value && row.Id == file) == 1;
    }

    private static StoredFile Read(FileRow row) => new(
        row.Id, (FileKind)row.Kind, row.Name, row.Size, row.Sha256, row.CreatedAt, row.CreatedBy, row.ChargerId, row.CommandId)
    {
        Signature = row is { SigningCertificate: { } certificate, Signature: { } signature } ? new FirmwareSignature(certificate, signature) : null,
    };
}
