using System.Text;
using EvCharge.Gateway.Api;
using EvCharge.History.Tenants;

namespace EvCharge.Gateway.Tenants;

/// <summary>Takes the secrets out of payloads that an export carries; secrets with a column of their own never leave the database.</summary>
internal static class TenantSecrets
{
    private const string Commands = "command";
    private const string Batches = "command_batch";
    private const string Action = "action";
    private const string Payload = "payload";

    public static TenantRecord Masked(TenantRecord record)
    {
        if (record.Table is not (Commands or Batches)
            || !record.Row.TryGetValue(Action, out var action) || !record.Row.TryGetValue(Payload, out var payload))
        {
            return record;
        }

        var shown = SecretPayload.Masked((string)action!, Encoding.UTF8.GetBytes((string?)payload ?? ""));
        return record with { Row = new Dictionary<string, object?>(record.Row) { [Payload] = shown } };
    }
}
