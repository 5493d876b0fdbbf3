namespace EvCharge.HouseTests.Text;

public sealed class MachinePathTests
{
    private const string Folder = "/wo" + "rk/";

    [Fact]
    public void No_file_names_a_path_of_one_machine() => MachinePathRule.Check(Repository.Files(
        "", ".cs", ".md", ".sh", ".csproj", ".props", ".targets", ".json", ".yml", ".yaml", ".txt", ".ts", ".tsx", ".sql", "/run")).AreNone();

    [Fact]
    public void No_lock_file_says_where_packages_came_from() =>
        MachinePathRule.CheckLocks(Repository.Files("", "package-lock.json", "packages.lock.json", "yarn.lock")).AreNone();

    [Theory]
    [InlineData("see " + Folder + "main/src")]
    [InlineData("\"" + Folder + "x\"")]
    [InlineData("cat /tmp/bash" + "_jobs/1")]
    [InlineData("/home/" + "me/evcharge")]
    public void A_path_of_a_machine_is_found(string text) => Assert.Single(MachinePathRule.Check([new("README.md", text)]));

    [Theory]
    [InlineData("https://example.org" + Folder + "1")]
    [InlineData("docs" + Folder + "orders.md and $HOME" + Folder + "x")]
    public void A_path_of_something_else_is_not(string text) => Assert.Empty(MachinePathRule.Check([new("README.md", text)]));

    [Fact]
    public void A_resolved_address_in_a_lock_file_is_found()
    {
        Assert.Single(MachinePathRule.CheckLocks([new("package-lock.json", """{"resolved": "https://registry/x.tgz"}""")]));
        Assert.Empty(MachinePathRule.CheckLocks([new("package-lock.json", """{"integrity": "sha512-x"}""")]));
    }
}
