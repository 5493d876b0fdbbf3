using EvCharge.Contracts.Chargers;
using EvCharge.History.Commands;

namespace EvCharge.Grains.Chargers;

/// <summary>What the queue needs to know of the charger's connection.</summary>
internal interface ICommandLine
{
    bool Attached { get; }

    /// <summary>True as soon as the connection may be given commands, false when that takes too long.</summary>
    Task<bool> Settled(TimeSpan patience);

    /// <returns>Null when the gateway did not say what became of it.</returns>
    ValueTask<DeliverResult?> Send(OcppFrame call);

    /// <summary>Turns an answer's payload into an error text, or null when it is a valid response of the action.</summary>
    string? Validate(string action, ReadOnlyMemory<byte> result);

    bool IsIdempotent(string action);

    /// <summary>The command is on its way: what it asks for may come from now on.</summary>
    void Sent(CommandRecord command);

    /// <summary>The charger answered the command, perhaps late.</summary>
    void Answered(CommandRecord command);
}
