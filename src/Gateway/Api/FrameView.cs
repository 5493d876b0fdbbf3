using System.Text;
using EvCharge.Domain.Frames;

namespace EvCharge.Gateway.Api;

/// <summary>An entry of a frame log.</summary>
/// <param name="Connection">Number of the connection; the higher one is the later.</param>
/// <param name="Number">Counts the entries of a connection from 1; a number that is missing was dropped.</param>
/// <param name="At">UTC, by the gateway's clock.</param>
/// <param name="Direction">in or out, seen from the system.</param>
/// <param name="Kind">opened, closed, call, callResult, callError or unreadable.</param>
/// <param name="MessageId">The uniqueId; empty when it has none.</param>
/// <param name="Action">Operation of a call or of the call that is answered; of an opening the OCPP version.</param>
/// <param name="Text">Literally as received or sent; of an opening the charger's address, of an end its reason.</param>
/// <param name="Status">none, unanswered, answered, failed, unmatched or unsent.</param>
/// <param name="PairedWith">Number of the answer of a call, and of the call of an answer.</param>
/// <param name="LatencyMs">From a call to its answer.</param>
/// <param name="ProcessedAt">Of an answer to the charger: when the call was received by the part that keeps its facts.</param>
/// <param name="Masked">True when a secret was taken out of the text.</param>
/// <param name="Missed">Entries that were dropped just before this one.</param>
public sealed record FrameView(
    long Connection,
    int Number,
    DateTimeOffset At,
    string Direction,
    string Kind,
    string MessageId,
    string Action,
    string Text,
    string Status,
    int? PairedWith,
    int? LatencyMs,
    DateTimeOffset? ProcessedAt,
    bool Masked,
    int Missed)
{
    internal static FrameView Of(LoggedFrame frame) => new(
        frame.Connection,
        frame.Number,
        frame.At,
        Words.Of(frame.Direction),
        Words.Of(frame.Kind),
        frame.MessageId,
        frame.Action,
        Encoding.UTF8.GetString(frame.Text.Span),
        Words.Of(frame.Status),
        frame.PairedWith,
        frame.LatencyMs,
        frame.ProcessedAt,
        frame.Masked,
        frame.Missed);
}
