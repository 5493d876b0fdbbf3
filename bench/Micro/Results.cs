using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using BenchmarkDotNet.Reports;

namespace EvCharge.Micro;

/// <summary>What the benchmarks found, and whether the Heartbeat keeps its floor.</summary>
internal sealed class Results(IReadOnlyList<BenchmarkReport> reports)
{
    private const int MostHeartbeatBytes = 1_024;

    private readonly BenchmarkReport? _heartbeat = reports.FirstOrDefault(
        report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name == nameof(GatewayBenchmarks.ServeHeartbeat));

    /// <summary>All benchmarks ran, and the floor is met where it was measured.</summary>
    public bool AllMet => HeartbeatMet && reports.Count > 0 && reports.All(report => report.Success);

    private bool HeartbeatMet => _heartbeat is null || Bytes(_heartbeat) is > 0 and <= MostHeartbeatBytes;

    public string Markdown()
    {
        var text = new StringBuilder("# Micro benchmarks\n\n```sh\ndotnet run -c Release --project bench/Micro\n```\n\n")
            .Append(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, short jobs.\n\n")
            .Append("| benchmark | mean | allocated |\n| --- | --- | --- |\n");
        foreach (var report in reports)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {Name(report)} | {Time(report)} | {Bytes(report)} B |\n");
        }

        return _heartbeat is null ? text.ToString() : text.Append(
            CultureInfo.InvariantCulture,
            $"\nAn inbound Heartbeat allocates {Bytes(_heartbeat)} B in the gateway; floor 1 KB: {(HeartbeatMet ? "met" : "MISSED")}.\n").ToString();
    }

    /// <summary>Writes the table to where it is committed.</summary>
    public Task Keep()
    {
        var folder = typeof(Results).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "ResultsFolder").Value!;
        Directory.CreateDirectory(folder);
        return File.WriteAllTextAsync(Path.Combine(folder, "micro.md"), Markdown());
    }

    private static string Name(BenchmarkReport report)
    {
        var parameters = report.BenchmarkCase.Parameters.PrintInfo;
        return report.BenchmarkCase.Descriptor.WorkloadMethod.Name + (parameters.Length > 0 ? $", {parameters}" : "");
    }

    private static string Time(BenchmarkReport report) =>
        report.ResultStatistics is { } times ? (times.Mean / 1_000).ToString("#,0.00 µs", CultureInfo.InvariantCulture) : "failed";

    private static long Bytes(BenchmarkReport report) => report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0;
}
