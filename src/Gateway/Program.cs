using EvCharge.Gateway;
using EvCharge.Hosting;

if (await Errands.Run(args, GatewayOptions.Usage) is { } code)
{
    return code;
}

if (GatewayOptions.ReadLine(args, out var problem) is not { } line)
{
    await Console.Error.WriteLineAsync($"{problem}\n{GatewayOptions.Usage}");
    return 2;
}

var builder = ProcessSettings.CreateBuilder(line, GatewayOptions.DefaultUrl);
if (GatewayOptions.Read(line, builder.Configuration, out problem) is not { } options)
{
    await Console.Error.WriteLineAsync(problem);
    return 2;
}

return await ProcessRun.Run(async stop =>
{
    await using var app = GatewayHost.Build(builder, options);
    await Installation.AwaitMigrated(options.Cluster.Databases, app.Services.GetRequiredService<ILoggerFactory>(), stop);
    await app.Serve(stop);
});
