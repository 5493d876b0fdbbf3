using EvCharge.Fleet.Scenarios;
using EvCharge.Fleet.Servers;

const string usage = """
    usage: EvCharge.Fleet [SCENARIO …] [--quick]

      heartbeat, sessions, group-commit, idle-memory, idle-cpu, storm, logins, neighbours, hostile, site-faults,
      limit-cut, pages, curves, costs; all when none is named

      --quick   one short round of each: whether it works, no numbers to keep

    Writes bench/results/fleet-SCENARIO.md. Ends with 1 when a floor was missed.
    """;

if (args is ["echo", .. var server])
{
    await EchoServer.Run(server);
    return 0;
}

// Answers are handled on the thread that polls the sockets: a client that hops between threads would be the bottleneck.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
var verbs = args.Where(argument => argument != "--quick").ToArray();
if (verbs.Except(Scenario.All.Select(scenario => scenario.Verb)).Any())
{
    await Console.Error.WriteLineAsync(usage);
    return 2;
}

var met = true;
foreach (var scenario in Scenario.All.Where(scenario => verbs.Length == 0 || verbs.Contains(scenario.Verb)))
{
    met &= await scenario.Run(args.Contains("--quick"));
}

return met ? 0 : 1;
