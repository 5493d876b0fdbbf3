using System.Collections.Concurrent;
using System.Reflection;
using EvCharge.History;
using EvCharge.History.Engines;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvCharge.SqlServerTests;

/// <summary>
/// Every text that History sends to a SQL Server: each of its methods is called, with all that may be absent and without, on
/// a database that knows nothing, one that knows everything, and one where somebody else was faster.
/// </summary>
internal static class RecordedStatements
{
    private static readonly Lazy<Task<IReadOnlyDictionary<string, SqlParameter[]>>> All = new(Record);

    /// <summary>The texts, each with its parameters as the driver would send them.</summary>
    public static Task<IReadOnlyDictionary<string, SqlParameter[]>> Take() => All.Value;

    private static async Task<IReadOnlyDictionary<string, SqlParameter[]>> Record()
    {
        var commands = new ConcurrentDictionary<string, SqlParameter[]>(StringComparer.Ordinal);
        foreach (var full in new[] { false, true })
        {
            await Call(new Arguments(full), () => new RecordingConnection(commands, MadeUpRows.Nothing, rowsWritten: 1));
            await Call(new Arguments(full), () => new RecordingConnection(commands, MadeUpRows.Found, rowsWritten: 1));
            await Call(new Arguments(full), () => new RecordingConnection(commands, MadeUpRows.Found, rowsWritten: 0));
        }

        return commands;
    }

    private static async Task Call(Arguments arguments, Func<RecordingConnection> connect)
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddEvChargeHistory(_ => { })
            .AddSingleton<HistoryEngine>(_ => new SqlServerEngine(new HistoryOptions(), connect, connect, NullLogger.Instance));
        await using var provider = services.BuildServiceProvider();
        foreach (var (type, method) in Methods(services))
        {
            try
            {
                await (Task)AsTask(method.Invoke(provider.GetRequiredService(type), arguments.Of(method))!);
            }
            catch (OperationCanceledException)
            {
                // What goes on until nothing more is found would never end on rows that are made up.
            }
        }
    }

    private static (Type Type, MethodInfo Method)[] Methods(IServiceCollection services) =>
    [
        .. from type in services.Select(service => service.ServiceType).Distinct()
           where type.Assembly == typeof(HistoryEngine).Assembly && type.GetConstructors().Any(TakesEngine)
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
           where method.ReturnType.IsAssignableTo(typeof(Task)) || IsValueTask(method.ReturnType)
           select (type, method),
    ];

    private static bool TakesEngine(ConstructorInfo constructor) =>
        constructor.GetParameters().Any(parameter => parameter.ParameterType == typeof(HistoryEngine));

    private static bool IsValueTask(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>);

    private static object AsTask(object returned) =>
        returned as Task ?? returned.GetType().GetMethod(nameof(ValueTask<int>.AsTask))!.Invoke(returned, null)!;
}
