using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EvCharge.Hosting;

/// <summary>The life of a process from its start to the signal that ends it.</summary>
public static class ProcessRun
{
    /// <summary>Runs a process whose settings are checked while it is built and started.</summary>
    /// <returns>The exit code: 0, or 2 when a setting is wrong, which is printed in a line.</returns>
    public static async Task<int> Run(Func<Task> life)
    {
        try
        {
            await life();
            return 0;
        }
        catch (OptionsValidationException wrong)
        {
            await Console.Error.WriteLineAsync(string.Join('\n', wrong.Failures));
            return 2;
        }
    }

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
