using EvCharge.Domain.Commands;
using EvCharge.History.Commands;

namespace EvCharge.Grains.Chargers;

/// <summary>How a charger's answer to what it was told is said in one word, also when it answered with an error.</summary>
internal interface IOutcomeWords
{
    /// <summary>It answered with an error, and knows the operation.</summary>
    private const string Failed = "Failed";

    private const string NotSupported = "NotSupported";

    /// <summary>The charger answered with an error that means that it does not know the operation at all.</summary>
    bool IsUnsupported(CommandRecord ended);

    /// <summary>The charger's word on what it was told, an error as one too; null when it gave none.</summary>
    /// <param name="word">That of a charger that answered.</param>
    string? OutcomeOf(CommandRecord? ended, Func<CommandRecord, string?> word) => ended switch
    {
        { Status: CommandStatus.Answered } => word(ended),
        { Status: CommandStatus.Error } => IsUnsupported(ended) ? NotSupported : Failed,
        _ => null,
    };
}
