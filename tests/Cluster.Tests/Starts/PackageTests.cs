using System.Diagnostics;

namespace EvCharge.ClusterTests.Starts;

/// <summary>The archive for Linux, made, unpacked, installed, upgraded and restored on a machine that knows no .NET.</summary>
[Collection(ProcessTests.Name)]
public sealed class PackageTests
{
    [Fact]
    public async Task The_archive_for_Linux_is_installed_serves_and_is_upgraded_in_place()
    {
        var folder = Installation.EmptyFolder("package");
        var archive = await MadeAsync();
        await RunAsync("tar", ["--extract", "--gzip", "--file", archive, "--directory", folder]);
        var unpacked = Assert.Single(Directory.GetDirectories(folder));
        var root = Directory.CreateDirectory(Path.Combine(folder, "root")).FullName;
        var data = Path.Combine(root, "var/lib/evcharge");
        await RunAsync(Path.Combine(unpacked, "install.sh"), ["--root", root]);
        Assert.True(File.Exists(Path.Combine(root, "etc/systemd/system/evcharge.service")));

        var program = Path.Combine(root, "opt/evcharge/current/EvCharge.Standalone");
        await using var process = new ProductProcess("standalone", program, folder, "--data", data)
        {
            Environment = { ["EVCHARGE_ADMIN_PASSWORD"] = Installation.AdminPassword, ["DOTNET_ROOT"] = "/nowhere", ["PATH"] = "/nowhere" },
        };
        await process.StartAsync();
        using (var api = await ProductApi.LoginAsync(process.Http))
        {
            await api.PutAsync("chargers/PACKED", new { connectors = 1 });
        }

        await process.StopAsync();
        await RunAsync(Path.Combine(unpacked, "install.sh"), ["--root", root]);
        var backup = Assert.Single(Directory.GetDirectories(Path.Combine(root, "var/backups/evcharge")));
        await process.StartAsync();
        using (var api = await ProductApi.LoginAsync(process.Http))
        {
            await api.GetAsync("chargers/PACKED");
            await api.PutAsync("chargers/LATER", new { connectors = 1 });
        }

        await process.StopAsync();
        await process.RunAsync("--restore", backup, "--data", data);
        await process.StartAsync();
        using var restored = await ProductApi.LoginAsync(process.Http);
        await restored.GetAsync("chargers/PACKED");
        Assert.Null(await restored.TryGetAsync("chargers/LATER"));
    }

    /// <summary>Of what was built for the tests, and without the console, which they have built already.</summary>
    private static async Task<string> MadeAsync()
    {
        await RunAsync(BuiltAssembly.PackageScript, ["linux-x64"], ("CONFIGURATION", "Debug"), ("BUILD_CONSOLE", "false"));
        var packages = Path.Combine(Path.GetDirectoryName(BuiltAssembly.PackageScript)!, "artifacts/packages");
        return Directory.EnumerateFiles(packages, "evcharge-*-linux-x64.tar.gz").Single();
    }

    private static async Task RunAsync(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var run = Process.Start(start)!;
        var (output, errors) = (run.StandardOutput.ReadToEndAsync(), run.StandardError.ReadToEndAsync());
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(run.ExitCode == 0, $"{program} ended with {run.ExitCode}:\n{await output}{await errors}");
    }
}
