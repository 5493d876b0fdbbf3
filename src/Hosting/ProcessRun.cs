using System.Data.Common;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EvCharge.Hosting;

/// <summary>The life of a process from its start to the signal that ends it.</summary>
public static class ProcessRun
{
    /// <summary>
    /// Runs a process whose settings are checked while it is built and started, and which may be asked to stop before it
    /// serves.
    /// </summary>
    /// <param name="life">Ends with a cancellation when its token says so; when it serves, its host ends it.</param>
    /// <returns>
    /// The exit code: 0, 1 when the machine or the database refuses what the process needs, 2 when a setting is wrong. What
    /// is wrong is printed in a line.
    /// </returns>
    public static async Task<int> Run(Func<CancellationToken, Task> life)
    {
        // Never disposed of: a signal may still be on its way to it when the life has ended.
        var stop = new CancellationTokenSource();
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        try
        {
            await life(stop.Token);
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop while it waited for others.
            return 0;
        }
        catch (OptionsValidationException wrong)
        {
            await Console.Error.WriteLineAsync(string.Join('\n', wrong.Failures));
            return 2;
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"--urls: {taken.Message}");
            return 1;
        }
        catch (DbException refused)
        {
            await Console.Error.WriteLineAsync($"The database: {refused.Message}");
            return 1;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    /// <summary>Starts, prints the one line <c>ready url</c>, and serves until the process is asked to stop.</summary>
    /// <param name="stop">Ends the start; a host that has started listens to the signals itself.</param>
    public static async Task Serve(this WebApplication app, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop);
        }
        catch (Exception ended)
        {
            // The host hears the signals too, and may be quicker than the one who gave the token.
            var asked = ended is OperationCanceledException && app.Lifetime.ApplicationStopping.IsCancellationRequested;
            // What has begun ends in order: a silo that joined leaves, instead of being found dead by the others.
            await app.StopAsync(CancellationToken.None);
            if (!asked)
            {
                throw;
            }

            return;
        }

        Console.WriteLine($"ready {app.Urls.First()}");
        await app.WaitForShutdownAsync(CancellationToken.None);
    }
}
