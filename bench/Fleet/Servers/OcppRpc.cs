using System.ComponentModel;
using System.Diagnostics;

namespace EvCharge.Fleet.Servers;

/// <summary>The other project's server, a peer to be measured beside ours: installed by its lock file, without scripts of packages.</summary>
internal static class OcppRpc
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "ocpp-rpc");

    /// <summary>Whether Node and npm are here.</summary>
    public static bool IsThere { get; } = Runs("node") && Runs("npm");

    /// <returns>The script that serves.</returns>
    public static async Task<string> Install()
    {
        using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--silent"]) { WorkingDirectory = Folder })!;
        await npm.WaitForExitAsync();
        return npm.ExitCode == 0 ? Path.Combine(Folder, "server.mjs") : throw new InvalidOperationException($"npm ci in {Folder} ended with {npm.ExitCode}.");
    }

    private static bool Runs(string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, ["--version"]) { RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false; // It is not installed.
        }
    }
}
