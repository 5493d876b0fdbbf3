using EvCharge.Domain.Commands;
using EvCharge.Domain.Identity;
using EvCharge.History.Tables;

namespace EvCharge.History.Commands;

/// <summary>Between a command and its row.</summary>
internal static class CommandRows
{
    public static CommandRow ToRow(this CommandRecord command) => new()
    {
        TenantId = command.Charger.Tenant.Value,
        Id = command.Id,
        ChargerId = command.Charger.Name,
        Action = command.Action,
        Payload = command.Payload.ToArray(),
        RequestedBy = command.RequestedBy,
        IdempotencyKey = command.IdempotencyKey,
        RequestedAt = command.RequestedAt,
        ExpiresAt = command.ExpiresAt,
        Status = (int)command.Status,
        MessageId = command.MessageId,
        SentAt = command.SentAt,
        EndedAt = command.EndedAt,
        Result = command.Result.ToArray(),
        ErrorCode = command.ErrorCode,
        ErrorDescription = command.ErrorDescription,
        Late = command.Late,
    };

    public static CommandRecord ToRecord(this CommandRow row) => new()
    {
        Id = row.Id,
        Charger = new ChargerId(new TenantId(row.TenantId), row.ChargerId),
        Action = row.Action,
        Payload = row.Payload,
        RequestedBy = row.RequestedBy,
        IdempotencyKey = row.IdempotencyKey,
        RequestedAt = row.RequestedAt,
        ExpiresAt = row.ExpiresAt,
        Status = (CommandStatus)row.Status,
        MessageId = row.MessageId,
        SentAt = row.SentAt,
        EndedAt = row.EndedAt,
        Result = row.Result,
        ErrorCode = row.ErrorCode,
        ErrorDescription = row.ErrorDescription,
        Late = row.Late,
    };
}
