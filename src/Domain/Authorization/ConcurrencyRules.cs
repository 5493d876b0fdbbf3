using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;

namespace EvCharge.Domain.Authorization;

/// <summary>May a tag charge at two connectors at once? Set for a tag, else for its tenant.</summary>
public static class ConcurrentTransactions
{
    public const string Allow = "allow";
    public const string Refuse = "refuse";

    public static readonly IReadOnlyList<string> All = [Allow, Refuse];
}

/// <summary>What a charger asks about a tag.</summary>
/// <param name="Site">Name of its site; empty for none.</param>
/// <param name="TenantRefuses">The tenant refuses concurrent transactions of tags that say nothing else.</param>
/// <param name="Start">The transaction that the charger started with the tag; null when it only asks.</param>
[GenerateSerializer, Immutable, Alias("evc.TagQuestion")]
public sealed record TagQuestion(
    [property: Id(0)] string Site,
    [property: Id(1)] ChargerId Charger,
    [property: Id(2)] bool TenantRefuses,
    [property: Id(3)] StartAttempt? Start = null);

/// <summary>A start as its natural key names it, beside the tag.</summary>
[GenerateSerializer, Immutable, Alias("evc.StartAttempt")]
public sealed record StartAttempt(
    [property: Id(0)] int Connector,
    [property: Id(1)] string RawStamp,
    [property: Id(2)] double MeterStart);

/// <summary>A transaction of a tag that runs, or is about to be stored.</summary>
/// <param name="Authorized">False when its start was refused.</param>
public readonly record struct TagUse(ConnectorId Connector, string RawStamp, double MeterStart, bool Authorized)
{
    public static TagUse Of(Transaction running) => new(
        running.Connector, running.RawStart, running.MeterStart, !running.Flags.HasFlag(TransactionFlags.NotAuthorized));
}

/// <summary>Whether a tag that may run one transaction only is busy (OCPP 1.6 §7.2, ConcurrentTx).</summary>
public static class ConcurrencyRules
{
    /// <summary>
    /// Does a running transaction of the tag stand against the question? Not on the charger that asks before a start: there
    /// the driver may want to stop it, and the start that may follow is asked for itself. Not on the connector of a start
    /// either: a repeat must not stand against itself, and a new start ends what ran there. A repeated start that was
    /// accepted stays so, whatever began after it.
    /// </summary>
    public static bool IsBusy(TagQuestion question, IReadOnlyCollection<TagUse> running)
    {
        if (question.Start is not { } start)
        {
            return running.Count > 0 && !running.Any(use => use.Connector.Charger == question.Charger);
        }

        var connector = new ConnectorId(question.Charger, start.Connector);
        return !running.Any(use => use.Authorized && use == new TagUse(connector, start.RawStamp, start.MeterStart, true))
            && running.Any(use => use.Connector != connector);
    }
}
