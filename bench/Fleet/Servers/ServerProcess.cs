using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using EvCharge.Servers;

namespace EvCharge.Fleet.Servers;

/// <summary>One server process on a port that the system had free, and what it costs. What it prints is kept beside its data.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const double TicksPerSecond = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _log;
    private readonly StreamWriter _output;
    private readonly Process _process;

    private ServerProcess(string name, string folder, string assembly, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment)
    {
        Port = FreePort.Draw();
        _log = Path.Combine(folder, $"{name}.log");
        _output = new StreamWriter(_log) { AutoFlush = true };
        var runtime = Path.GetExtension(assembly) == ".mjs" ? "node" : Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));
        var start = new ProcessStartInfo(runtime, [assembly, .. arguments, "--urls", $"http://127.0.0.1:{Port}"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += Write;
        _process.ErrorDataReceived += Write;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    public IPEndPoint Address => new(IPAddress.Loopback, Port);

    /// <summary>What it has used of processors since its start, in user and in kernel mode (proc_pid_stat(5), utime and stime).</summary>
    public TimeSpan Cpu
    {
        get
        {
            // The second field is a name in parentheses that may hold anything; utime and stime are the 12th and 13th after it.
            var stat = File.ReadAllText($"/proc/{_process.Id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
            return TimeSpan.FromSeconds(ticks / TicksPerSecond);
        }
    }

    /// <summary>Memory that the process holds now, without its share of files (proc_pid_status(5), RssAnon). Bytes.</summary>
    public long Memory
    {
        get
        {
            var line = File.ReadLines($"/proc/{_process.Id}/status").Single(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
            return 1_024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Starts it and waits until it says that it serves.</summary>
    public static async Task<ServerProcess> Start(
        string name, string folder, string assembly, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var server = new ServerProcess(name, folder, assembly, arguments, environment);
        var clock = Stopwatch.StartNew();
        while (!await server.Serves())
        {
            if (server._process.HasExited || clock.Elapsed > Patience)
            {
                await server.DisposeAsync();
                throw new InvalidOperationException($"{name} does not serve; see {server._log}");
            }

            await Task.Delay(50);
        }

        return server;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task Run(
        string name, string folder, string assembly, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment)
    {
        await using var server = new ServerProcess(name, folder, assembly, arguments, environment);
        await server._process.WaitForExitAsync().WaitAsync(Patience);
        if (server._process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{name} ended with {server._process.ExitCode}; see {server._log}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        await _output.DisposeAsync();
    }

    private async Task<bool> Serves()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{Port}/health/ready"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private void Write(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            if (line.Data is { } text && _output.BaseStream.CanWrite)
            {
                _output.WriteLine(text);
            }
        }
    }
}
