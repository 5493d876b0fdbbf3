using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.History.Engines;

namespace EvCharge.History.Sessions;

/// <summary>
/// Writes the effects of one event, all or none. A start with an equal natural key that is stored already stands: then
/// frames that name the new transaction go to the earlier one, while an end or a progress of the new one makes the whole
/// commit stale, since it was decided on a transaction that never came to be.
/// </summary>
internal sealed class EffectsWriter(HistoryWrite write, TenantId tenant)
{
    private readonly Dictionary<long, int> _unwritten = [];
    private Transaction? _opened;
    private long _replacedId;
    private bool _repeated;
    private bool _stale;

    public CommitResult Apply(IReadOnlyList<PreparedEffect> effects)
    {
        foreach (var effect in effects)
        {
            Apply(effect);
            if (_stale)
            {
                write.Discard();
                return CommitResult.StaleDecision;
            }
        }

        return new CommitResult(false, _opened, _repeated);
    }

    private void Apply(PreparedEffect prepared)
    {
        switch (prepared.Effect)
        {
            case TransactionOpened { Transaction: var transaction }:
                Open(transaction);
                break;
            case TransactionEnded { Transaction: var transaction, Replaced: var replaced }:
                End(transaction, replaced);
                break;
            case MeterRecorded { Frame: var frame, Progress: var progress }:
                Meter(frame, prepared.Packed, progress);
                break;
            case TransactionIdentified { Transaction: var transaction }:
                _stale = transaction.Id == _replacedId || !TransactionWriter.Identify(write, tenant, transaction, DecidedOn(transaction));
                break;
            case StatusRecorded { Connector: var connector, Status: var status }:
                Status(connector, status);
                break;
            case OrphanRecorded orphan:
                OrphanWriter.Write(write, tenant, orphan, prepared.Hash);
                break;
            default:
                throw new InvalidOperationException($"History does not know the effect {prepared.Effect.GetType().Name}.");
        }
    }

    private void Open(Transaction transaction)
    {
        if (TransactionWriter.Insert(write, tenant, transaction))
        {
            _opened = transaction;
            return;
        }

        _opened = TransactionWriter.FindEqual(write, tenant, transaction)
            ?? throw new InvalidOperationException($"The transaction id {transaction.Id} of {transaction.Connector} is taken.");
        _replacedId = _opened.Id == transaction.Id ? 0 : transaction.Id;
    }

    private void End(Transaction transaction, Transaction? replaced)
    {
        _stale = transaction.Id == _replacedId || !TransactionWriter.End(write, tenant, transaction, DecidedOn(transaction));
        if (!_stale && replaced is not null)
        {
            TransactionWriter.Correct(write, tenant, replaced, transaction);
        }
    }

    private void Meter(Domain.Metering.MeterFrame frame, byte[] packed, Transaction? progress)
    {
        var attributed = frame.TransactionId != 0 && frame.TransactionId == _replacedId
            ? frame with { TransactionId = _opened!.Id }
            : frame;
        if (write.Assumes && progress is not null && progress.Id != _replacedId)
        {
            FrameWriter.InsertWithProgress(write, tenant, attributed, packed, progress, DecidedOn(progress));
        }
        else if (!FrameWriter.Insert(write, tenant, attributed, packed))
        {
            _repeated = true;
            if (progress is not null)
            {
                // What follows in this commit counts its version from a progress that is not written.
                _unwritten[progress.Id] = _unwritten.GetValueOrDefault(progress.Id) + 1;
            }
        }
        else if (progress is not null)
        {
            _stale = progress.Id == _replacedId || !TransactionWriter.Advance(write, tenant, progress, DecidedOn(progress));
        }
    }

    private void Status(ConnectorId connector, ConnectorStatus status) => StatusWriter.Write(write, tenant, connector, status);

    /// <summary>The version the decision was made on, as it stands in the database.</summary>
    private int DecidedOn(Transaction transaction)
    {
        _unwritten.Remove(transaction.Id, out var unwritten);
        return transaction.Version - 1 - unwritten;
    }
}
