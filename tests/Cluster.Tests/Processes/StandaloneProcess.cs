using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace EvCharge.ClusterTests;

/// <summary>The product as a user runs it: its built executable on a data folder and a port, killed and started again at will.</summary>
internal sealed class StandaloneProcess : IAsyncDisposable
{
    public const string AdminPassword = "cluster-tests-admin";
    private readonly string[] _arguments;
    private readonly StreamWriter _output;
    private readonly HttpClient _probe = new() { Timeout = TimeSpan.FromSeconds(5) };
    private Process? _process;

    private StandaloneProcess(string name, string[] arguments)
    {
        Folder = Path.Combine(AppContext.BaseDirectory, "processes", name);
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        Directory.CreateDirectory(Folder);
        Http = new Uri($"http://127.0.0.1:{FreePort()}");
        _arguments = arguments;
        _output = new StreamWriter(Path.Combine(Folder, "output.log")) { AutoFlush = true };
    }

    /// <summary>Holds the data folder and <c>output.log</c>; it stays until the next run of the same test.</summary>
    public string Folder { get; }

    public Uri Http { get; }

    public Uri Ocpp => new($"ws://{Http.Authority}/ocpp");

    public int Pid => _process?.Id ?? throw new InvalidOperationException("The product does not run.");

    /// <summary>Starts the product on an empty data folder and waits until it is ready.</summary>
    public static async Task<StandaloneProcess> StartAsync(string name, params string[] arguments)
    {
        var product = new StandaloneProcess(name, arguments);
        await product.StartAsync();
        return product;
    }

    /// <summary>Starts the product, again on the same data folder and port, and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        Launch();
        await ReadyAsync(TimeSpan.FromSeconds(60));
    }

    public void Launch()
    {
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));
        var start = new ProcessStartInfo(dotnet,
        [
            BuiltAssembly.Standalone, "--data", Path.Combine(Folder, "data"), "--urls", Http.GetLeftPart(UriPartial.Authority), .. _arguments,
        ])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["EVCHARGE_ADMIN_PASSWORD"] = AdminPassword,
                ["DOTNET_hostBuilder__reloadConfigOnChange"] = "false",
            },
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Write;
        _process.ErrorDataReceived += Write;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Polls until <c>/health/ready</c> answers 200; fails at once when the process ends before.</summary>
    public async Task ReadyAsync(TimeSpan patience)
    {
        var clock = Stopwatch.StartNew();
        while (!await IsReadyAsync())
        {
            Assert.False(_process!.HasExited, $"The product ended with {(_process.HasExited ? _process.ExitCode : 0)}; see {Folder}/output.log");
            Assert.True(clock.Elapsed < patience, $"The product was not ready within {patience.TotalSeconds} s; see {Folder}/output.log");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>SIGKILL; comes back when the process is gone and its port is closed.</summary>
    public async Task KillAsync()
    {
        var process = _process ?? throw new InvalidOperationException("The product does not run.");
        var pid = process.Id;
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.Dispose();
        _process = null;
        Assert.False(Directory.Exists($"/proc/{pid}"), $"Process {pid} outlived its SIGKILL.");
        Assert.False(await IsListeningAsync(), $"{Http} is still open after process {pid} was killed.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }

        await _output.DisposeAsync();
        _probe.Dispose();
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

    // Below the system's range for outgoing connections: while the product is down, a charger that dials a port of that
    // range again and again would some time be given the same port for itself and connect to itself.
    private static int FreePort()
    {
        while (true)
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                var port = Random.Shared.Next(20_000, 32_000);
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken: draw another.
            }
        }
    }
}
