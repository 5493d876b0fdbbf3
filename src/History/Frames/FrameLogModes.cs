using EvCharge.Domain.Identity;
using EvCharge.History.Engines;
using LinqToDB.Async;

namespace EvCharge.History.Frames;

/// <summary>Which chargers and tenants have a setting of their own, and how many chargers there are.</summary>
public sealed record FrameLogSettings(
    IReadOnlyDictionary<string, string> Tenants, IReadOnlyDictionary<ChargerId, string> Chargers, int ChargerCount);

/// <summary>The settings of frame logs, of all tenants at once: a gateway serves the chargers of each.</summary>
public sealed class FrameLogModes(HistoryEngine engine)
{
    public const string Off = "off";
    public const string Memory = "memory";
    public const string Full = "full";

    public static readonly IReadOnlyList<string> All = [Off, Memory, Full];

    public Task<FrameLogSettings> Read() => engine.Read(async tables =>
    {
        var tenants = await tables.Settings.Where(row => row.FrameLog != null)
            .Select(row => new { row.TenantId, row.FrameLog }).ToListAsync();
        var chargers = await tables.Chargers.Where(row => row.FrameLog != null)
            .Select(row => new { row.TenantId, row.ChargerId, row.FrameLog }).ToListAsync();
        return new FrameLogSettings(
            tenants.ToDictionary(row => row.TenantId, row => row.FrameLog!, StringComparer.Ordinal),
            chargers.ToDictionary(row => new ChargerId(new TenantId(row.TenantId), row.ChargerId), row => row.FrameLog!),
            await tables.Chargers.CountAsync());
    });
}
