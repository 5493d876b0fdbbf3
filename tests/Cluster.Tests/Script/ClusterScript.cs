using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;

namespace EvCharge.ClusterTests.Script;

/// <summary>The script <c>cluster.sh</c> on a folder of a test's own.</summary>
internal sealed class ClusterScript : IAsyncDisposable
{
    public const string AdminPassword = "cluster-script-admin";

    private ClusterScript(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>What the processes get besides the test's own environment.</summary>
    public Dictionary<string, string> Environment { get; } = new() { ["EVCHARGE_ADMIN_PASSWORD"] = AdminPassword };

    public static ClusterScript Create()
    {
        // Not beside the sources: the database server's user must be able to reach the folder.
        var folder = Directory.CreateTempSubdirectory("evcharge-cluster-").FullName;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute);
        return new ClusterScript(folder);
    }

    public async Task<ScriptRun> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [BuiltAssembly.ClusterScript, .. arguments, "--dir", Folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        using var script = Process.Start(start)!;
        var errors = script.StandardError.ReadToEndAsync(CancellationToken.None);
        var text = await script.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await script.WaitForExitAsync(CancellationToken.None);
        return new ScriptRun(script.ExitCode, text + await errors);
    }

    /// <summary>Runs what must succeed.</summary>
    public async Task<ScriptRun> SucceedAsync(params string[] arguments)
    {
        var run = await RunAsync(arguments);
        Assert.True(run.Code == 0, $"{string.Join(' ', arguments)}: {run.Text}");
        return run;
    }

    /// <summary>Processes of this machine that were started for this folder and still run.</summary>
    public IReadOnlyList<string> Left() =>
    [
        .. Directory.GetDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Where(WorksHere),
    ];

    /// <summary>False also for a process that has ended and was not yet asked how by its parent.</summary>
    public static bool Runs(string pid)
    {
        try
        {
            return !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync() => await RunAsync("down", "--purge");

    private bool WorksHere(string process)
    {
        try
        {
            return new FileInfo(Path.Combine(process, "cwd")).LinkTarget?.StartsWith(Folder, StringComparison.Ordinal) is true;
        }
        catch (IOException)
        {
            return false; // It ended while it was looked at.
        }
    }
}

/// <summary>What a run of the script printed, and its exit code.</summary>
internal sealed record ScriptRun(int Code, string Text)
{
    /// <summary>The line of each process: its name, id, URL and state.</summary>
    public ImmutableDictionary<string, ProcessLine> Processes => Text.Split('\n')
        .Select(line => line.Split(' ', 4, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        .Where(parts => parts.Length == 4 && parts[2].Contains("://", StringComparison.Ordinal))
        .ToImmutableDictionary(parts => parts[0], parts => new ProcessLine(parts[1], new Uri(parts[2]), parts[3]));
}

internal sealed record ProcessLine(string Pid, Uri Url, string State);
