using System.Diagnostics.CodeAnalysis;
using EvCharge.Domain.Identity;
using EvCharge.Domain.LocalLists;
using EvCharge.History.Audit;
using EvCharge.History.Engines;
using EvCharge.History.Tables;
using LinqToDB;

namespace EvCharge.History.Configuration;

/// <summary>
/// The configuration tables. Writes are one transaction each and raise the row version; reads see the last commit. A put
/// creates or replaces: with an expected version it conflicts unless the row stands at it, with <see cref="Absent"/> unless
/// there is none, with null the last one wins.
/// </summary>
public sealed partial class ConfigurationStore(HistoryEngine engine, TimeProvider time)
{
    /// <summary>The version to expect of what is to be created only.</summary>
    public const long Absent = 0;

    /// <summary>Stands between names that share a column.</summary>
    private const char BetweenNames = ' ';

    /// <summary>The settings of a tenant; the defaults, at version 0, until they are put.</summary>
    public Task<Versioned<TenantSettings>> Settings(TenantId tenant) => engine.Read(async tables =>
    {
        var rows = await tables.Ask<TenantSettingRow>(ConfigurationQueries.Settings, ("tenant", tenant.Value));
        return rows is not [var row]
            ? new Versioned<TenantSettings>(TenantSettings.Defaults, 0)
            : new Versioned<TenantSettings>(
                new TenantSettings(row.UnknownChargers, row.Strict, row.MissingSubprotocol, row.ConcurrentTransactions)
                {
                    FrameLog = row.FrameLog,
                    LocalList = row.LocalList ?? LocalListMode.Off,
                },
                row.RowVersion);
    });

    /// <summary>Replaces the settings; not found without the tenant.</summary>
    public Task<WriteResult> PutSettings(TenantId tenant, TenantSettings settings, long? expected) => Change(tenant, "settings", SettingsOf(tenant), write =>
    {
        if (!write.Tables.Tenants.Any(row => row.TenantId == tenant.Value))
        {
            return WriteResult.NotFound;
        }

        var current = write.Tables.Settings
            .Where(row => row.TenantId == tenant.Value)
            .Select(row => (long?)row.RowVersion)
            .FirstOrDefault();
        TenantSettingRow Row(long version) => new()
        {
            TenantId = tenant.Value,
            UnknownChargers = settings.UnknownChargers,
            Strict = settings.Strict,
            MissingSubprotocol = settings.MissingSubprotocol,
            FrameLog = settings.FrameLog,
            LocalList = settings.LocalList,
            ConcurrentTransactions = settings.ConcurrentTransactions,
            RowVersion = version,
        };
        var result = write.Put(
            tenant,
            current,
            expected,
            version => write.Tables.Insert(Row(version)),
            version => write.Tables.Update(Row(version)));
        return result.Outcome == WriteOutcome.Created ? result with { Outcome = WriteOutcome.Replaced } : result;
    });

    [return: NotNullIfNotNull(nameof(names))]
    private static string? TextOf(IReadOnlyList<string>? names) => names is null ? null : string.Join(BetweenNames, names);

    [return: NotNullIfNotNull(nameof(names))]
    private static string[]? NamesOf(string? names) => names?.Split(BetweenNames, StringSplitOptions.RemoveEmptyEntries);

    private static AuditSubject SettingsOf(TenantId tenant) => AuditSubject.Of<TenantSettingRow>(row => row.TenantId == tenant.Value);

    /// <summary>
    /// A write that looks up what it depends on. One lock for all that a tenant configures: it is written seldom, and its
    /// parts name each other. The audit log tells of it in the same transaction.
    /// </summary>
    /// <param name="subject">What is changed.</param>
    /// <param name="target">Its path, as the audit log names it.</param>
    /// <param name="log">Whose audit log tells of it.</param>
    private Task<WriteResult> Change(
        TenantId tenant, string target, AuditSubject subject, Func<HistoryWrite, WriteResult> work, TenantId? log = null) =>
        Change(tenant, new Step(target, subject, work), log);

    private Task<WriteResult> Change(TenantId tenant, Step step, TenantId? log = null)
    {
        var (scope, at) = (AuditScope.Current, time.GetUtcNow());
        return engine.Write(write =>
        {
            write.Alone(tenant, "configuration");
            return Take(step, write, log ?? tenant, at, scope);
        });
    }

    private static WriteResult Take(Step step, HistoryWrite write, TenantId log, DateTimeOffset at, AuditScope? scope)
    {
        var before = step.Subject.Read(write.Tables);
        var result = step.Work(write);
        if (result.Outcome is WriteOutcome.Created or WriteOutcome.Replaced or WriteOutcome.Deleted)
        {
            AuditLog.Append(write, log, at, scope, step.Target, before, step.Subject.Read(write.Tables));
            scope?.IsRecorded = true;
        }

        return result;
    }

    /// <summary>A write to one thing.</summary>
    /// <param name="Target">Its path, as the audit log names it.</param>
    /// <param name="Subject">What is changed.</param>
    private sealed record Step(string Target, AuditSubject Subject, Func<HistoryWrite, WriteResult> Work);
}
