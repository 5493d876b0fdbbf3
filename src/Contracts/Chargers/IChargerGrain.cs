using EvCharge.Contracts.Authorization;
using EvCharge.Domain.Allocation.Sites;
using EvCharge.Domain.Frames;
using EvCharge.Domain.Identity;
using Orleans.Concurrency;

namespace EvCharge.Contracts.Chargers;

/// <summary>
/// A charge point; key <see cref="ChargerId"/>. Only <see cref="Receive"/> is served one at a time: what interleaves
/// changes state before its first await only.
/// </summary>
[Alias("evc.IChargerGrain")]
public interface IChargerGrain : IGrainWithStringKey
{
    /// <summary>Binds a connection to the charger, or tells which newer one holds it.</summary>
    [Alias("Attach"), AlwaysInterleave, ResponseTimeout("00:00:10")]
    ValueTask<AttachResult> Attach(AttachRequest request, IGatewayObserver gateway);

    /// <summary>Says that the connection of that epoch is gone. A late one changes nothing.</summary>
    [Alias("Detach"), AlwaysInterleave]
    ValueTask Detach(Epoch epoch);

    /// <summary>Ends the charger's connection, from which it is to come back by itself.</summary>
    /// <returns>The epoch of the connection; null when there is none.</returns>
    [Alias("Interrupt"), AlwaysInterleave]
    ValueTask<Epoch?> Interrupt();

    /// <summary>Serves a CALL from the charger. Its facts are durable when the answer comes back.</summary>
    [Alias("Receive")]
    ValueTask<OcppReply> Receive(Epoch epoch, OcppFrame call);

    /// <summary>Takes a CALLRESULT or CALLERROR from the charger.</summary>
    [Alias("ReceiveResult"), AlwaysInterleave]
    ValueTask ReceiveResult(Epoch epoch, OcppFrame result);

    /// <summary>Validates and stores a command, and sends it as soon as the charger can take it.</summary>
    [Alias("Submit"), AlwaysInterleave]
    ValueTask<SubmitResult> Submit(ChargerCall call);

    /// <summary>
    /// Answers when the command has ended or <paramref name="patience"/> (20 s at most) is over. Null for an id that this
    /// activation does not hold: its row in History says how it ended.
    /// </summary>
    [Alias("WaitFor"), AlwaysInterleave]
    ValueTask<CommandSnapshot?> WaitFor(long commandId, TimeSpan patience);

    /// <summary>Takes an operator's answer to a question about a tag that this charger asked.</summary>
    /// <param name="status">Accepted, Blocked or Invalid.</param>
    [Alias("AnswerAuthorization"), AlwaysInterleave]
    ValueTask<AnswerOutcome> AnswerAuthorization(long requestId, string status, string answeredBy);

    /// <summary>Says that others than before decide on tags here, or are told what the charger says. Comes back when that holds.</summary>
    [Alias("AuthorizationChanged"), AlwaysInterleave]
    ValueTask AuthorizationChanged();

    [Alias("Snapshot"), AlwaysInterleave]
    ValueTask<ChargerSnapshot> Snapshot();

    /// <summary>What holds for the charger because of its model, its settings or by default.</summary>
    [Alias("ModelFacts"), AlwaysInterleave]
    ValueTask<ImmutableArray<ModelFact>> ModelFacts();

    /// <summary>
    /// The newest entries of its frame log, oldest first, from the gateway that holds the connection; null when none does or it
    /// does not answer.
    /// </summary>
    [Alias("RecentFrames"), AlwaysInterleave, ResponseTimeout("00:00:10")]
    ValueTask<ImmutableArray<LoggedFrame>?> RecentFrames();

    /// <summary>Says that the charger's configuration changed.</summary>
    [Alias("Reload"), OneWay, AlwaysInterleave]
    ValueTask Reload();

    /// <summary>Says that tags of the charger's tenant have changed.</summary>
    [Alias("TagsChanged"), OneWay, AlwaysInterleave]
    ValueTask TagsChanged();

    /// <summary>
    /// Forgets the charger: its connection ends, and what it keeps beside History is erased. Comes back when that is durable.
    /// </summary>
    [Alias("Erase")]
    ValueTask Erase();

    /// <summary>
    /// Has a charger go on whose stored state cannot be read, without that state: what was in it the charger says again. Comes back
    /// when that is durable.
    /// </summary>
    /// <returns>False when the state can be read, and nothing was done.</returns>
    [Alias("RepairState"), AlwaysInterleave]
    ValueTask<bool> RepairState();

    /// <summary>Lets every connector apply the rules that depend on time alone. Called by the site.</summary>
    [Alias("Sweep")]
    ValueTask Sweep();

    /// <summary>
    /// Has the charger take limits from an activation of its site, and no longer from one before. Comes back when that is durable.
    /// </summary>
    /// <returns>How the charger stands; null when it is not of that site, or has joined a later activation.</returns>
    [Alias("Join"), AlwaysInterleave]
    ValueTask<ChargerImage?> Join(SiteId site, long epoch);

    /// <summary>Takes a limit to be sent; the site is told one way what became of it.</summary>
    /// <returns>Null when it is to be sent, else why it is not.</returns>
    [Alias("Enqueue"), AlwaysInterleave]
    ValueTask<LimitOutcome?> Enqueue(LimitOrder order);

    /// <summary>The site gives no limits any more: what it installed is removed.</summary>
    [Alias("Leave"), OneWay, AlwaysInterleave]
    ValueTask Leave(SiteId site);
}
