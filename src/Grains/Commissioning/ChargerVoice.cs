using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Commands;
using EvCharge.Domain.Commissioning;
using EvCharge.Domain.Identity;
using EvCharge.Grains.Chargers;

namespace EvCharge.Grains.Commissioning;

/// <summary>Asks a charger in the name of whoever had it tested, by the queue that all commands take.</summary>
internal sealed class ChargerVoice(ChargerId id, IGrainFactory grains, string requestedBy)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public IChargerGrain Charger { get; } = grains.GetGrain<IChargerGrain>(id.ToString());

    /// <summary>How the version that it speaks asks.</summary>
    public ITestDialect Dialect { get; private set; } = Protocols.TestOf(Protocols.Default);

    /// <summary>And how it has profiles set.</summary>
    public IProfileDialect Profiles { get; private set; } = Protocols.ProfileOf(Protocols.Default);

    public void Speak(string version) => (Dialect, Profiles) = (Protocols.TestOf(version), Protocols.ProfileOf(version));

    /// <returns>The answer, or why there is none of use.</returns>
    public async Task<Answer> Ask((string Action, byte[] Payload) request)
    {
        var submitted = await Charger.Submit(new ChargerCall(request.Action, request.Payload, requestedBy));
        if (submitted.CommandId is not { } command)
        {
            return new Answer(default, StepVerdict.Failed(StepReason.NotSent, submitted.Refusal?.Text), submitted.Refusal?.Kind);
        }

        CommandSnapshot? ended;
        do
        {
            ended = await Charger.WaitFor(command, Patience);
        }
        while (ended is { Status: CommandStatus.Pending or CommandStatus.Sent });
        return ended?.Status switch
        {
            CommandStatus.Answered => new Answer(ended.Result, null, null),
            CommandStatus.Error => new Answer(default, StepVerdict.Failed(StepReason.Refused, $"{request.Action}: {ended.ErrorCode}"), null),
            _ => new Answer(default, StepVerdict.Failed(StepReason.NoAnswer, request.Action), null),
        };
    }

    /// <summary>The same of a request that is answered with yes or no.</summary>
    public async Task<Answer> AskFor((string Action, byte[] Payload) request)
    {
        var answer = await Ask(request);
        return answer.Fault is not null || Dialect.IsAccepted(answer.Result, out var status)
            ? answer
            : answer with { Fault = StepVerdict.Failed(StepReason.Refused, $"{request.Action}: {status}") };
    }

    /// <param name="Result">UTF-8 JSON; empty with a fault.</param>
    /// <param name="Fault">Null when it answered with what was asked for.</param>
    /// <param name="Refusal">Why it was not asked; null when it was.</param>
    internal sealed record Answer(ReadOnlyMemory<byte> Result, StepVerdict? Fault, RefusalKind? Refusal);
}
