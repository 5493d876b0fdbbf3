using EvCharge.Domain.Identity;

namespace EvCharge.History.Commands;

/// <summary>The record of commands to chargers, written by the charger grains.</summary>
public sealed class CommandLog
{
    /// <summary>Stores a new command. With an idempotency key used within 24 h the earlier command is handed back.</summary>
    public Task<CommandRecord> Insert(CommandRecord command) => throw new NotSupportedException();

    /// <summary>Stores how far the command has come.</summary>
    public Task Update(CommandRecord command) => throw new NotSupportedException();

    /// <summary>The commands of a charger that are pending or sent, oldest first.</summary>
    public Task<IReadOnlyList<CommandRecord>> FindOpen(ChargerId charger) => throw new NotSupportedException();

    public ValueTask<long> NextId(TenantId tenant) => throw new NotSupportedException();
}
