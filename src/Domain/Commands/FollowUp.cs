namespace EvCharge.Domain.Commands;

/// <summary>What a charger reports on its own about a command that it took: how an upload, an update or a trigger went.</summary>
/// <param name="MessageId">uniqueId of the charger's message. With the status it tells a repeat: some chargers count their ids anew after a boot.</param>
/// <param name="At">When it was received.</param>
/// <param name="Action">The message it came in.</param>
/// <param name="Status">The state it reports; empty for a message that was only asked for.</param>
/// <param name="Payload">The message as it came, JSON.</param>
public sealed record FollowUp(string MessageId, DateTimeOffset At, string Action, string Status, string Payload);
