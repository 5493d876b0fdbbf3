using System.Reflection;
using EvCharge.SmartCharging;
using EvCharge.Fleet.Report;

const string usage = """
    usage: EvCharge.SmartCharging plan | sessions FILE

      plan       how long one plan takes
      sessions   real sessions under several ways of sharing; FILE is a CSV of ACN-Data with the columns
                 session_id, connector, arrival, departure, energy_kwh

    Writes bench/results/smart-charging-VERB.md. Ends with 1 when a floor was missed.
    """;

var (findings, arguments) = args switch
{
    ["plan"] => (PlanScenario.Measure(), ""),
    ["sessions", var file] when File.Exists(file) => (SessionsScenario.Measure(file), $" {Path.GetFileName(file)}"),
    _ => (null, ""),
};
if (findings is null)
{
    await Console.Error.WriteLineAsync(usage);
    return 2;
}

await Keep(findings);
return findings.AllMet ? 0 : 1;

async Task Keep(Findings found)
{
    var text = found.Markdown($"dotnet run -c Release --project bench/SmartCharging -- {args[0]}{arguments}");
    var folder = typeof(PlanScenario).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "ResultsFolder").Value!;
    await File.WriteAllTextAsync(Path.Combine(folder, $"smart-charging-{args[0]}.md"), text);
    Console.WriteLine(text);
}
