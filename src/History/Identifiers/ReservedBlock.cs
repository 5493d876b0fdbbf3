namespace EvCharge.History.Identifiers;

/// <summary>
/// Hands out the ids of a block that this process reserved in the database, and reserves the next when it is used up. Ids
/// of a block that a crash cuts short are lost, never given again.
/// </summary>
internal sealed class ReservedBlock<TBlock>(int size, Func<Task<TBlock>> reserve)
{
    private readonly Lock _gate = new();
    private TBlock _block = default!;
    private int _left;
    private Task? _refill;

    /// <summary>A block and the position in it that is the caller's alone.</summary>
    public async ValueTask<(TBlock Block, int Offset)> Next()
    {
        while (true)
        {
            Task refill;
            lock (_gate)
            {
                if (_left > 0)
                {
                    return (_block, size - _left--);
                }

                // On the pool: the first of many waiting grains must not have to run the others' continuation.
                refill = _refill ??= Task.Run(Refill);
            }

            await refill;
        }
    }

    private async Task Refill()
    {
        try
        {
            var block = await reserve();
            lock (_gate)
            {
                (_block, _left) = (block, size);
            }
        }
        finally
        {
            lock (_gate)
            {
                _refill = null;
            }
        }
    }
}
