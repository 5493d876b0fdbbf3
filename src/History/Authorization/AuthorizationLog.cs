using System.Collections.Concurrent;
using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;
using EvCharge.History.Engines;
using EvCharge.History.Identifiers;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Authorization;

/// <summary>The record of questions about tags that others than the tags' configuration decide, written by the charger grains.</summary>
public sealed class AuthorizationLog(HistoryEngine engine)
{
    /// <summary>Requests kept for a tenant, the newest.</summary>
    public const int MaxRequests = 100_000;

    private const string IdName = "authorization-request";
    private const int PruneEvery = 256;
    private const int Opened = (int)AuthorizationRequestState.Open;

    private readonly ConcurrentDictionary<TenantId, ReservedBlock<long>> _ids = new();
    private int _inserted;

    /// <summary>
    /// Stores a request that an operator shall answer. One of the same charger and tag that is still open is taken up
    /// instead, and so is an operator's answer given since <paramref name="answeredSince"/>: the charger asks again when the
    /// silo that had asked for it was lost.
    /// </summary>
    /// <returns>The request that stands.</returns>
    public Task<AuthorizationRequest> Open(AuthorizationRequest request, DateTimeOffset answeredSince) => engine.Write(write =>
    {
        write.Alone(request.Charger.Tenant, $"authorization/{request.Charger.Name}");
        if (Latest(write.Tables, request.Charger, request.IdTag).FirstOrDefault() is { } latest
            && AuthorizationRequest.Of(latest) is var earlier
            && (IsOpen(earlier, request.AskedAt)
                || (earlier.State == AuthorizationRequestState.Answered && earlier.DecidedAt >= answeredSince)))
        {
            return earlier;
        }

        Insert(write, request);
        return request;
    });

    /// <summary>Stores a request together with its outcome.</summary>
    public Task Record(AuthorizationRequest settled) => engine.Write(write => Insert(write, settled));

    /// <summary>Stores the outcome of an open request; the first one stands.</summary>
    /// <returns>Whether it was this one, and the request as it stands; null for one that was never stored.</returns>
    public Task<(bool First, AuthorizationRequest? Standing)> Settle(AuthorizationRequest settled) => engine.Write(write =>
    {
        var row = settled.ToRow();
        var requests = write.Tables.AuthorizationRequests.Where(each => each.TenantId == row.TenantId && each.Id == row.Id);
        var first = requests
            .Where(each => each.State == Opened)
            .Set(each => each.State, row.State)
            .Set(each => each.Status, row.Status)
            .Set(each => each.Expiry, row.Expiry)
            .Set(each => each.Parent, row.Parent)
            .Set(each => each.DecidedBy, row.DecidedBy)
            .Set(each => each.DecidedAt, row.DecidedAt)
            .Set(each => each.Detail, row.Detail)
            .Update() == 1;
        return (first, requests.FirstOrDefault() is { } standing ? AuthorizationRequest.Of(standing) : null);
    });

    /// <summary>Null also for one at a site which the scope leaves out.</summary>
    public Task<AuthorizationRequest?> Find(SiteScope scope, long id) => engine.Read(async tables =>
        await tables.AuthorizationRequests.FirstOrDefaultAsync(row => row.TenantId == scope.Tenant.Value && row.Id == id) is { } row && scope.Covers(row.SiteId)
            ? AuthorizationRequest.Of(row)
            : null);

    /// <summary>The newest decision on the tag at that charger, or null.</summary>
    public Task<AuthorizationRequest?> FindDecision(ChargerId charger, IdTag tag) => engine.Read(async tables =>
        await Latest(tables, charger, tag).Where(row => row.State != Opened).FirstOrDefaultAsync() is { } row
            ? AuthorizationRequest.Of(row)
            : null);

    /// <summary>Requests, newest first; <paramref name="before"/> is the last id seen.</summary>
    public Task<IReadOnlyList<AuthorizationRequest>> List(SiteScope scope, string? charger, long? before, int limit) =>
        Read(tables => RequestsOf(tables, scope, charger, before ?? long.MaxValue).Take(limit));

    /// <summary>Those that are open at that moment, newest first.</summary>
    public Task<IReadOnlyList<AuthorizationRequest>> ListOpen(
        SiteScope scope, string? charger, DateTimeOffset now, long? before, int limit) =>
        Read(tables => OpenOf(tables, scope, charger, before ?? long.MaxValue).Where(row => row.ExpiresAt > now).Take(limit));

    /// <summary>A fresh id, unique in the tenant, from blocks that this process reserved.</summary>
    public async ValueTask<long> NextId(TenantId tenant)
    {
        var reserved = _ids.GetOrAdd(tenant, key => new ReservedBlock<long>(
            IdStatements.BlockSize, () => engine.Write(write => IdStatements.Reserve(write, key, IdName, IdStatements.BlockSize))));
        var (first, offset) = await reserved.Next();
        return first + offset;
    }

    /// <summary>Newest first.</summary>
    internal static IQueryable<AuthorizationRequestRow> Latest(HistoryTables tables, ChargerId charger, IdTag tag)
    {
        var key = tag.Key;
        return tables.AuthorizationRequests
            .Where(row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name && row.TagKey == key)
            .OrderByDescending(row => row.Id);
    }

    /// <summary>Newest first.</summary>
    internal static IQueryable<AuthorizationRequestRow> RequestsOf(HistoryTables tables, SiteScope scope, string? charger, long before)
    {
        var requests = tables.AuthorizationRequests.Where(row => row.TenantId == scope.Tenant.Value && row.Id < before);
        requests = scope.Sites is { } sites ? requests.Where(row => sites.Contains(row.SiteId)) : requests;
        return (charger is null ? requests : requests.Where(row => row.ChargerId == charger)).OrderByDescending(row => row.Id);
    }

    /// <summary>Newest first; a constant in the query, so that the index of open requests serves it.</summary>
    internal static IQueryable<AuthorizationRequestRow> OpenOf(HistoryTables tables, SiteScope scope, string? charger, long before) =>
        RequestsOf(tables, scope, charger, before).Where(row => row.State == Opened);

    private static bool IsOpen(AuthorizationRequest request, DateTimeOffset now) =>
        request.State == AuthorizationRequestState.Open && request.ExpiresAt > now;

    private Task<IReadOnlyList<AuthorizationRequest>> Read(Func<HistoryTables, IQueryable<AuthorizationRequestRow>> query) =>
        engine.Read<IReadOnlyList<AuthorizationRequest>>(async tables => (await query(tables).ToListAsync()).ConvertAll(AuthorizationRequest.Of));

    private int Insert(HistoryWrite write, AuthorizationRequest request)
    {
        var tenant = request.Charger.Tenant.Value;
        if (write.Tables.AuthorizationRequests.Any(row => row.TenantId == tenant && row.Id == request.Id))
        {
            return 0; // By a commit whose answer was lost.
        }

        if (Interlocked.Increment(ref _inserted) % PruneEvery == 0)
        {
            var last = write.Tables.AuthorizationRequests
                .Where(row => row.TenantId == tenant)
                .OrderByDescending(row => row.Id)
                .Skip(MaxRequests)
                .Select(row => row.Id)
                .FirstOrDefault();
            write.Tables.AuthorizationRequests.Delete(row => row.TenantId == tenant && row.Id <= last);
        }

        return write.Tables.Insert(request.ToRow());
    }
}
