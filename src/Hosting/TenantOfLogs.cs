using EvCharge.Domain.Identity;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace EvCharge.Hosting;

/// <summary>An event that names a charger, a connector or a site is one of its tenant: says so in a field of its own.</summary>
internal sealed class TenantOfLogs : BaseProcessor<LogRecord>
{
    public const string Field = "tenant";

    public override void OnEnd(LogRecord data)
    {
        if (Of(data.Attributes) is { } tenant)
        {
            data.Attributes = [.. data.Attributes!, new KeyValuePair<string, object?>(Field, tenant)];
        }
    }

    /// <param name="values">What stands in the message, by its names there.</param>
    /// <returns>Null when it names none.</returns>
    public static string? Of(IEnumerable<KeyValuePair<string, object?>>? values)
    {
        foreach (var (_, value) in values ?? [])
        {
            TenantId? tenant = value switch
            {
                TenantId named => named,
                SiteId site => site.Tenant,
                ChargerId charger => charger.Tenant,
                ConnectorId connector => connector.Charger.Tenant,
                _ => null,
            };
            if (tenant is not null)
            {
                return tenant.Value.Value;
            }
        }

        return null;
    }
}
