using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Commands;
using EvCharge.History.Commands;

namespace EvCharge.Grains.Chargers.Asserted;

/// <summary>Commands that nobody but the system asks for, one at a time, so that an operator's come between them.</summary>
internal sealed class AssertingCommands(CommandQueue commands)
{
    public const string Requester = "system";

    /// <summary>The command when the charger answered it; null when it did not, or said that it cannot.</summary>
    public async Task<CommandRecord?> Execute((string Action, byte[] Payload) call)
    {
        if (commands.IsFull)
        {
            return null;
        }

        var id = await commands.Submit(new ChargerCall(call.Action, call.Payload, Requester));
        if (commands.Find(id) is not { } command)
        {
            return null;
        }

        await command.Ended;
        return command.Record.Status == CommandStatus.Answered ? command.Record : null;
    }
}
