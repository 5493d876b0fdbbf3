using EvCharge.Domain.DesiredState;
using EvCharge.Domain.Identity;
using EvCharge.History.Engines;
using EvCharge.History.Tables;
using EvCharge.Storage;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.DesiredState;

/// <summary>
/// What chargers should be set to, written by operators, and what they say they are, written by their grains. A charger's
/// password is not kept here.
/// </summary>
public sealed class DesiredStateStore(HistoryEngine engine)
{
    /// <summary>Keys kept for one charger: one that invents keys must not fill the disk.</summary>
    public const int MostKeys = 500;

    private const string Secret = "AUTHORIZATIONKEY";

    public static bool IsSecret(string key) => KeyId(key) == Secret;

    /// <summary>The keys of a charger by name.</summary>
    public Task<IReadOnlyList<ConfigurationKey>> Keys(ChargerId charger) => engine.Read<IReadOnlyList<ConfigurationKey>>(
        async tables => (await KeysOf(tables, charger).OrderBy(row => row.KeyId).ToListAsync()).ConvertAll(Read));

    /// <summary>Those of the named keys that are on record.</summary>
    public Task<IReadOnlyList<ConfigurationKey>> Keys(ChargerId charger, IReadOnlyList<string> names)
    {
        var ids = names.Select(KeyId).ToArray();
        return engine.Read<IReadOnlyList<ConfigurationKey>>(async tables =>
            (await KeysOf(tables, charger).Where(row => ids.Contains(row.KeyId)).ToListAsync()).ConvertAll(Read));
    }

    /// <summary>The connectors whose availability somebody decided, by number.</summary>
    public Task<IReadOnlyList<Availability>> Availabilities(ChargerId charger) => engine.Read<IReadOnlyList<Availability>>(
        async tables => (await AvailabilitiesOf(tables, charger).OrderBy(row => row.Connector).ToListAsync())
            .ConvertAll(row => new Availability(row.Connector, row.Operative, row.Outcome)));

    /// <summary>Says what a key should be; null when nobody cares any more. False when the charger has too many keys.</summary>
    public Task<bool> Desire(ChargerId charger, string key, string? value) => engine.Write(write =>
    {
        var rows = KeysOf(write.Tables, charger).ToDictionary(row => row.KeyId, StringComparer.Ordinal);
        if (!rows.TryGetValue(KeyId(key), out var known))
        {
            if (value is null || rows.Count >= MostKeys)
            {
                return value is null;
            }

            write.Tables.Insert(NewRow(charger, key) with { Desired = value });
            return true;
        }

        write.Tables.Update(known with { Desired = value, Outcome = null });
        return true;
    });

    public Task Desire(ChargerId charger, Availability availability) => engine.Write(write =>
        write.Tables.InsertOrReplace(new AvailabilityRow
        {
            TenantId = charger.Tenant.Value,
            ChargerId = charger.Name,
            Connector = availability.Connector,
            Operative = availability.Operative,
            Outcome = availability.Outcome,
        }));

    /// <summary>Keeps how the charger answered, as long as the same is still desired.</summary>
    public Task RecordOutcome(ChargerId charger, Availability answer) => engine.Write(write =>
        AvailabilitiesOf(write.Tables, charger)
            .Where(row => row.Connector == answer.Connector && row.Operative == answer.Operative)
            .Set(row => row.Outcome, answer.Outcome)
            .Update());

    /// <summary>Nobody cares any more whether the connector offers charging.</summary>
    public Task Release(ChargerId charger, int connector) => engine.Write(write =>
        AvailabilitiesOf(write.Tables, charger).Where(row => row.Connector == connector).Delete());

    /// <summary>Keeps what the charger said of its keys.</summary>
    public Task Record(ChargerId charger, KeyReport report, DateTimeOffset at) => engine.Write(
        write =>
        {
            var rows = KeysOf(write.Tables, charger).ToDictionary(row => row.KeyId, StringComparer.Ordinal);
            foreach (var key in report.Known.Where(key => !IsSecret(key.Name)))
            {
                Put(write.Tables, rows, charger, key.Name, row => row with
                {
                    Name = key.Name, Actual = key.Value, Readonly = key.Readonly, Unknown = false, ReadAt = at,
                });
            }

            foreach (var name in report.Unknown.Where(name => !IsSecret(name)))
            {
                Put(write.Tables, rows, charger, name, row => row with { Actual = null, Unknown = true, ReadAt = at });
            }

            return rows.Count;
        },
        rows: 1 + report.Known.Count + report.Unknown.Count,
        bytes: 256 * (1 + report.Known.Count + report.Unknown.Count));

    /// <summary>Keeps how the charger answered a change; a value that it took is its value from then on.</summary>
    public Task Record(ChargerId charger, KeyChange change, DateTimeOffset at) => engine.Write(write =>
    {
        if (IsSecret(change.Name))
        {
            return 0;
        }

        var rows = KeysOf(write.Tables, charger).ToDictionary(row => row.KeyId, StringComparer.Ordinal);
        Put(write.Tables, rows, charger, change.Name, row => change.Taken
            ? row with { Outcome = change.Outcome, Actual = change.Value, Unknown = false, ReadAt = at }
            : row with { Outcome = change.Outcome });
        return 1;
    });

    /// <summary>Forgets a charger that was deleted.</summary>
    internal static void Forget(HistoryTables tables, ChargerId charger)
    {
        KeysOf(tables, charger).Delete();
        AvailabilitiesOf(tables, charger).Delete();
    }

    private static void Put(
        HistoryTables tables, Dictionary<string, ChargerKeyRow> rows, ChargerId charger, string name, Func<ChargerKeyRow, ChargerKeyRow> change)
    {
        var id = KeyId(name);
        if (rows.TryGetValue(id, out var known))
        {
            tables.Update(rows[id] = change(known));
        }
        else if (rows.Count < MostKeys)
        {
            tables.Insert(rows[id] = change(NewRow(charger, name)));
        }
    }

    private static IQueryable<ChargerKeyRow> KeysOf(HistoryTables tables, ChargerId charger) =>
        tables.ChargerKeys.Where(row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name);

    private static IQueryable<AvailabilityRow> AvailabilitiesOf(HistoryTables tables, ChargerId charger) =>
        tables.Availabilities.Where(row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name);

    private static ChargerKeyRow NewRow(ChargerId charger, string name) => new()
    {
        TenantId = charger.Tenant.Value,
        ChargerId = charger.Name,
        KeyId = KeyId(name),
        Name = name,
    };

    private static string KeyId(string name) => StorableValue.Key(name.ToUpperInvariant());

    private static ConfigurationKey Read(ChargerKeyRow row) =>
        new(row.Name, row.Desired, row.Actual, row.Readonly, row.Unknown, row.Outcome, row.ReadAt);
}
