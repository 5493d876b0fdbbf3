using System.Text.Json;
using EvCharge.History.Proxy;

namespace EvCharge.Grains.Proxy;

/// <summary>Messages as other systems get them: as the charger sent them, but for numbers that are not theirs.</summary>
internal static class RelayedMessage
{
    private const string TransactionId = "transactionId";
    private const string ReservationId = "reservationId";

    private static readonly JsonDocumentOptions AsSent = new() { AllowTrailingCommas = true };

    /// <summary>The payload with the number by which the system knows the transaction; without one, when it belongs to none.</summary>
    public static byte[] PayloadFor(QueuedMessage message, int? upstreamId)
    {
        using var document = JsonDocument.Parse(message.Payload, AsSent);
        return Json.Write(writer =>
        {
            foreach (var member in document.RootElement.EnumerateObject())
            {
                // A reservation of ours is none of theirs.
                if (!member.NameEquals(TransactionId) && !member.NameEquals(ReservationId))
                {
                    member.WriteTo(writer);
                }
            }

            if (upstreamId is { } number)
            {
                writer.WriteNumber(TransactionId, number);
            }
        });
    }
}
