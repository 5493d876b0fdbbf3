namespace EvCharge.HouseTests.Docs;

public sealed class CommandTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    public void The_commands_of_the_papers_exist(string path)
    {
        var paper = Repository.Files("", ".md").Single(file => file.Path == path);

        Assert.NotEmpty(CommandRule.Targets(paper));
        CommandRule.Check(paper, Runs).AreNone();
    }

    [Theory]
    [InlineData("./gone.sh", "gone.sh")]
    [InlineData("dotnet run --project src/Gone -- --demo", "src/Gone")]
    [InlineData("CI=true ./gone.sh", "gone.sh")]
    public void A_command_that_cannot_be_run_is_found(string line, string target)
    {
        var found = Assert.Single(CommandRule.Check(new("README.md", $"```sh\n{line}\n```"), Runs));

        Assert.Equal($"tells to run {target}, which cannot be run", found.Says);
    }

    [Fact]
    public void Prose_is_not_a_command() => CommandRule.Check(new("README.md", "Run `./gone.sh` or\n```json\n./gone.sh\n```"), Runs).AreNone();

    /// <summary>A script with its execute bit, a project's folder, or a project or solution file.</summary>
    private static bool Runs(string path)
    {
        var full = Path.Combine(Repository.Root, path);
        return Directory.Exists(full)
            ? Directory.EnumerateFiles(full, "*.csproj").Any()
            : File.Exists(full) && (Path.GetExtension(path) is ".csproj" or ".sln" || IsExecutable(full));
    }

    private static bool IsExecutable(string path) =>
        OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & UnixFileMode.UserExecute) != 0;
}
