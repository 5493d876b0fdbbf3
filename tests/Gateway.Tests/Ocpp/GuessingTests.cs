using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EvCharge.GatewayTests.Api;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>Who guesses the password of a charger is slowed down, and nobody else.</summary>
[Trait(InstallationKind.Trait, InstallationKind.Own)]
public sealed class GuessingTests(GatewayHost host)
{
    private const string Password = "the-right-password";
    private readonly Records _records = new(host.Services);

    [Fact]
    [Trait("attack", "brute-force")]
    public async Task A_thousand_wrong_passwords_neither_get_in_nor_lock_the_charger_out()
    {
        var name = await _records.NewCharger(host.Name("CP"), Password);
        var gateway = host.Address;
        await using var known = await WireCharger.Connect(gateway, name, Password);
        var answers = new ConcurrentBag<string>();

        await Parallel.ForAsync(0, 1_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (guess, _) =>
            answers.Add(await Knock(gateway, name, $"wrong-{guess.ToString(CultureInfo.InvariantCulture)}")));

        Assert.DoesNotContain(answers, answer => answer.StartsWith("HTTP/1.1 101", StringComparison.Ordinal));
        Assert.InRange(answers.Count(answer => answer.StartsWith("HTTP/1.1 401", StringComparison.Ordinal)), 10, 30);
        var slowed = answers.Where(answer => answer.StartsWith("HTTP/1.1 429", StringComparison.Ordinal)).ToArray();
        Assert.True(slowed.Length >= 970, $"{slowed.Length} were slowed down");
        Assert.All(slowed, answer => Assert.Contains("Retry-After: ", answer, StringComparison.Ordinal));

        // It was here before, and is known at the very address of the one who guesses.
        Assert.StartsWith("HTTP/1.1 101", await Knock(gateway, name, Password), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_charger_that_was_never_here_gets_in_from_another_address_while_somebody_guesses()
    {
        var (name, gateway) = (await _records.NewCharger(host.Name("CP"), Password), host.Address);
        for (var guess = 0; guess < 12; guess++)
        {
            await Knock(gateway, name, "wrong-password");
        }

        Assert.StartsWith("HTTP/1.1 429", await Knock(gateway, name, Password), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 101", await Knock(gateway, name, Password, IPAddress.Parse("127.0.0.2")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_charger_behind_the_same_address_does_not_wait()
    {
        var (guessed, other, gateway) =
            (await _records.NewCharger(host.Name("CP"), Password), await _records.NewCharger(host.Name("CP"), Password), host.Address);
        for (var guess = 0; guess < 12; guess++)
        {
            await Knock(gateway, guessed, "wrong-password");
        }

        Assert.StartsWith("HTTP/1.1 101", await Knock(gateway, other, Password), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_slowed_down_like_one_that_somebody_has()
    {
        var (name, gateway) = (host.Name("NOBODY"), host.Address);
        for (var guess = 0; guess < 10; guess++)
        {
            Assert.StartsWith("HTTP/1.1 401", await Knock(gateway, name, "wrong-password"), StringComparison.Ordinal);
        }

        Assert.StartsWith("HTTP/1.1 429", await Knock(gateway, name, "wrong-password"), StringComparison.Ordinal);
    }

    /// <returns>The head of the answer.</returns>
    private static async Task<string> Knock(Uri gateway, string name, string password, IPAddress? from = null)
    {
        var cancelled = TestContext.Current.CancellationToken;
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(from ?? IPAddress.Loopback, 0));
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, gateway.Port), cancelled);
        await using var stream = new NetworkStream(socket);
        var credentials = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{name}:{password}"));
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"{RawClient.Request($"/ocpp/{name}")}Authorization: Basic {credentials}\r\n\r\n"), cancelled);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var head = new StringBuilder();
        while (await reader.ReadLineAsync(cancelled) is { Length: > 0 } line)
        {
            head.Append(line).Append('\n');
        }

        return head.ToString();
    }
}
