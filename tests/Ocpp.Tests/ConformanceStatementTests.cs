using System.Text;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16;

namespace EvCharge.OcppTests;

/// <summary>The conformance statement in the documentation is the action table.</summary>
public sealed class ConformanceStatementTests
{
    private const string Page = "docs/ocpp-1.6.md";
    private const string Begin = "<!-- operations -->";
    private const string End = "<!-- end of operations -->";

    [Fact]
    public void The_documented_operations_are_those_of_the_action_table()
    {
        var file = Path.Combine(Root(), Page);
        var page = File.ReadAllText(file);
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        Assert.True(begin >= 0 && end > begin, $"{Page} has no place for the operations.");
        var written = page[..begin] + Begin + "\n" + Table() + page[end..];
        if (page == written)
        {
            return;
        }

        var artifacts = Directory.CreateDirectory(Path.Combine(Root(), "artifacts"));
        File.WriteAllText(Path.Combine(artifacts.FullName, "ocpp-1.6.md"), written);
        Assert.Fail($"The operations changed: cp artifacts/ocpp-1.6.md {Page}");
    }

    private static string Table()
    {
        var table = new StringBuilder("| Profile | Operation | Sent by | Reached by |\n|---|---|---|---|\n");
        foreach (var action in Actions.Table.All.OrderBy(action => action.Profile, StringComparer.Ordinal).ThenBy(action => action.Name, StringComparer.Ordinal))
        {
            _ = table.Append($"| {action.Profile} | {action.Name} | {Sender(action)} | {Way(action)} |\n");
        }

        return table.ToString();
    }

    private static string Sender(OcppAction action) => action.Direction switch
    {
        ActionDirection.FromCharger => "charger",
        ActionDirection.ToCharger => "system",
        _ => "both",
    };

    private static string Way(OcppAction action) => action.Direction == ActionDirection.FromCharger
        ? "the charger, by itself"
        : $"`POST /api/v1/chargers/{{charger}}/calls/{action.Name}`{(action.Idempotent ? ", repeated after a crash" : "")}";

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "EvCharge.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No EvCharge.sln above the tests.");
        }

        return folder;
    }
}
