using EvCharge.ChargerSimulator.Ledgers;
using EvCharge.Ocpp;

namespace EvCharge.ChargerSimulator.Sessions;

/// <summary>A start, sample or stop that waits in the outbox until the CSMS has answered it.</summary>
/// <param name="payload">Makes the payload from the transaction id, which is 0 in a start.</param>
/// <param name="answered">Takes the CALLRESULT's payload.</param>
internal sealed class TransactionMessage(
    string action,
    LedgerEntry entry,
    TransactionTicket ticket,
    Func<int, byte[]> payload,
    Action<ReadOnlyMemory<byte>> answered)
{
    private byte[]? _payload;

    public LedgerEntry Entry { get; } = entry;

    public TransactionTicket Ticket { get; } = ticket;

    /// <summary>Line in the ledger, or null without one.</summary>
    public int? Line { get; init; }

    public string? MessageId { get; private set; }

    /// <summary>The frame for the next attempt. A repeat has the same payload and, unless wished otherwise, the same id.</summary>
    public byte[] Frame(bool newId)
    {
        _payload ??= payload(Ticket.TransactionId ?? 0);
        if (MessageId is null || newId)
            MessageId = Guid.NewGuid().ToString();
        return FrameWriter.Call(MessageId, action, _payload);
    }

    public void TakeAnswer(ReadOnlyMemory<byte> answer) => answered(answer);
}
