using System.Security.Cryptography;
using EvCharge.Domain.Identity;
using EvCharge.History.Files;
using Microsoft.Extensions.Options;

namespace EvCharge.Gateway.Files;

/// <summary>Takes a file from a request into the store, piece by piece and within limits.</summary>
internal sealed class FileIntake(FileStore store, IOptions<ChargerFileOptions> options, TimeProvider time)
{
    /// <summary>What a file may have at most now; 0 when the tenant's room is used up.</summary>
    public async Task<long> Room(TenantId tenant) =>
        Math.Clamp(options.Value.TenantBytes - await store.Size(tenant), 0, options.Value.MaxBytes);

    /// <returns>The file; null when it has more than <paramref name="room"/> bytes, and nothing of it is kept.</returns>
    public async Task<StoredFile?> Take(TenantId tenant, StoredFile file, Stream content, long room, CancellationToken cancelled)
    {
        await store.Prune(tenant, time.GetUtcNow().AddDays(-options.Value.KeepDays));
        var id = await store.Begin(tenant, file);
        var complete = false;
        try
        {
            complete = await TryCopy(tenant, id, content, room, cancelled);
        }
        finally
        {
            if (!complete)
            {
                await store.Delete(tenant, id);
            }
        }

        return complete ? await store.Find(SiteScope.All(tenant), id) : null;
    }

    private async Task<bool> TryCopy(TenantId tenant, long id, Stream content, long room, CancellationToken cancelled)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[FileStore.PieceBytes];
        var (size, number) = (0L, 0);
        while (await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancelled) is > 0 and var length)
        {
            size += length;
            if (size > room)
            {
                return false;
            }

            hash.AppendData(buffer, 0, length);
            await store.Add(tenant, id, number++, buffer[..length]);
        }

        await store.Complete(tenant, id, size, Convert.ToHexStringLower(hash.GetHashAndReset()));
        return true;
    }
}
