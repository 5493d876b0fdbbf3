using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using EvCharge.Servers;

namespace EvCharge.ClusterTests;

/// <summary>
/// One executable of the product as a user runs it: on a port of its own, killed, stopped and started again at will. What
/// it prints is kept in <c>NAME.log</c> beside its data until the next run of the same test.
/// </summary>
internal sealed class ProductProcess : IAsyncDisposable
{
    private readonly string _folder;
    private readonly string[] _arguments;
    private readonly StreamWriter _output;
    private readonly HttpClient _probe = new() { Timeout = TimeSpan.FromSeconds(5) };
    private Process? _process;

    /// <param name="arguments">All but <c>--urls</c>.</param>
    public ProductProcess(string name, string assembly, string folder, params string[] arguments)
    {
        Name = name;
        Assembly = assembly;
        _folder = folder;
        _arguments = arguments;
        _output = new StreamWriter(Path.Combine(folder, $"{name}.log")) { AutoFlush = true };
        MoveToOtherPorts();
    }

    public string Name { get; }

    /// <summary>What is run: another one counts from the next start.</summary>
    public string Assembly { get; set; }

    public Uri Http { get; private set; } = null!;

    public Uri Ocpp => new($"ws://{Http.Authority}/ocpp");

    /// <summary>What the process is given besides the test's own environment; counts from the next start.</summary>
    public Dictionary<string, string> Environment { get; } = new() { ["DOTNET_hostBuilder__reloadConfigOnChange"] = "false" };

    /// <summary>Where it runs; null for this machine. Counts from the next <see cref="MoveToOtherPorts"/>.</summary>
    public NetworkNamespace? Apart { get; set; }

    public bool IsRunning => _process is not null;

    public int Pid => Running.Id;

    /// <summary>Memory that the process holds now. Bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            var line = File.ReadLines($"/proc/{Pid}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
    }

    /// <summary>What it has printed so far, in all its runs.</summary>
    public string Output
    {
        get
        {
            using var log = new StreamReader(new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return log.ReadToEnd();
        }
    }

    private Process Running => _process ?? throw new InvalidOperationException($"{Name} does not run.");

    private string Log => Path.Combine(_folder, $"{Name}.log");

    /// <summary>Starts the process, again on the same data and port, and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        Launch();
        await ReadyAsync(TimeSpan.FromSeconds(60));
    }

    public void Launch() => Launch([.. _arguments, "--urls", Http.GetLeftPart(UriPartial.Authority)]);

    /// <summary>Runs the executable with other arguments to its end, which must be a good one.</summary>
    public async Task RunAsync(params string[] arguments)
    {
        var code = await EndAsync(arguments);
        Assert.True(code == 0, $"{Name} {string.Join(' ', arguments)} ended with {code}; see {Log}");
    }

    /// <summary>Runs the executable with other arguments until it ends by itself.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync(params string[] arguments)
    {
        Launch(arguments);
        return await EndsAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>Waits until the process has printed the words.</summary>
    public async Task SaysAsync(string words)
    {
        var clock = Stopwatch.StartNew();
        while (!Output.Contains(words, StringComparison.Ordinal))
        {
            Assert.False(Running.HasExited, $"{Name} ended with {(Running.HasExited ? Running.ExitCode : 0)}; see {Log}");
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"{Name} did not say '{words}'; see {Log}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Polls until <c>/health/ready</c> answers 200; fails at once when the process ends before.</summary>
    public async Task ReadyAsync(TimeSpan patience)
    {
        var clock = Stopwatch.StartNew();
        while (!await IsReadyAsync())
        {
            Assert.False(Running.HasExited, $"{Name} ended with {(Running.HasExited ? Running.ExitCode : 0)}; see {Log}");
            Assert.True(clock.Elapsed < patience, $"{Name} was not ready within {patience.TotalSeconds} s; see {Log}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>SIGKILL; comes back when the process is gone and its port is closed.</summary>
    public async Task KillAsync()
    {
        Running.Kill();
        await GoneAsync();
    }

    /// <summary>SIGTERM; comes back when the process has ended well and its port is closed.</summary>
    public async Task StopAsync()
    {
        Signal("TERM");
        var (process, clock) = (Running, Stopwatch.StartNew());
        while (!process.HasExited)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"{Name} did not end on SIGTERM; see {Log}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.True(process.ExitCode == 0, $"{Name} ended with {process.ExitCode} on SIGTERM; see {Log}");
        await GoneAsync();
    }

    /// <summary>Sends a signal, <c>STOP</c> or <c>CONT</c>, by the shell's own kill: a bare system has no program of that name.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{name} {Pid}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits until the process has ended by itself.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndsAsync(TimeSpan patience)
    {
        await Running.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(patience, TestContext.Current.CancellationToken);
        var code = Running.ExitCode;
        Forget();
        return code;
    }

    /// <summary>As after a power cut that gave the machine a new address: the next start listens elsewhere.</summary>
    public void MoveToOtherPorts() => Http = new Uri($"http://{Apart?.Address ?? IPAddress.Loopback}:{FreePort.Draw()}");

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            Forget();
        }

        await _output.DisposeAsync();
        _probe.Dispose();
    }

    private void Launch(string[] arguments)
    {
        // An assembly is run by the machine's runtime, a program with a runtime of its own by itself.
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));
        string[] program = Path.GetExtension(Assembly) == ".dll" ? [dotnet, Assembly] : [Assembly];
        string[] command = [.. Apart?.Prefix ?? [], .. program, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Write;
        _process.ErrorDataReceived += Write;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private async Task GoneAsync()
    {
        var pid = Pid;
        await Running.WaitForExitAsync(TestContext.Current.CancellationToken);
        Forget();
        Assert.False(Directory.Exists($"/proc/{pid}"), $"{Name}, process {pid}, outlived its end.");
        Assert.False(await IsListeningAsync(), $"{Http} is still open after the end of {Name}, process {pid}.");
    }

    private void Forget()
    {
        _process?.Dispose();
        _process = null;
    }

    private void Write(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not { } text)
            return;
        lock (_output)
            _output.WriteLine(text);
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _probe.GetAsync(new Uri(Http, "/health/ready"), TestContext.Current.CancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException { InnerException: TimeoutException })
        {
            return false;
        }
    }

    private async Task<bool> IsListeningAsync()
    {
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync(IPAddress.Loopback, Http.Port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
