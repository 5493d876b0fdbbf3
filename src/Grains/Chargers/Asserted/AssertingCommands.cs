using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Commands;
using EvCharge.History.Commands;

namespace EvCharge.Grains.Chargers.Asserted;

/// <summary>Commands that nobody but the system asks for, one at a time, so that an operator's come between them.</summary>
internal sealed class AssertingCommands(CommandQueue commands)
{
    public const string Requester = "system";
    private long _awaited;

    /// <summary>The command has just ended, and who sent it goes on with its answer.</summary>
    public bool Awaits(CommandRecord command) => command.Id == _awaited;

    /// <summary>The command when the charger answered it; null when it did not, or said that it cannot.</summary>
    public async Task<CommandRecord?> Execute((string Action, byte[] Payload) call) =>
        await Run(call) is { Status: CommandStatus.Answered } answered ? answered : null;

    /// <summary>The command when it has ended, however it did; null when too many wait for the charger.</summary>
    public async Task<CommandRecord?> Run((string Action, byte[] Payload) call)
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

        _awaited = id;
        await command.Ended;
        _awaited = 0;
        return command.Record;
    }
}
