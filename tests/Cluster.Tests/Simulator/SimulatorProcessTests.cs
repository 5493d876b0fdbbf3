using System.Diagnostics;
using EvCharge.ChargerSimulator.Ledgers;

namespace EvCharge.ClusterTests.Simulator;

public sealed class SimulatorProcessTests
{
    [Theory]
    [InlineData("", "--url")]
    [InlineData("--url http://127.0.0.1/ocpp", "ws or wss")]
    [InlineData("--url ws://127.0.0.1/ocpp --count 0", "--count")]
    [InlineData("--url ws://127.0.0.1/ocpp --fault rest=1", "rest=1")]
    [InlineData("--url ws://127.0.0.1/ocpp --shortest 10 --longest 5", "--longest")]
    [InlineData("--url ws://127.0.0.1/ocpp --colour red", "--colour")]
    public async Task Bad_arguments_are_refused_with_exit_code_2(string arguments, string named)
    {
        using var simulator = Start(arguments);
        var error = await simulator.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await simulator.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, simulator.ExitCode);
        Assert.Contains(named, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_every_option()
    {
        using var simulator = Start("--help");
        var help = await simulator.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await simulator.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, simulator.ExitCode);
        Assert.All(["--url", "--count", "--prefix", "--password", "--tag", "--seed", "--sessions", "--fault", "--ledger"],
            option => Assert.Contains(option, help, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_ends_with_0_and_leaves_its_ledger()
    {
        await using var csms = await TestCsms.StartAsync();
        var ledger = Path.Combine(Path.GetTempPath(), $"ledger-{Guid.NewGuid():N}.jsonl");
        using var simulator = Start($"--url {csms.Url} --count 2 --sessions 4 --time-scale 600 --pause 30 --sample 60 --ledger {ledger}");
        await simulator.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(simulator.ExitCode == 0, await simulator.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));

        await using (var file = File.OpenRead(ledger))
            Assert.Equal(4, await Ledger.ReadAsync(file).CountAsync(entry => entry is { Kind: LedgerKind.Stop, IsAcknowledged: true },
                TestContext.Current.CancellationToken));
        File.Delete(ledger);
    }

    [Fact]
    public async Task A_termination_signal_ends_the_run_cleanly()
    {
        await using var csms = await TestCsms.StartAsync();
        using var simulator = Start($"--url {csms.Url} --count 2 --twins 0 --time-scale 600 --pause 30 --sample 60 --shortest 100000 --longest 200000");
        try
        {
            await csms.WaitAsync("MeterValues", 2);

            // The shell's own kill: a bare system has no program of that name.
            using var kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {simulator.Id}"]);
            await simulator.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            if (!simulator.HasExited)
                simulator.Kill();
        }

        Assert.Equal(0, simulator.ExitCode);
        Assert.Equal(csms.Calls("StartTransaction").Count, csms.Calls("StopTransaction").Count);
    }

    private static Process Start(string arguments)
    {
        var start = new ProcessStartInfo("dotnet", [BuiltAssembly.Simulator, .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        return Process.Start(start)!;
    }
}
