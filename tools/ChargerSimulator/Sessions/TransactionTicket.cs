namespace EvCharge.ChargerSimulator.Sessions;

/// <summary>What the charger knows of a transaction from the CSMS; samples and the stop wait for its id in the outbox.</summary>
/// <param name="session">Number of the session in the ledger.</param>
/// <param name="denied">Runs when the answer to the start does not accept the tag.</param>
internal sealed class TransactionTicket(long session, Action denied)
{
    public long Session { get; } = session;

    /// <summary>The id of the StartTransaction answer; null before it.</summary>
    public int? TransactionId { get; private set; }

    /// <summary>The CSMS answered the start with CALLERROR until the charger gave up: there is no transaction.</summary>
    public bool Abandoned { get; set; }

    public void Started(int transactionId, bool accepted)
    {
        TransactionId = transactionId;
        if (!accepted)
            denied();
    }
}
