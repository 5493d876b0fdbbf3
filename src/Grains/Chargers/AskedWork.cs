using EvCharge.History;
using Orleans.Runtime;

namespace EvCharge.Grains.Chargers;

/// <summary>
/// Work that a grain does in the background, one run at a time, and once more when it was asked for meanwhile. Lives inside an
/// activation and runs on its scheduler.
/// </summary>
/// <param name="mayStart">Awaited before each run; false ends the work until it is asked for again.</param>
/// <param name="broken">Told when the record or another grain was out of reach; the work ends until it is asked for again.</param>
internal sealed class AskedWork(Func<Task<bool>> mayStart, Func<Task> work, Action<Exception> broken)
{
    private bool _asked;
    private bool _running;

    public void Ask()
    {
        _asked = true;
        if (!_running)
        {
            _running = true;
            _ = Run();
        }
    }

    private async Task Run()
    {
        try
        {
            while (_asked && await mayStart())
            {
                _asked = false;
                await work();
            }
        }
        catch (Exception fault) when (fault is HistoryUnavailableException or OrleansException or TimeoutException)
        {
            broken(fault);
        }
        finally
        {
            _asked = false;
            _running = false;
        }
    }
}
