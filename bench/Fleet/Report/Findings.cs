using System.Runtime.InteropServices;
using System.Text;

namespace EvCharge.Fleet.Report;

/// <summary>What a scenario has found, as markdown.</summary>
internal sealed class Findings(string scenario, string about)
{
    private readonly StringBuilder _tables = new();
    private readonly List<Floor> _floors = [];

    public bool AllMet => _floors.TrueForAll(floor => floor.IsMet);

    public Findings Table(string title, string[] columns, IEnumerable<string[]> rows)
    {
        _tables.Append("\n### ").Append(title).Append("\n\n").Append(Row(columns)).Append(Row([.. columns.Select(_ => "---")]));
        foreach (var row in rows)
        {
            _tables.Append(Row(row));
        }

        return this;
    }

    public Findings Need(string what, double measured, double bound, double? goal, bool atLeast)
    {
        _floors.Add(new Floor(what, measured, bound, goal, atLeast));
        return this;
    }

    /// <param name="command">The command line that made them.</param>
    public string Markdown(string command)
    {
        var text = new StringBuilder()
            .Append("# ").Append(scenario).Append("\n\n").Append(about).Append("\n\n```sh\n").Append(command).Append("\n```\n\n")
            .Append(Environment.ProcessorCount).Append(" cores for everything, ").Append(RuntimeInformation.FrameworkDescription).Append(".\n");
        if (_floors.Count > 0)
        {
            text.Append("\n### Floors\n\n").Append(Row(["", "measured", "floor", "goal", ""])).Append(Row(["---", "---", "---", "---", "---"]));
            foreach (var floor in _floors)
            {
                text.Append(Row(floor.Cells()));
            }
        }

        return text.Append(_tables).ToString();
    }

    private static string Row(string[] cells) => $"| {string.Join(" | ", cells)} |\n";
}
