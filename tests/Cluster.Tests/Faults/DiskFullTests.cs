using System.Diagnostics;

namespace EvCharge.ClusterTests.Faults;

/// <summary>The disk of a machine that holds everything itself is full, and has room again later.</summary>
[Collection(ProcessTests.Name)]
[Trait("fault", "F9")]
public sealed class DiskFullTests(ITestOutputHelper output)
{
    private const int Chargers = 20;
    private static readonly TimeSpan Full = TimeSpan.FromSeconds(12);

    [Fact]
    public async Task Nothing_is_acknowledged_that_could_not_be_written_and_all_goes_on_when_there_is_room()
    {
        LongRun.Only();
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "EVCHARGE_LONG_RUN as root alone: a small disk has to be mounted.");
        await using var disk = await SmallDisk.MountAsync(megabytes: 96);
        await using var product = await Installation.StartAsync(InstallationKind.Standalone, "full", "--data", disk.Folder);
        var pid = product.Silos[0].Pid;
        using var api = await product.LoginAsync();
        await using var fleet = await ChargingFleet.StartAsync(product, api, "FULL", Chargers);

        disk.Fill();
        await Task.Delay(Full / 2, TestContext.Current.CancellationToken); // what was in hand is through, or refused
        var acknowledged = fleet.Acknowledged;
        await Task.Delay(Full / 2, TestContext.Current.CancellationToken);
        output.WriteLine($"{fleet.Acknowledged - acknowledged} messages of sessions were acknowledged while nothing could be written");

        disk.MakeRoom();
        var took = await fleet.CatchesUpAsync();
        output.WriteLine($"what waited was stored {took.TotalSeconds:0.0} s after there was room");
        Assert.Equal(pid, product.Silos[0].Pid);
        await fleet.EndAsync();
    }

    /// <summary>A file system in memory that is small.</summary>
    private sealed class SmallDisk : IAsyncDisposable
    {
        private const int Block = 65_536;

        private SmallDisk(string folder) => Folder = folder;

        public string Folder { get; }

        private string Filler => Path.Combine(Folder, "filler");

        public static async Task<SmallDisk> MountAsync(int megabytes)
        {
            var folder = Directory.CreateTempSubdirectory("evcharge-disk-").FullName;
            await RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder);
            return new SmallDisk(folder);
        }

        /// <summary>Takes what is left, to the last block.</summary>
        public void Fill()
        {
            using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            var block = new byte[Block];
            for (var size = Block; size > 0;)
            {
                try
                {
                    filler.Write(block.AsSpan(0, size));
                }
                catch (IOException)
                {
                    size /= 2;
                }
            }
        }

        public void MakeRoom() => File.Delete(Filler);

        public async ValueTask DisposeAsync()
        {
            await RunAsync("umount", "--lazy", Folder);
            Directory.Delete(Folder);
        }

        private static async Task RunAsync(string program, params string[] arguments)
        {
            using var process = Process.Start(program, arguments);
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {process.ExitCode}");
        }
    }
}
