using EvCharge.Hosting;
using EvCharge.Silo;

if (await Errands.Run(args, SiloOptions.Usage) is { } code)
{
    return code;
}

if (SiloOptions.ReadLine(args, out var problem) is not { } line)
{
    await Console.Error.WriteLineAsync($"{problem}\n{SiloOptions.Usage}");
    return 2;
}

var builder = ProcessSettings.CreateBuilder(line, SiloOptions.DefaultUrl);
if (SiloOptions.Read(line, builder.Configuration, out problem) is not { } options)
{
    await Console.Error.WriteLineAsync(problem);
    return 2;
}

if (SiloHost.RunOnce(builder, options) is { } once)
{
    return await once;
}

using var ports = SiloPorts.Claim(options, out problem);
if (ports is null)
{
    await Console.Error.WriteLineAsync(problem);
    return 1;
}

return await ProcessRun.Run(async stop =>
{
    await using var app = SiloHost.Build(builder, options, ports);
    await Installation.AwaitMigrated(options.Cluster.Databases, app.Services.GetRequiredService<ILoggerFactory>(), stop);
    await app.Serve(stop);
});
