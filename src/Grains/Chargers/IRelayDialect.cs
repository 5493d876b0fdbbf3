using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Authorization;
using EvCharge.Domain.Sessions;
using EvCharge.History.Chargers;
using EvCharge.History.Proxy;

namespace EvCharge.Grains.Chargers;

/// <summary>What a version says to another system in the charger's name, and takes from it.</summary>
internal interface IRelayDialect
{
    /// <summary>What other systems are to hear of a call that was answered; null for nothing.</summary>
    ProxyMessage? MessageOf(OcppFrame call, OcppFrame result);

    /// <summary>The charger's boot.</summary>
    /// <param name="said">What it said of itself last; null for nothing.</param>
    (string Action, byte[] Payload) Boot(BootRecord? said);

    /// <summary>What a system says to a boot, and for how many seconds; null for what it does not say.</summary>
    (bool Accepted, int? Seconds) BootAnswer(ReadOnlyMemory<byte> answer);

    (string Action, byte[] Payload) Heartbeat();

    /// <summary>How a connector stands.</summary>
    (string Action, byte[] Payload) Status(int connector, ConnectorStatus status);

    /// <summary>By which number a system knows a transaction, and whether it accepts its tag; null when it gives no number.</summary>
    (int Transaction, bool Accepted)? StartAnswer(ReadOnlyMemory<byte> answer);

    /// <summary>Asks the charger to stop a transaction.</summary>
    (string Action, byte[] Payload) Stop(int transaction);

    /// <summary>Asks the system for its word on a tag.</summary>
    (string Action, byte[] Payload) Authorize(string idTag);

    /// <summary>The word that it gave.</summary>
    /// <exception cref="Ocpp.OcppFault">It gave none.</exception>
    TagDecision DecisionIn(ReadOnlyMemory<byte> answer);

    /// <summary>A charger's answer to a question for its keys, without the one that is a secret.</summary>
    byte[] WithoutPassword(ReadOnlyMemory<byte> keys);
}
