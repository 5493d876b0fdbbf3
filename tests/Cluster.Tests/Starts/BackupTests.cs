using EvCharge.ClusterTests.Faults;

namespace EvCharge.ClusterTests.Starts;

/// <summary>The data of a standalone installation are copied beside it while it runs, and put back.</summary>
[Collection(ProcessTests.Name)]
public sealed class BackupTests
{
    [Fact]
    public async Task A_backup_of_a_running_process_brings_back_what_was_there_and_nothing_later()
    {
        await using var product = await Installation.StartAsync(InstallationKind.Standalone, "backup");
        var process = product.Processes.Single();
        var (data, copy) = (Path.Combine(product.Folder, "data"), Path.Combine(product.Folder, "copy"));
        await using var tool = new ProductProcess("tool", BuiltAssembly.Standalone, product.Folder);
        IReadOnlyList<string> before;
        using (var api = await product.LoginAsync())
        {
            await using var fleet = await ChargingFleet.StartAsync(product, api, "BACKUP", 5);
            await fleet.EndAsync();
            before = await TransactionsAsync(api);
            Assert.NotEmpty(before);

            Assert.Equal(0, await tool.EndAsync("--backup", copy, "--data", data));
            await api.PutAsync("tags/LATER", new { status = "Accepted" });
        }

        Assert.Equal(1, await tool.EndAsync("--backup", copy, "--data", data));
        Assert.Contains("is there already", tool.Output, StringComparison.Ordinal);
        Assert.Equal(1, await tool.EndAsync("--restore", copy, "--data", data));
        Assert.Contains("Another process uses the data folder", tool.Output, StringComparison.Ordinal);

        await process.KillAsync();
        Assert.Equal(0, await tool.EndAsync("--restore", copy, "--data", data));
        Assert.Equal(0, await tool.EndAsync("--verify-audit", "--data", data));
        await process.StartAsync();

        using var again = await product.LoginAsync();
        Assert.Equal(before, await TransactionsAsync(again));
        Assert.Null(await again.TryGetAsync("tags/LATER"));
        Assert.True(File.Exists(Path.Combine(Assert.Single(Directory.GetDirectories(data, "before-restore-*")), "history.db")));
    }

    [Fact]
    public async Task A_backup_that_is_damaged_or_none_changes_nothing()
    {
        var folder = Installation.EmptyFolder("backup-damaged");
        var (data, copy) = (Path.Combine(folder, "data"), Directory.CreateDirectory(Path.Combine(folder, "copy")).FullName);
        await using var tool = new ProductProcess("tool", BuiltAssembly.Standalone, folder);

        Assert.Equal(1, await tool.EndAsync("--backup", Path.Combine(folder, "other"), "--data", data));
        Assert.Equal(1, await tool.EndAsync("--restore", copy, "--data", data));
        await File.WriteAllTextAsync(Path.Combine(copy, "history.db"), new string('x', 10_000), TestContext.Current.CancellationToken);
        Assert.Equal(1, await tool.EndAsync("--restore", copy, "--data", data));

        Assert.DoesNotContain("   at ", tool.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(data, "*.db*"));
        Assert.Empty(Directory.GetDirectories(data));
    }

    private static async Task<IReadOnlyList<string>> TransactionsAsync(ProductApi api) =>
        [.. (await api.ListAsync("transactions")).Select(transaction => transaction.GetRawText()).Order(StringComparer.Ordinal)];
}
