using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace EvCharge.Hosting;

/// <summary>The life of a process from its start to the signal that ends it.</summary>
public static class ProcessRun
{
    /// <summary>Starts, prints the one line <c>ready url</c>, and serves until the process is asked to stop.</summary>
    public static async Task Serve(this WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Asked to stop while it waited for others: nothing has begun that would have to end in order.
            return;
        }

        Console.WriteLine($"ready {app.Urls.First()}");
        await app.WaitForShutdownAsync();
    }
}
