using EvCharge.Domain.Identity;
using EvCharge.Domain.LocalLists;
using EvCharge.History.Commands;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16.Core;
using EvCharge.Ocpp.V16.LocalAuthListManagement;

namespace EvCharge.Grains.Chargers.V16;

/// <summary>Local lists and the authorization cache in OCPP 1.6 (§3.4, §5.4, §5.10, §5.15, §9.2).</summary>
internal sealed class ListDialect : IListDialect
{
    public string RoomKey => "LocalAuthListMaxLength";

    public string PerMessageKey => "SendLocalListMaxLength";

    public string ListEnabledKey => "LocalAuthListEnabled";

    public string CacheEnabledKey => "AuthorizationCacheEnabled";

    public (string Action, byte[] Payload) ReadVersion() => ("GetLocalListVersion", Payload.Write(new GetLocalListVersionRequest()));

    public (string Action, byte[] Payload) Send(int version, LocalListUpdate update) => ("SendLocalList", Payload.Write(new SendLocalListRequest(
        version,
        update.Full ? UpdateType.Full : UpdateType.Differential,
        [.. update.Removed.Select(tag => new AuthorizationData(tag.Value)), .. update.Put.Select(ToWire)])));

    public (string Action, byte[] Payload) ClearCache() => ("ClearCache", Payload.Write(new ClearCacheRequest()));

    public int? VersionIn(CommandRecord answered) => answered.Action != "GetLocalListVersion"
        ? null
        : Payload.Read<GetLocalListVersionResponse>(answered.Result, new DeviationList()).ListVersion;

    public (int Version, LocalListUpdate Update, string Outcome)? UpdateIn(CommandRecord answered)
    {
        if (answered.Action != "SendLocalList")
        {
            return null;
        }

        var request = Payload.ReadStrict<SendLocalListRequest>(answered.Payload);
        var entries = (request.LocalAuthorizationList ?? []).GroupBy(entry => new IdTag(entry.IdTag)).Select(same => same.Last()).ToList();
        var update = new LocalListUpdate(
            request.UpdateType == UpdateType.Full,
            [.. entries.Where(entry => entry.IdTagInfo is not null).Select(FromWire)],
            [.. entries.Where(entry => entry.IdTagInfo is null && request.UpdateType != UpdateType.Full).Select(entry => new IdTag(entry.IdTag))]);
        return (request.ListVersion, update, Payload.Read<SendLocalListResponse>(answered.Result, new DeviationList()).Status);
    }

    public string? ClearedIn(CommandRecord answered) => answered.Action != "ClearCache"
        ? null
        : Payload.Read<ClearCacheResponse>(answered.Result, new DeviationList()).Status;

    public bool IsUnsupported(CommandRecord ended) => Errors.AreUnsupported(ended);

    private static AuthorizationData ToWire(LocalListEntry entry) => new(
        entry.Tag.Value,
        new IdTagInfo(entry.Status, entry.Expiry is { } expiry ? OcppTimestamp.At(expiry) : null, entry.Parent));

    private static LocalListEntry FromWire(AuthorizationData data) =>
        new(new IdTag(data.IdTag), data.IdTagInfo!.Status, data.IdTagInfo.ExpiryDate?.Value, data.IdTagInfo.ParentIdTag);
}
