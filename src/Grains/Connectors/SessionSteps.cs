using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.History.Sessions;

namespace EvCharge.Grains.Connectors;

/// <summary>What stands before and behind <see cref="SessionMachine"/>, in a connector as in a replay.</summary>
internal static class SessionSteps
{
    /// <summary>What the machine has to know of the record to decide on an event.</summary>
    public static async ValueTask<SessionFacts> FactsFor(ISessionRecord record, ConnectorId id, SessionState state, SessionEvent happened)
    {
        switch (happened)
        {
            case StartReported start:
                var equal = await record.FindStarts(id, start.RawStamp, start.IdTag, start.MeterStart);
                var ids = await record.NextIds(id.Charger.Tenant);
                return new SessionFacts(equal, ids.Id, ids.OcppId, null);

            case SamplesReported { RawTransaction: { } raw } when StopMatching.IsIssuable(raw) && !Holds(state, held => held.OcppId == raw):
                return SessionFacts.OfNamed(await record.FindByOcppId(id.Charger, (int)raw));

            case StopReported stop when !Holds(state, held => held.Id == stop.TransactionId):
                return SessionFacts.OfNamed(await record.FindByOcppId(id.Charger, stop.OcppId));

            default:
                return SessionFacts.None;
        }
    }

    /// <summary>The state to adopt after a commit, and the transaction to tell of.</summary>
    public static (SessionState State, Transaction? Answer) Adopt(
        SessionState state, SessionEvent happened, SessionDecision decision, CommitResult committed)
    {
        if (committed.Repeated && happened is SamplesReported)
        {
            // A repeated frame changed nothing on disk, so it must change nothing here.
            return (state, null);
        }

        return committed.Opened is { } opened
            ? (decision.State with { Open = opened }, opened)
            : (decision.State, decision.Answer);
    }

    private static bool Holds(SessionState state, Func<Transaction, bool> wanted) =>
        (state.Open is { } open && wanted(open)) || (state.LastEnded is { } ended && wanted(ended));
}
