namespace EvCharge.Storage.GroupCommit;

/// <summary>How much may wait, in rows and bytes; writers that share one are bounded together. Safe to use from several threads.</summary>
public sealed class WriteBudget(int rows, long bytes)
{
    private readonly Lock _gate = new();
    private int _rows = rows;
    private long _bytes = bytes;

    internal bool TryTake(PendingWrite write)
    {
        lock (_gate)
        {
            if (write.Rows > _rows || write.Bytes > _bytes)
            {
                return false;
            }

            _rows -= write.Rows;
            _bytes -= write.Bytes;
            return true;
        }
    }

    internal void Return(PendingWrite write)
    {
        lock (_gate)
        {
            _rows += write.Rows;
            _bytes += write.Bytes;
        }
    }
}
