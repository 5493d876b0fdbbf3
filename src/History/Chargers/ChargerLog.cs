using EvCharge.Domain.Identity;
using EvCharge.History.Alarms;
using EvCharge.History.Engines;
using EvCharge.History.Tables;
using EvCharge.Storage;

namespace EvCharge.History.Chargers;

/// <summary>
/// The record of what chargers are and how they behave, written by their grains. Of two facts of a kind the one with the
/// later moment of receipt stands, in whatever order they are written.
/// </summary>
public sealed class ChargerLog(HistoryEngine engine)
{
    /// <summary>Rows of warnings kept for one charger: what it can invent as field names must not fill the disk.</summary>
    public const int MaxWarnings = 500;

    /// <summary>Operator events kept for a tenant, the newest: strangers can cause as many as they like.</summary>
    public const int MaxEvents = 100_000;

    /// <summary>Chargers that one question for the neglected ones names at most; the rest is named by the next.</summary>
    public const int MostNeglected = 500;

    private const int MaxExample = 200;
    private const int PruneEvery = 256;
    private int _events;

    /// <summary>Stores whether the charger is connected. One row a charger; lists read it. Version and address stay when null.</summary>
    public Task RecordConnection(ChargerId charger, bool online, DateTimeOffset at, string? ocppVersion, string? remoteAddress) =>
        engine.Write(write => write.Post(
            ChargerStatements.UpsertConnection,
            ("@tenant", charger.Tenant.Value),
            ("@charger", charger.Name),
            ("@online", online),
            ("@at", write.Time(at)),
            ("@ocpp_version", ocppVersion),
            ("@remote_address", remoteAddress)));

    /// <summary>What was recorded last of the charger's connection; null when nothing was.</summary>
    public Task<ConnectionRecord?> FindConnection(ChargerId charger) => engine.Read(async tables =>
    {
        var rows = await tables.Ask<ChargerStateRow>(
            ChargerStatements.ConnectionOf, ("tenant", charger.Tenant.Value), ("charger", charger.Name));
        return rows is [{ ConnectionAt: { } at } row, ..] ? new ConnectionRecord(row.Online, at, row.OcppVersion, row.RemoteAddress) : null;
    });

    /// <summary>
    /// Chargers of the site whose grain should look after itself: on record as connected but not heard since
    /// <paramref name="silentSince"/>, or with an open command that had expired before <paramref name="expiredBefore"/>.
    /// </summary>
    public Task<IReadOnlyList<ChargerId>> FindNeglected(SiteId site, DateTimeOffset silentSince, DateTimeOffset expiredBefore) =>
        engine.Read<IReadOnlyList<ChargerId>>(async tables =>
        {
            var chargers = await tables.Ask<string>(
                site.IsNone ? ChargerStatements.NeglectedOfNoSite : ChargerStatements.NeglectedOfSite,
                ("tenant", site.Tenant.Value),
                ("site", site.Name),
                ("online", true),
                ("silent_since", engine.Time(silentSince)),
                ("expired_before", engine.Time(expiredBefore)),
                ("most", MostNeglected));
            return chargers.ConvertAll(charger => new ChargerId(site.Tenant, charger));
        });

    /// <summary>Chargers of the site that are on record as connected.</summary>
    public Task<IReadOnlyList<ChargerId>> FindOnline(SiteId site) => engine.Read<IReadOnlyList<ChargerId>>(async tables =>
    {
        var chargers = await tables.Ask<string>(
            ChargerStatements.OnlineOfSite, ("tenant", site.Tenant.Value), ("site", site.Name), ("online", true));
        return chargers.ConvertAll(charger => new ChargerId(site.Tenant, charger));
    });

    /// <summary>
    /// Marks the chargers of all tenants as not connected: right only for the sole process on a database, before it takes
    /// connections, when the one before it was killed.
    /// </summary>
    public Task RecordAllOffline(DateTimeOffset at) =>
        engine.Write(write => write.Execute(ChargerStatements.EveryoneOffline, ("@online", false), ("@at", write.Time(at))));

    /// <summary>Stores what the charger said of itself at boot.</summary>
    public Task RecordBoot(ChargerId charger, BootRecord boot) =>
        engine.Write(write => write.Post(
            ChargerStatements.UpsertBoot,
            ("@tenant", charger.Tenant.Value),
            ("@charger", charger.Name),
            ("@online", false),
            ("@at", write.Time(boot.At)),
            ("@vendor", boot.Vendor),
            ("@model", boot.Model),
            ("@serial_number", boot.SerialNumber),
            ("@firmware", boot.Firmware),
            ("@iccid", boot.Iccid),
            ("@imsi", boot.Imsi),
            ("@meter_type", boot.MeterType),
            ("@meter_serial_number", boot.MeterSerialNumber)));

    /// <summary>What the charger said of itself at its last boot; null before its first.</summary>
    public Task<BootRecord?> FindBoot(ChargerId charger) => engine.Read<BootRecord?>(async tables =>
    {
        var rows = await tables.Ask<ChargerStateRow>(
            ChargerStatements.ConnectionOf, ("tenant", charger.Tenant.Value), ("charger", charger.Name));
        return rows is [{ BootAt: { } at } row, ..]
            ? new BootRecord(
                row.Vendor ?? "", row.Model ?? "", row.SerialNumber, row.Firmware, row.Iccid, row.Imsi, row.MeterType, row.MeterSerialNumber, at)
            : null;
    });

    /// <summary>Stores when the charger was last heard, for many chargers at once.</summary>
    public Task RecordSeen(IReadOnlyCollection<(ChargerId Charger, DateTimeOffset At)> seen) =>
        engine.Write(write =>
        {
            foreach (var (charger, at) in seen)
            {
                write.Post(
                    ChargerStatements.UpsertSeen,
                    ("@tenant", charger.Tenant.Value),
                    ("@charger", charger.Name),
                    ("@online", false),
                    ("@at", write.Time(at)));
            }
        });

    /// <summary>
    /// Counts a deviation from the standard: one row a charger, operation, rule and field, with the latest example. Beyond
    /// <see cref="MaxWarnings"/> rows of a charger new kinds are left out.
    /// </summary>
    public Task RecordWarning(ChargerId charger, ConformanceWarning warning)
    {
        var example = warning.Example.Length <= MaxExample ? warning.Example : warning.Example[..MaxExample];
        return engine.Write(write => Count(write, charger, warning with { Example = example }));
    }

    /// <summary>Stores an operator event, and raises the alarm that goes with it.</summary>
    public Task RecordEvent(TenantId tenant, EventRecord entry)
    {
        var prune = Interlocked.Increment(ref _events) % PruneEvery == 0;
        return engine.Write(
            write =>
            {
                write.Post(
                    ChargerStatements.InsertEvent,
                    ("@tenant", tenant.Value),
                    ("@at", write.Time(entry.At)),
                    ("@kind", entry.Kind),
                    ("@charger", entry.Charger),
                    ("@detail", entry.Detail));
                AlarmRaising.Raise(write, tenant, entry);
                if (prune)
                {
                    write.Post(ChargerStatements.PruneEvents, ("@tenant", tenant.Value), ("@most", MaxEvents));
                }
            },
            bytes: 256 + entry.Detail.Length * sizeof(char));
    }

    private static int Count(HistoryWrite write, ChargerId charger, ConformanceWarning warning)
    {
        ReadOnlySpan<(string, object?)> values =
        [
            ("@tenant", charger.Tenant.Value),
            ("@charger", charger.Name),
            ("@action", StorableValue.Key(warning.Action)),
            ("@rule", warning.Rule),
            ("@field", StorableValue.Key(warning.Field)),
            ("@example", warning.Example),
            ("@at", write.Time(warning.At)),
            ("@count", warning.Count),
        ];
        var counted = write.Execute(ChargerStatements.CountWarning, values);
        return counted > 0
            ? counted
            : write.Execute(ChargerStatements.InsertWarning, [.. values, ("@most", MaxWarnings)]);
    }
}
