using System.Diagnostics;
using EvCharge.Servers;

namespace EvCharge.ClusterTests;

/// <summary>The version that rolling upgrades are tested from: the commit of <c>upgrade-from.txt</c>, built once from the history of the checkout.</summary>
internal static class EarlierVersion
{
    /// <returns>The commit, and its programs.</returns>
    public static async Task<(string Commit, Build Build)> BuildAsync()
    {
        var commit = (await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "tests/Cluster.Tests/upgrade-from.txt"))).Trim();
        var folder = Path.Combine(SourceTree.Root, "artifacts/earlier", commit);
        var done = Path.Combine(folder, "built");
        if (!File.Exists(done))
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            Directory.CreateDirectory(folder);
            var archive = Path.Combine(folder, "source.tar");
            await RunAsync(SourceTree.Root, "git", "archive", "--output", archive, commit);
            await RunAsync(folder, "tar", "--extract", "--file", archive);
            foreach (var project in (string[])["src/Silo", "src/Gateway"])
                await RunAsync(folder, "dotnet", "build", project, "-c", "Debug", "-v", "q", "-p:BuildConsole=false");
            await File.WriteAllTextAsync(done, commit);
        }

        string Program(string name) => Path.Combine(folder, $"src/{name}/bin/Debug/net10.0/EvCharge.{name}.dll");
        return (commit, new Build(Program("Silo"), Program("Gateway")));
    }

    private static async Task RunAsync(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {output}{await error}");
    }
}
