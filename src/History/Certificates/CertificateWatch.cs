using EvCharge.Domain.Identity;
using EvCharge.History.Chargers;
using EvCharge.History.Engines;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EvCharge.History.Certificates;

/// <summary>
/// Tells, once each, of certificates that end within 30 days and that no later one replaces: their chargers would be locked out.
/// Every process looks; a certificate is told of by the one that marks it.
/// </summary>
public sealed partial class CertificateWatch(HistoryEngine engine, ChargerLog events, TimeProvider time, ILogger<CertificateWatch> logger)
    : BackgroundService
{
    private const int Most = 500;
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(30);

    /// <summary>Looks once.</summary>
    public async Task Look()
    {
        var (begin, end) = (time.GetUtcNow() - Ahead, time.GetUtcNow() + Ahead);
        var due = await engine.Read(tables => tables.ChargerCertificates
            .Where(row => row.RevokedAt == null && row.WarnedAt == null && row.NotAfter > begin && row.NotAfter < end)
            .Where(row => !tables.ChargerCertificates.Any(other =>
                other.TenantId == row.TenantId && other.ChargerId == row.ChargerId && other.RevokedAt == null && other.NotAfter > row.NotAfter))
            .OrderBy(row => row.NotAfter)
            .Take(Most)
            .ToListAsync());
        foreach (var row in due)
        {
            if (await Mark(row))
            {
                var detail = $"The certificate {row.Fingerprint} ends at {row.NotAfter:yyyy-MM-dd HH:mm} UTC, and no other follows.";
                await events.RecordEvent(new TenantId(row.TenantId), new EventRecord(time.GetUtcNow(), "certificate-expiring", row.ChargerId, detail));
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
            {
                await LookIfPossible();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task LookIfPossible()
    {
        try
        {
            await Look();
        }
        catch (HistoryUnavailableException unavailable)
        {
            LogLater(logger, unavailable.Message);
        }
    }

    /// <returns>True when this process is the one to tell.</returns>
    private Task<bool> Mark(ChargerCertificateRow row) => engine.Write(write =>
    {
        write.Alone(new TenantId(row.TenantId), "configuration");
        return write.Tables.ChargerCertificates
            .Where(same => same.TenantId == row.TenantId && same.ChargerId == row.ChargerId && same.Fingerprint == row.Fingerprint && same.WarnedAt == null)
            .Set(same => same.WarnedAt, time.GetUtcNow())
            .Update() == 1;
    });

    [LoggerMessage(Level = LogLevel.Warning, Message = "Certificates that end are looked for later: {Reason}")]
    private static partial void LogLater(ILogger logger, string reason);
}
